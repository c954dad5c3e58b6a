import Languages

/// One line of imports, with a place in the order that isort would give it.
struct ImportLine: Hashable {
  var module: String
  /// Members with their names; empty for `import module`.
  var members: [Import]
  var name: String?

  init(checking statement: Import) throws(PrintingError) {
    module = try PythonName.checkedModule(statement.module)
    if let member = statement.member { _ = try PythonName.checked(member) }
    if statement.name != module { _ = try PythonName.checked(statement.name) }
    members = statement.member == nil ? [] : [statement]
    name = statement.member == nil && statement.name != module ? statement.name : nil
  }

  func logicalLine(depth: Int) -> LogicalLine {
    guard !members.isEmpty else {
      let suffix = name.map { [Piece("as", spaced: true), Piece($0, spaced: true)] } ?? []
      return LogicalLine(depth, [Piece("import"), Piece(module, spaced: true)] + suffix)
    }
    var pieces = [
      Piece("from"), Piece(module, spaced: true), Piece("import", spaced: true),
      Piece("", spaced: true, role: .open(.optional)),
    ]
    for (position, member) in members.enumerated() {
      if position > 0 { pieces.append(Piece(",", role: .comma, priority: Priority.comma)) }
      pieces.append(Piece(member.member ?? "", spaced: position > 0))
      if member.name != member.member {
        pieces += [Piece("as", spaced: true), Piece(member.name, spaced: true)]
      }
    }
    pieces.append(Piece("", role: .close))
    var line = LogicalLine(depth, pieces)
    line.isImport = true
    return line
  }
}

/// All imports of a file: the standard library's, then installed packages', then the repository's own.
struct ImportBlock {
  /// First parts of the modules that are installed beside the repository's own.
  let installed: Set<String>
  let layout: LineLayout

  func lines(_ imports: [Import]) throws(PrintingError) -> [String] {
    var groups: [[ImportLine]] = [[], [], []]
    for statement in imports {
      groups[group(of: statement.module)].append(try ImportLine(checking: statement))
    }
    var lines: [String] = []
    for group in groups where !group.isEmpty {
      if !lines.isEmpty { lines.append("") }
      for line in merged(group) { lines += layout.lines(line.logicalLine(depth: 0)) }
    }
    return lines
  }

  /// Plain imports first, then members by module; members of one module share a line.
  private func merged(_ group: [ImportLine]) -> [ImportLine] {
    let plain = Set(group.filter(\.members.isEmpty)).sorted {
      ($0.module, $0.name ?? "") < ($1.module, $1.name ?? "")
    }
    let members = Dictionary(grouping: group.filter { !$0.members.isEmpty }, by: \.module)
    let lines = members.sorted { Self.order($0.key, $1.key) }.compactMap { _, lines in
      lines.first.map { first in
        var line = first
        line.members = Set(lines.flatMap(\.members)).sorted {
          (Self.rank($0.member), $0.member ?? "", $0.name)
            < (Self.rank($1.member), $1.member ?? "", $1.name)
        }
        return line
      }
    }
    return plain + lines
  }

  private static func order(_ left: String, _ right: String) -> Bool {
    (left.lowercased(), left) < (right.lowercased(), right)
  }

  /// Constants, then classes, then what begins in lower case.
  private static func rank(_ member: String?) -> Int {
    guard let member, let first = member.first else { return 0 }
    if member.count > 1, member == member.uppercased(), member != member.lowercased() { return 0 }
    return first.isUppercase ? 1 : 2
  }

  private func group(of module: String) -> Int {
    let root = String(module.prefix { $0 != "." })
    if StandardLibrary.modules.contains(root) { return 0 }
    return installed.contains(root) ? 1 : 2
  }
}
