import Failures
import Languages

extension SourceWriter {
  /// A value as source that evaluates to an equal one of the same type.
  mutating func write(value: CapturedValue) throws(PrintingError) {
    switch value {
    case .null: write("None")
    case .bool(let flag): write(flag ? "True" : "False")
    case .integer(let text):
      guard let (digits, isNegative) = NumberNotation.integer(text) else {
        throw .malformed(kind: "integer")
      }
      if isNegative { write("-") }
      write(digits)
    case .float(let number): try write(float: number)
    case .string(let text): write(string: text)
    case .illFormedString(let units): write(TextNotation.string(units: units))
    case .bytes(let bytes, let isMutable): try write(bytes: bytes, isMutable: isMutable)
    case .list, .tuple, .set, .map:
      try nested { (writer) throws(PrintingError) in try writer.write(collection: value) }
    case .object(let object):
      try nested { (writer) throws(PrintingError) in try writer.write(object: object) }
    case .enumeration(let type, let member, let raw):
      try write(enumeration: type, member: member, raw: raw)
    case .date(let moment): try write(moment: moment)
    case .decimal(let text): try construct(Symbol(module: "decimal", path: ["Decimal"]), text)
    case .uuid(let text): try construct(Symbol(module: "uuid", path: ["UUID"]), text)
    case .path(let text): try construct(Symbol(module: "pathlib", path: ["Path"]), text)
    case .truncated(let known, certain: false): try write(value: known)
    case .redacted: write("\"redacted\"")
    case .opaque("type", let description): try write(typeDescription: description)
    case .reference: throw .cycle
    case .named: throw .loss(kind: "named")
    case .truncated: throw .loss(kind: "truncated")
    case .opaque: throw .loss(kind: "opaque")
    case .absent: throw .loss(kind: "absent")
    case .unread: throw .loss(kind: "unread")
    }
  }

  /// A text of several lines that is too long for one is written as one literal a line.
  mutating func write(string text: String) {
    let literal = TextNotation.string(text)
    let lines = literal.utf8.count > lineLength - 12 ? TextNotation.lines(text) : []
    guard lines.count > 1 else { return write(literal) }
    open("(", .atom)
    write(lines[0])
    for line in lines.dropFirst() { write(line, spaced: true, priority: Priority.text) }
    close(")")
  }

  private mutating func write(float number: Double) throws(PrintingError) {
    if number.isFinite {
      if number.sign == .minus { write("-") }
      return write(NumberNotation.float(number.magnitude))
    }
    try construct(
      Symbol(module: "builtins", path: ["float"]),
      number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
  }

  private mutating func write(bytes: [UInt8], isMutable: Bool) throws(PrintingError) {
    guard isMutable else { return write(TextNotation.bytes(bytes)) }
    write(try imports.builtin("bytearray"))
    open("(", .trailer)
    if !bytes.isEmpty { write(TextNotation.bytes(bytes)) }
    close(")")
  }

  private mutating func write(collection: CapturedValue) throws(PrintingError) {
    switch collection {
    case .list(let values): try bracketed("[", values, "]")
    case .tuple(let values): try bracketed("(", values, ")", isTuple: true)
    case .set(let values, let isFrozen): try write(set: values, isFrozen: isFrozen)
    case .map(let entries):
      open("{", .atom)
      try elements(entries) { (writer, entry) throws(PrintingError) in
        try writer.write(value: entry.key)
        writer.write(":")
        try writer.spaced { (writer) throws(PrintingError) in try writer.write(value: entry.value) }
      }
      close("}")
    default: break
    }
  }

  private mutating func bracketed(
    _ opening: String, _ values: [CapturedValue], _ closing: String, isTuple: Bool = false
  ) throws(PrintingError) {
    open(opening, .atom)
    try elements(values) { (writer, value) throws(PrintingError) in try writer.write(value: value) }
    if isTuple, values.count == 1 { comma() }
    close(closing)
  }

  /// Sets have no order: their elements are sorted, so that the same set is always the same text.
  private mutating func write(set values: [CapturedValue], isFrozen: Bool) throws(PrintingError) {
    if isFrozen || values.isEmpty {
      write(try imports.builtin(isFrozen ? "frozenset" : "set"))
      open("(", .trailer)
    }
    if !values.isEmpty {
      var written: [(key: SetOrder, pieces: [Piece])] = []
      for value in values {
        let pieces = try taken { (writer) throws(PrintingError) in try writer.write(value: value) }
        written.append((SetOrder(value, LogicalLine(0, pieces).flat), pieces))
      }
      open("{", .atom)
      for (position, element) in written.sorted(by: { $0.key < $1.key }).enumerated() {
        if position > 0 { comma() }
        let start = pieces.count
        pieces += element.pieces
        if position > 0 { pieces[start].isSpaced = true }
      }
      close("}")
    }
    if isFrozen || values.isEmpty { close(")") }
  }

  private mutating func write(
    enumeration type: String, member: String, raw: CapturedValue?
  ) throws(PrintingError) {
    guard let symbol = types(type) else { throw .unknownType(type) }
    write(try imports.text(for: symbol))
    if PythonName.isIdentifier(member) { return write("." + member) }
    guard let raw else { throw .invalidName(member) }
    open("(", .trailer)
    try write(value: raw)
    close(")")
  }

  /// Calls a class with one string.
  private mutating func construct(_ symbol: Symbol, _ text: String) throws(PrintingError) {
    write(try imports.text(for: symbol))
    open("(", .trailer)
    write(TextNotation.string(text))
    close(")")
  }
}

/// Integers by size, then everything else by its text.
private struct SetOrder: Comparable {
  let rank: Int
  let length: Int
  let text: String

  init(_ value: CapturedValue, _ text: String) {
    if case .integer = value {
      rank = text.hasPrefix("-") ? 0 : 1
      length = rank == 0 ? -text.utf8.count : text.utf8.count
    } else {
      rank = 2
      length = 0
    }
    self.text = text
  }

  static func < (left: SetOrder, right: SetOrder) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.length != right.length { return left.length < right.length }
    let order = left.text.unicodeScalars.lexicographicallyPrecedes(right.text.unicodeScalars)
    let reverse = right.text.unicodeScalars.lexicographicallyPrecedes(left.text.unicodeScalars)
    return left.rank == 0 ? reverse : order
  }
}
