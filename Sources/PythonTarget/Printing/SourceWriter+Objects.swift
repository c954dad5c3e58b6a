import Failures
import Languages

extension SourceWriter {
  /// A construction as the object's own notation describes it.
  mutating func write(object: ObjectValue) throws(PrintingError) {
    guard let symbol = symbol(of: object.type) else { throw .unknownType(object.type) }
    let isDotted = symbol.module == "datetime" || symbol.module == "re"
    write(isDotted ? try imports.dotted(symbol) : try imports.text(for: symbol))
    open("(", .trailer)
    let arguments = object.positional.map { NamedValue("", $0) } + object.named
    try elements(arguments) { (writer, argument) throws(PrintingError) in
      if !argument.name.isEmpty {
        writer.write(try PythonName.checked(argument.name))
        writer.write("=")
      }
      try writer.write(value: argument.value)
    }
    close(")")
  }

  /// `<class 'int'>`: exact where the class is known by that name.
  mutating func write(typeDescription description: String) throws(PrintingError) {
    let parts = description.split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "<class ", parts[2] == ">",
      let symbol = symbol(of: String(parts[1]))
    else { throw .loss(kind: "opaque") }
    write(try imports.text(for: symbol))
  }

  mutating func write(moment: Moment) throws(PrintingError) {
    let text = { (path: String...) in Symbol(module: "datetime", path: path) }
    let fields = moment.fields
    switch moment.kind {
    case .date:
      guard fields.count == 3 else { throw .malformed(kind: "date") }
      try call(text("date"), fields.map { (nil, $0) }, nil)
    case .time:
      guard (2...4).contains(fields.count) else { throw .malformed(kind: "time") }
      try call(text("time"), withoutZeros(fields, least: 2).map { (nil, $0) }, moment)
    case .dateTime:
      guard (3...7).contains(fields.count) else { throw .malformed(kind: "date and time") }
      try call(text("datetime"), withoutZeros(fields, least: 5).map { (nil, $0) }, moment)
    case .duration:
      guard fields.count == 3 else { throw .malformed(kind: "duration") }
      let names = ["days", "seconds", "microseconds"]
      let named = zip(names, fields).filter { $0.1 != 0 }.map { (Optional($0.0), $0.1) }
      try call(text("timedelta"), named, nil)
    case .zone:
      guard let zone = moment.zone else { throw .malformed(kind: "zone") }
      try write(zone: zone)
    }
  }

  private func withoutZeros(_ fields: [Int], least: Int) -> [Int] {
    var fields = fields
    while fields.count > least, fields.last == 0 { fields.removeLast() }
    return fields
  }

  private mutating func call(
    _ symbol: Symbol, _ numbers: [(String?, Int)], _ moment: Moment?
  ) throws(PrintingError) {
    write(try imports.dotted(symbol))
    open("(", .trailer)
    try elements(numbers) { (writer, number) throws(PrintingError) in
      if let name = number.0 { writer.write(name + "=") }
      writer.write(String(number.1))
    }
    if let moment, moment.fold {
      if pieces.last?.isOpen == false { comma() }
      write("fold=1", spaced: pieces.last?.isOpen == false)
    }
    if let zone = moment?.zone {
      comma()
      write("tzinfo=", spaced: true)
      try write(zone: zone)
    }
    close(")")
  }

  private mutating func write(zone: Moment.Zone) throws(PrintingError) {
    switch zone {
    case .utc:
      write(try imports.dotted(Symbol(module: "datetime", path: ["timezone"])) + ".utc")
    case .named(let key):
      write(try imports.text(for: Symbol(module: "zoneinfo", path: ["ZoneInfo"])))
      open("(", .trailer)
      write(TextNotation.string(key))
      close(")")
    case .offset(let seconds, let name):
      write(try imports.dotted(Symbol(module: "datetime", path: ["timezone"])))
      open("(", .trailer)
      try write(moment: Moment(kind: .duration, fields: [0, seconds, 0]))
      if let name {
        comma()
        write(TextNotation.string(name), spaced: true)
      }
      close(")")
    }
  }

  /// The class that a sender's name means: one of Python's own, else what the repository says.
  private func symbol(of type: String) -> Symbol? {
    if PythonName.classes.contains(type) || PythonName.exceptions.contains(type) {
      return Symbol(module: "builtins", path: [type])
    }
    if let known = Self.standardTypes[type] { return known }
    return types(type)
  }

  private static let standardTypes: [String: Symbol] = Dictionary(
    uniqueKeysWithValues: [
      "collections.Counter", "collections.OrderedDict", "collections.deque",
      "collections.defaultdict", "fractions.Fraction", "datetime.datetime", "datetime.date",
      "datetime.time", "datetime.timedelta", "datetime.timezone", "re.compile", "decimal.Decimal",
      "uuid.UUID", "pathlib.PurePosixPath",
      "pathlib.PosixPath", "pathlib.Path", "pathlib.PureWindowsPath",
    ].map { name in
      let parts = name.split(separator: ".").map(String.init)
      return (name, Symbol(module: parts[0], path: [parts[1]]))
    })
}

extension ImportLedger {
  /// A member by its module's name: `datetime.date` is said so, because `date` alone is a common variable.
  mutating func dotted(_ symbol: Symbol) throws(PrintingError) -> String {
    ([try moduleName(symbol.module)] + symbol.path).joined(separator: ".")
  }
}
