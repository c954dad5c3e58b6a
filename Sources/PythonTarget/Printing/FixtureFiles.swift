import Failures
import Languages

/// Moves values that are too long to be read out of a test into files beside it, from where the test reads
/// them back exactly equal.
struct FixtureFiles {
  /// Values whose literal is longer than this many characters go to a file.
  static let longest = 2000

  /// The folder of the files, relative to the repository's root, and its name.
  private let folder: String
  private let folderName: String
  private var taken: Set<String>
  private(set) var files: [String: String] = [:]
  private var pending: [Statement] = []
  private var placeName: String?

  init(testPath: String, taken: Set<String>) {
    let parts = testPath.split(separator: "/")
    let file = parts.last.map(String.init) ?? testPath
    let stem = file.hasSuffix(".py") ? String(file.dropLast(3)) : file
    folderName = stem + "_data"
    folder = (parts.dropLast().map(String.init) + [folderName]).joined(separator: "/")
    self.taken = taken
  }

  /// The program with its long values bound to variables that are read from files.
  mutating func extract(from program: Program) -> Program {
    var program = program
    var setup: [Statement] = []
    for statement in program.setup {
      var moved = statement
      if case .bind(.name(let name), .value(let value)) = statement.kind,
        let reading = reading(value, name: name)
      {
        moved.kind = .bind(.name(name), reading)
      } else {
        moved = statement.mapExpressions { replacingLongValues(in: $0, name: nil) }
      }
      setup += pending + [moved]
      pending = []
    }
    program.entry = replacingLongValues(in: program.entry, name: nil)
    program.setup = setup + pending
    return program
  }

  private mutating func replacingLongValues(in expression: Expression, name: String?) -> Expression
  {
    if case .value(let value) = expression {
      let variable = free(name ?? "payload")
      guard let reading = reading(value, name: variable) else { return expression }
      taken.insert(variable)
      pending.append(Statement(.bind(.name(variable), reading)))
      return .name(variable)
    }
    if case .call(let callee, let arguments) = expression {
      return .call(
        replacingLongValues(in: callee, name: nil),
        arguments.map { argument in
          let name: String? = if case .named(let name) = argument.label { name } else { nil }
          return Argument(
            argument.label, replacingLongValues(in: argument.value, name: name))
        })
    }
    return expression.mapChildren { replacingLongValues(in: $0, name: nil) }
  }

  private func free(_ wish: String) -> String {
    var name = wish
    var count = 2
    while taken.contains(name) {
      name = "\(wish)_\(count)"
      count += 1
    }
    return name
  }

  /// The expression that reads a value back, after its file was noted; `nil` for what is short or has no file form.
  private mutating func reading(_ value: CapturedValue, name: String) -> Expression? {
    guard PythonName.isIdentifier(name), Self.isLong(value), let form = FixtureForm(value) else {
      return nil
    }
    var file = "\(name).\(form.suffix)"
    var count = 2
    while files["\(folder)/\(file)"] != nil {
      file = "\(name)_\(count).\(form.suffix)"
      count += 1
    }
    files["\(folder)/\(file)"] = form.text
    return form.reading(from: .binary(.name(place()), "/", .value(.string(file))))
  }

  /// The variable that holds the folder of the files.
  private mutating func place() -> String {
    if let placeName { return placeName }
    let name = free("data")
    taken.insert(name)
    placeName = name
    let path = Expression.call(
      .attribute(.symbol(Symbol(module: "pathlib")), "Path"),
      [Argument(.positional, .name("__file__"))])
    let folder = Expression.call(
      .attribute(path, "with_name"), [Argument(.positional, .value(.string(folderName)))])
    pending.append(Statement(.bind(.name(name), folder)))
    return name
  }

  private static func isLong(_ value: CapturedValue) -> Bool {
    switch value {
    case .string, .bytes, .list, .map, .truncated: break
    default: return false
    }
    guard let text = try? PythonPrinter().literal(value) else { return false }
    return text.utf8.count > longest
  }
}

/// How one value is kept in a file.
struct FixtureForm: Equatable {
  let suffix: String
  let text: String
  private let isMutable: Bool

  init?(_ value: CapturedValue) {
    isMutable = if case .bytes(_, mutable: true) = value { true } else { false }
    switch value {
    case .string(let string) where string.unicodeScalars.allSatisfy(Self.isPlain):
      suffix = "txt"
      text = string
    case .bytes(let bytes, _):
      suffix = "hex"
      text = Self.hexadecimal(bytes)
    default:
      guard let notation = JSONNotation.text(value) else { return nil }
      suffix = "json"
      text = notation + "\n"
    }
  }

  func reading(from path: Expression) -> Expression {
    func call(_ callee: Expression, _ arguments: Expression...) -> Expression {
      .call(callee, arguments.map { Argument(.positional, $0) })
    }
    switch suffix {
    case "json":
      return call(
        .attribute(.symbol(Symbol(module: "json")), "loads"), call(.attribute(path, "read_bytes")))
    // As bytes, because reading text would change line breaks.
    case "txt": return call(.attribute(call(.attribute(path, "read_bytes")), "decode"))
    default:
      let type = Symbol(module: "builtins", path: [isMutable ? "bytearray" : "bytes"])
      return call(.attribute(.symbol(type), "fromhex"), call(.attribute(path, "read_text")))
    }
  }

  /// Line breaks other than `\n` are changed by tools on their way.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\n" || scalar == "\t" { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
      return false
    default: return true
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 40).map { start in
      bytes[start..<min(start + 40, bytes.count)]
        .map { TextNotation.hexadecimal(UInt32($0), width: 2) }.joined() + "\n"
    }.joined()
  }
}
