import Languages

/// A tree that writes its own text, so that spans and text always agree.
indirect enum Sketch {
  case text(String)
  case node(SourceNode.Kind, String, SourceNode.Role, [Sketch])

  /// The same node in another role.
  func `as`(_ role: SourceNode.Role) -> Sketch {
    if case .node(let kind, let label, _, let parts) = self {
      .node(kind, label, role, parts)
    } else {
      self
    }
  }

  static func file(_ statements: [Sketch], path: String = "shop.py") -> SourceFile {
    var writer = SketchWriter()
    let children = writer.write(block(statements, depth: 0))
    let end = writer.bytes.count
    let root = SourceNode(
      .module, role: .part,
      span: SourceSpan(bytes: 0..<end, lines: 1...max(1, writer.line), column: 0),
      children: children)
    return SourceFile(
      path: path, text: String(decoding: writer.bytes, as: UTF8.self), root: root)
  }

  /// Statements below each other, each with a line of its own.
  static func block(_ statements: [Sketch], depth: Int) -> [Sketch] {
    statements.flatMap { statement -> [Sketch] in
      let indent = String(repeating: "    ", count: depth)
      return [.text(indent), statement.indented(depth), .text("\n")]
    }
  }

  /// A mark `⇥` stands for the indentation of the statement.
  private func indented(_ depth: Int) -> Sketch {
    switch self {
    case .text(let text):
      .text(
        text.split(separator: "⇥", omittingEmptySubsequences: false).joined(
          separator: String(repeating: "    ", count: depth)))
    case .node(let kind, let label, let role, let parts):
      .node(kind, label, role, parts.map { $0.indented(depth) })
    }
  }
}

private struct SketchWriter {
  var bytes: [UInt8] = []
  var line = 1
  var column = 0

  mutating func write(_ parts: [Sketch]) -> [SourceNode] {
    parts.compactMap { part in
      switch part {
      case .text(let text):
        for byte in text.utf8 {
          bytes.append(byte)
          column += 1
          if byte == UInt8(ascii: "\n") {
            line += 1
            column = 0
          }
        }
        return nil
      case .node(let kind, let label, let role, let parts):
        let start = (bytes.count, line, column)
        let children = write(parts)
        return SourceNode(
          kind, label: label, role: role,
          span: SourceSpan(bytes: start.0..<bytes.count, lines: start.1...line, column: start.2),
          children: children)
      }
    }
  }
}

// MARK: expressions

extension Sketch {
  static func name(_ text: String) -> Sketch { .node(.name, text, .part, [.text(text)]) }
  static func integer(_ value: Int) -> Sketch {
    .node(.literal, "integer", .part, [.text("\(value)")])
  }
  static func string(_ text: String) -> Sketch {
    .node(.literal, "string", .part, [.text("\"\(text)\"")])
  }
  static let nothing = Sketch.node(.literal, "null", .part, [.text("None")])
  static func bool(_ value: Bool) -> Sketch {
    .node(.literal, "bool", .part, [.text(value ? "True" : "False")])
  }
  static func attribute(_ value: Sketch, _ name: String) -> Sketch {
    .node(.attribute, name, .part, [value.as(.value), .text(".\(name)")])
  }
  static func item(_ value: Sketch, _ key: Sketch) -> Sketch {
    .node(.item, "", .part, [value.as(.value), .text("["), key.as(.key), .text("]")])
  }
  static func call(_ callee: Sketch, _ arguments: Sketch...) -> Sketch {
    var parts = [callee.as(.callee), .text("(")]
    for (place, argument) in arguments.enumerated() {
      if place > 0 { parts.append(.text(", ")) }
      parts.append(argument.as(.arguments))
    }
    return .node(.call, "", .part, parts + [.text(")")])
  }
  static func named(_ name: String, _ value: Sketch) -> Sketch {
    .node(.argument, name, .arguments, [.text("\(name)="), value.as(.value)])
  }
  static func compare(_ left: Sketch, _ sign: String, _ right: Sketch) -> Sketch {
    .node(.comparison, sign, .part, [left.as(.operands), .text(" \(sign) "), right.as(.operands)])
  }
  static func binary(_ left: Sketch, _ sign: String, _ right: Sketch) -> Sketch {
    .node(.binary, sign, .part, [left.as(.operands), .text(" \(sign) "), right.as(.operands)])
  }
  static func boolean(_ word: String, _ operands: Sketch...) -> Sketch {
    var parts: [Sketch] = []
    for (place, operand) in operands.enumerated() {
      if place > 0 { parts.append(.text(" \(word) ")) }
      parts.append(operand.as(.operands))
    }
    return .node(.boolean, word, .part, parts)
  }
  static func not(_ operand: Sketch) -> Sketch {
    .node(.unary, "not", .part, [.text("not "), operand.as(.operands)])
  }
  static func conditional(_ then: Sketch, if test: Sketch, else otherwise: Sketch) -> Sketch {
    .node(
      .conditional, "", .part,
      [then.as(.body), .text(" if "), test.as(.test), .text(" else "), otherwise.as(.otherwise)])
  }
  static func tuple(_ items: Sketch...) -> Sketch {
    var parts: [Sketch] = [.text("(")]
    for (place, item) in items.enumerated() {
      if place > 0 { parts.append(.text(", ")) }
      parts.append(item)
    }
    return .node(.tuple, "", .part, parts + [.text(")")])
  }
}

// MARK: statements

extension Sketch {
  static func evaluate(_ value: Sketch) -> Sketch {
    .node(.evaluate, "", .body, [value.as(.value)])
  }
  static func bind(_ target: Sketch, _ value: Sketch) -> Sketch {
    .node(.bind, "", .body, [target.as(.target), .text(" = "), value.as(.value)])
  }
  static func update(_ target: Sketch, _ sign: String, _ value: Sketch) -> Sketch {
    .node(.update, sign, .body, [target.as(.target), .text(" \(sign)= "), value.as(.value)])
  }
  static func give(_ value: Sketch) -> Sketch {
    .node(.give, "", .body, [.text("return "), value.as(.value)])
  }
  static func fail(_ value: Sketch) -> Sketch {
    .node(.fail, "", .body, [.text("raise "), value.as(.value)])
  }
  static let leave = Sketch.node(.leave, "", .body, [.text("break")])
  static func branch(_ test: Sketch, _ body: [Sketch], else otherwise: [Sketch] = []) -> Sketch {
    var parts = [.text("if "), test.as(.test), .text(":\n")] + inner(body, .body)
    if !otherwise.isEmpty { parts += [.text("\n⇥else:\n")] + inner(otherwise, .otherwise) }
    return .node(.branch, "", .body, parts)
  }
  static func forEach(_ target: Sketch, _ iterable: Sketch, _ body: [Sketch]) -> Sketch {
    .node(
      .forEach, "", .body,
      [.text("for "), target.as(.target), .text(" in "), iterable.as(.iterable), .text(":\n")]
        + inner(body, .body))
  }
  static func loop(_ test: Sketch, _ body: [Sketch]) -> Sketch {
    .node(.loop, "", .body, [.text("while "), test.as(.test), .text(":\n")] + inner(body, .body))
  }
  static func attempt(_ body: [Sketch], except types: Sketch, _ handler: [Sketch]) -> Sketch {
    .node(
      .attempt, "", .body,
      [.text("try:\n")] + inner(body, .body) + [
        .text("\n⇥"),
        .node(
          .handler, "", .handlers,
          [.text("except "), types.as(.types), .text(":\n")] + inner(handler, .body)),
      ])
  }
  static func function(
    _ name: String, _ parameters: [(String, Sketch?)] = [], _ body: [Sketch]
  ) -> Sketch {
    var parts: [Sketch] = [.text("def \(name)(")]
    for (place, parameter) in parameters.enumerated() {
      let standard = parameter.1.map { [.text("="), $0.as(.standard)] } ?? []
      parts += [
        .text(place > 0 ? ", " : ""),
        .node(.parameter, parameter.0, .parameters, [.text(parameter.0)] + standard),
      ]
    }
    return .node(.function, name, .body, parts + [.text("):\n")] + inner(body, .body))
  }
  static func type(_ name: String, _ body: [Sketch]) -> Sketch {
    .node(.type, name, .body, [.text("class \(name):\n")] + inner(body, .body))
  }

  /// The lines of a body, one step further in; the last without its line's end.
  private static func inner(_ body: [Sketch], _ role: SourceNode.Role) -> [Sketch] {
    let lines = body.map { $0.deeper.as(role) }.flatMap { [.text("⇥    "), $0, .text("\n")] }
    return Array(lines.dropLast())
  }

  private var deeper: Sketch {
    switch self {
    case .text(let text): .text(text.replacingMarks)
    case .node(let kind, let label, let role, let parts):
      .node(kind, label, role, parts.map(\.deeper))
    }
  }
}

extension String {
  fileprivate var replacingMarks: String {
    split(separator: "⇥", omittingEmptySubsequences: false).joined(separator: "⇥    ")
  }
}

extension Notation {
  /// The notation of the sketches.
  static let sketch: Notation = {
    var notation = Notation(
      nothing: "None", yes: "True", no: "False", isNothing: { "\($0) is None" },
      isSomething: { "\($0) is not None" }, not: { "not (\($0))" },
      all: { $0.joined(separator: " and ") }, any: { $0.joined(separator: " or ") },
      isInstance: { "isinstance(\($0), \($1.joined()))" }, contains: { "\($1) in \($0)" },
      count: { "len(\($0))" }, conditional: { "\($1) if \($0) else \($2)" },
      valueOfKey: { "\($0).get(\($1), \($2))" },
      valueOfAttribute: { "getattr(\($0), \($1), \($2))" },
      convert: { "\($0)(\($1))" }, copy: { "\($0).copy()" }, awaiting: { "await \($0)" },
      bind: { "\($0) = \($1)" }, give: { "return \($0 ?? "")" },
      fail: { type, _ in "raise \(type)" },
      proceed: "continue", pass: "pass", branch: { test, _ in ["if \(test):"] },
      attempt: { _, _, _ in [] }, textLiteral: { "\"\($0)\"" })
    notation.noFailureType = "()"
    return notation
  }()
}
