import Failures
import Interchange
import Languages

extension PythonRepository {
  func locate(_ positions: [SourcePosition]) throws -> [FunctionDescription?] {
    guard !positions.isEmpty else { return [] }
    // A deep recursion shows the same few functions again and again.
    var distinct: [SourcePosition] = []
    for position in positions where !distinct.contains(position) { distinct.append(position) }
    let asked = distinct.map { position -> JSON in
      [
        "path": .string(position.path), "function": .string(position.function),
        "line": .integer(position.line),
      ]
    }
    let answers = try kit.ask("locate", [.init("positions", .array(asked))]).items ?? []
    let found = Dictionary(uniqueKeysWithValues: zip(distinct, answers.map(function)))
    return positions.map { found[$0] ?? nil }
  }

  private func function(_ record: JSON) -> FunctionDescription? {
    guard let module = record["module"]?.text, let node = record["node"] else { return nil }
    let path = (record["path"]?.items ?? []).compactMap(\.text)
    let lines = (record["lines"]?.items ?? []).compactMap(\.integer)
    return FunctionDescription(
      symbol: Symbol(module: module, path: path),
      role: FunctionDescription.Role(rawValue: record["role"]?.text ?? "") ?? .function,
      definition: SyntaxReader().function(node), isLazy: record["lazy"]?.bool ?? false,
      path: record["file"]?.text ?? "",
      lines: lines.count == 2 && lines[0] <= lines[1] ? lines[0]...lines[1] : 0...0,
      documentation: record["doc"]?.text, receiver: record["receiver"].flatMap(staticType))
  }

  private func staticType(_ record: JSON) -> TypeDescription? {
    guard let module = record["module"]?.text else { return nil }
    let path = (record["path"]?.items ?? []).compactMap(\.text)
    return TypeDescription(
      symbol: Symbol(module: module, path: path),
      bases: SyntaxReader().expressions(record["bases"]),
      parameters: Array(SyntaxReader().parameters(record["args"]).dropFirst()))
  }

  func parse(_ lines: [String], _ focus: Int) throws -> [Statement] {
    let answer = try kit.ask(
      "parse",
      [.init("lines", .array(lines.map { .string($0) })), .init("focus", .integer(focus))])
    return SyntaxReader().statements(answer)
  }

  func resolve(_ names: [String], _ nearby: [String]) throws -> [String: Meaning] {
    let wanted = names.filter { !$0.isEmpty && $0.count < 200 }
    guard !wanted.isEmpty else { return [:] }
    warmModules.warm(nearby, in: kit)
    let answer = try kit.ask(
      "resolve",
      [
        .init("names", .array(wanted.map { .string($0) })),
        .init("nearby", .array(nearby.map { .string($0) })),
      ])
    var meanings: [String: Meaning] = [:]
    for member in answer.members ?? [] {
      if let meaning = meaning(member.value) { meanings[member.key] = meaning }
    }
    return meanings
  }

  /// A name's meaning, if an event may name it.
  private func meaning(_ record: JSON) -> Meaning? {
    guard let module = record["module"]?.text else { return nil }
    let symbol = Symbol(module: module, path: (record["path"]?.items ?? []).compactMap(\.text))
    let isOfRepository = record["tree"]?.bool ?? false
    let home = Symbol(module: record["home"]?.text ?? module, path: symbol.path)
    guard isOfRepository || AllowedNames.allows(symbol) || AllowedNames.allows(home) else {
      return nil
    }
    return Meaning(
      symbol: symbol, kind: Meaning.Kind(rawValue: record["kind"]?.text ?? "") ?? .value,
      isOfRepository: isOfRepository, lineage: (record["lineage"]?.items ?? []).compactMap(\.text))
  }

  func findType(_ name: String) throws -> TypeDescription? {
    guard name.count < 200, !name.contains("<locals>") else { return nil }
    let records = try kit.ask("types", [.init("name", .string(name))]).items ?? []
    return records.compactMap(type).first
  }

  private func type(_ record: JSON) -> TypeDescription? {
    guard let module = record["module"]?.text else { return nil }
    let symbol = Symbol(module: module, path: (record["path"]?.items ?? []).compactMap(\.text))
    let parameters = (record["parameters"]?.items ?? []).compactMap(parameter)
    let isOfRepository = record["tree"]?.bool ?? false
    return TypeDescription(
      symbol: symbol, parameters: parameters, isException: record["exception"]?.bool ?? false,
      isOfRepository: isOfRepository, lineage: (record["lineage"]?.items ?? []).compactMap(\.text))
  }

  private func parameter(_ record: JSON) -> Parameter? {
    guard let name = record["name"]?.text else { return nil }
    let kinds: [String: Parameter.Kind] = [
      "POSITIONAL_ONLY": .positionalOnly, "POSITIONAL_OR_KEYWORD": .positional,
      "VAR_POSITIONAL": .rest, "KEYWORD_ONLY": .named, "VAR_KEYWORD": .namedRest,
    ]
    return Parameter(
      name: name, kind: kinds[record["kind"]?.text ?? ""] ?? .positional,
      annotation: record["annotation"]?.text.map { .name($0) },
      standard: record["required"]?.bool == true ? nil : .unsupported("default"))
  }

  func handlers(_ types: [String]) throws -> [SourceMatch] {
    try matches(kit.ask("handlers", [.init("names", .array(types.map { .string($0) }))]))
  }

  func search(_ text: String) throws -> [SourceMatch] {
    guard !text.isEmpty else { return [] }
    return try matches(kit.ask("search", [.init("text", .string(text))]))
  }

  private func matches(_ answer: JSON) -> [SourceMatch] {
    (answer.items ?? []).compactMap { record in
      guard let path = record["path"]?.text, let line = record["line"]?.integer else { return nil }
      return SourceMatch(path: path, line: line, text: record["text"]?.text ?? "")
    }
  }
}
