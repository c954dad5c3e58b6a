import Languages

/// The names that one file gives to what it imports: each differs from every local name, from every builtin
/// and from the others.
struct ImportLedger: Sendable {
  private(set) var imports: [Import] = []
  private var owners: [String: String] = [:]
  private let reserved: Set<String>

  /// - Parameter reserved: names that the text uses for something else.
  init(reserved: Set<String> = []) {
    self.reserved = reserved
  }

  /// The text that stands for a symbol, which is imported from now on.
  mutating func text(for symbol: Symbol) throws(PrintingError) -> String {
    for part in symbol.path { _ = try PythonName.checked(part) }
    guard let top = symbol.path.first else { return try moduleName(symbol.module) }
    if symbol.module == "builtins" { return try builtin(top, path: symbol.path) }
    let module = try PythonName.checkedModule(symbol.module)
    let name = memberName(module, top)
    return ([name] + symbol.path.dropFirst()).joined(separator: ".")
  }

  /// Takes over an import that the source itself makes, with the name that it gives.
  mutating func adopt(_ statement: Import) throws(PrintingError) {
    _ = try PythonName.checkedModule(statement.module)
    if let member = statement.member { _ = try PythonName.checked(member) }
    if statement.name != statement.module { _ = try PythonName.checked(statement.name) }
    if !imports.contains(statement) { imports.append(statement) }
    owners[String(statement.name.prefix { $0 != "." })] = owner(of: statement)
  }

  /// The name of something that Python itself provides.
  mutating func builtin(_ name: String) throws(PrintingError) -> String {
    try builtin(name, path: [name])
  }

  /// A module by its full name, dots included, or by another if its first part is taken.
  mutating func moduleName(_ module: String) throws(PrintingError) -> String {
    let module = try PythonName.checkedModule(module)
    if let known = imports.first(where: { $0.module == module && $0.member == nil }) {
      return known.name
    }
    let root = String(module.prefix { $0 != "." })
    let owner = "module " + root
    if isFree(root, for: owner) {
      owners[root] = owner
      imports.append(Import(module: module, member: nil, name: module))
      return module
    }
    let name = freeName(module.split(separator: ".").joined(separator: "_") + "_module")
    owners[name] = "module " + module
    imports.append(Import(module: module, member: nil, name: name))
    return name
  }

  private mutating func memberName(_ module: String, _ member: String) -> String {
    if let known = imports.first(where: { $0.module == module && $0.member == member }) {
      return known.name
    }
    let owner = "\(module) \(member)"
    let last = module.split(separator: ".").last.map(String.init) ?? module
    let name = isFree(member, for: owner) ? member : freeName(last + "_" + member)
    owners[name] = owner
    imports.append(Import(module: module, member: member, name: name))
    return name
  }

  private mutating func builtin(_ name: String, path: [String]) throws(PrintingError) -> String {
    let text = path.joined(separator: ".")
    if !reserved.contains(name), owners[name] == nil { return text }
    return try moduleName("builtins") + "." + text
  }

  private func isFree(_ name: String, for owner: String) -> Bool {
    if let current = owners[name] { return current == owner }
    return !reserved.contains(name) && !PythonName.builtins.contains(name)
  }

  private func freeName(_ wish: String) -> String {
    var name = wish.drop { $0 == "_" }.description
    var count = 2
    while owners[name] != nil || reserved.contains(name) || PythonName.builtins.contains(name) {
      name = wish + "_\(count)"
      count += 1
    }
    return name
  }

  private func owner(of statement: Import) -> String {
    if let member = statement.member { return "\(statement.module) \(member)" }
    if statement.name == statement.module {
      return "module " + statement.module.prefix { $0 != "." }
    }
    return "module " + statement.module
  }
}
