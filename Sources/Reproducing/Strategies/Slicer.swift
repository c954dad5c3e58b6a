import Failures
import Languages

/// Makes a caller's expression runnable on its own: captured values take the place of names, and the statements that built
/// what was not captured come along.
///
/// Only calls, attributes, items, operators and literals are taken over, and names only where they mean something
/// of the repository or something harmless; that is what ``TargetSession/resolve`` decides.
struct Slicer {
  let session: TargetSession
  let before: [Statement]
  let variables: [String: CapturedValue]
  /// Functions that the evidence shows, by name.
  let definitions: [String: FunctionDefinition]
  let imports: [String: Import]
  let nearby: [String]
  /// Whether statements that built a value are believed before its captured notation.
  var prefersBuilders = true
  var rebuilder: Rebuilder

  /// Whether a name was resolved to something of the repository.
  private(set) var entersRepository = false

  private var needed = Set<Int>()
  private var given: [String] = []
  private var givenValues: [String: Expression] = [:]
  private var usedDefinitions: [String] = []
  private var definedBodies: [String: Statement] = [:]
  private var depth = 0

  init(
    session: TargetSession, before: [Statement], variables: [String: CapturedValue],
    definitions: [String: FunctionDefinition], imports: [String: Import], nearby: [String]
  ) {
    self.session = session
    self.before = before
    self.variables = variables
    self.definitions = definitions
    self.imports = imports
    self.nearby = nearby
    rebuilder = Rebuilder(
      session: session, reserved: Set(variables.keys).union(definitions.keys))
  }

  /// The expression and the statements that it needs, in an order in which they run.
  mutating func slice(_ expression: Expression) throws -> (setup: [Statement], entry: Expression) {
    let entry = try resolve(expression, at: before.count, locals: [])
    // A statement that is needed may need others: resolve until nothing is added.
    var resolved: [Int: [Statement]] = [:]
    while let next = needed.subtracting(resolved.keys).max() {
      resolved[next] = try resolve(statement: before[next], at: next, locals: [])
    }
    let values = given.compactMap { name in
      givenValues[name].map { Statement(.bind(.name(name), $0)) }
    }
    let functions = usedDefinitions.compactMap { definedBodies[$0] }
    let statements = resolved.keys.sorted().flatMap { resolved[$0] ?? [] }
    return (Self.ordered(values: values, statements: statements, functions: functions), entry)
  }

  /// Functions come after the variables that they read and before the statements that pass them on.
  private static func ordered(
    values: [Statement], statements: [Statement], functions: [Statement]
  ) -> [Statement] {
    let names = Set(functions.compactMap(\.definedName))
    let split = statements.firstIndex { !$0.mentionedNames.isDisjoint(with: names) }
    guard let split else { return values + statements + functions }
    return values + statements[..<split] + functions + statements[split...]
  }

  // MARK: expressions

  private mutating func resolve(
    _ expression: Expression, at position: Int, locals: Set<String>
  ) throws -> Expression {
    if let value = folded(expression, at: position, locals: locals), value.isPlain {
      return .value(value)
    }
    switch expression {
    case .value, .symbol: return expression
    case .unsupported(let kind):
      throw Rebuilder.Failure(
        missing: Missing(what: "the caller's source", why: "it holds a \(kind)"))
    case .name(let name):
      return locals.contains(name) ? expression : try resolve(name: name, at: position)
    case .attribute(let base, let name):
      guard !name.hasPrefix("__") || name == "__enter__" else {
        throw Rebuilder.Failure(missing: Missing(what: name, why: "an event may not name it"))
      }
      if let dotted = try resolveDotted(expression, at: position, locals: locals) { return dotted }
      let object = try resolve(base, at: position, locals: locals)
      guard !name.hasPrefix("format") || !object.isReachingTemplate else {
        throw Rebuilder.Failure(missing: Missing(what: name, why: "an event may not name it"))
      }
      return .attribute(object, name)
    case .closure(let parameters, let body):
      return .closure(
        parameters: parameters,
        body: try resolve(body, at: position, locals: locals.union(parameters)))
    case .comprehension(let comprehension):
      let bound = locals.union(comprehension.clauses.flatMap(\.target.freeNames))
      return try expression.mapChildren { try resolve($0, at: position, locals: bound) }
    default:
      return try expression.mapChildren { try resolve($0, at: position, locals: locals) }.unspread
    }
  }

  /// The captured value that an expression reads out of captured state.
  private func folded(
    _ expression: Expression, at position: Int, locals: Set<String>
  ) -> CapturedValue? {
    switch expression {
    case .item(let base, .value(let key)):
      return captured(base, at: position, locals: locals)?.item(key)
    case .call(.attribute(let base, "get"), let arguments)
    where arguments.allSatisfy({ $0.label == .positional }) && (1...2).contains(arguments.count):
      guard case .value(let key) = arguments[0].value,
        let map = captured(base, at: position, locals: locals), case .map = map
      else { return nil }
      if let found = map.item(key) { return found }
      guard arguments.count == 2 else { return .null }
      if case .value(let standard) = arguments[1].value { return standard }
      return nil
    default: return nil
    }
  }

  private func captured(
    _ expression: Expression, at position: Int, locals: Set<String>
  ) -> CapturedValue? {
    if case .name(let name) = expression, !locals.contains(name),
      bindings(of: name, before: position).isEmpty
    {
      return variables[name]
    }
    return folded(expression, at: position, locals: locals)
  }

  // MARK: names

  private mutating func resolve(name: String, at position: Int) throws -> Expression {
    if givenValues[name] != nil { return .name(name) }
    let builders = bindings(of: name, before: position)
    if let value = variables[name] {
      if !builders.isEmpty, prefersBuilders || !value.isScalar,
        let built = try? takingOver(builders, name)
      {
        return built
      }
      if let known = try give(name, value) { return known }
    } else if !builders.isEmpty {
      return try takingOver(builders, name)
    }
    if let definition = definitions[name] { return try take(definition) }
    if let symbol = try symbol(name) { return symbol }
    if let value = variables[name] {
      let (path, loss) = value.firstLoss(path: name) ?? (name, value)
      throw Rebuilder.Failure(missing: Missing(what: path, why: Missing.reason(of: loss)))
    }
    throw Rebuilder.Failure(missing: Missing(what: name, why: "not sent"))
  }

  /// The name bound to its captured value, if all of that can be rebuilt.
  private mutating func give(_ name: String, _ value: CapturedValue) throws -> Expression? {
    guard let rebuilt = try? rebuilder.rebuild(value, name: name) else { return nil }
    if value.isScalar, value.size <= 2 { return rebuilt }
    if case .name = rebuilt { return rebuilt }
    given.append(name)
    givenValues[name] = rebuilt
    return .name(name)
  }

  /// The statements that build and change what the name holds, taken over; all or none.
  private mutating func takingOver(_ builders: [Int], _ name: String) throws -> Expression {
    var attempt = self
    attempt.depth += 1
    guard attempt.depth < 12 else {
      throw Rebuilder.Failure(missing: Missing(what: name, why: "built in too many steps"))
    }
    attempt.needed.formUnion(builders)
    for index in builders where !needed.contains(index) {
      _ = try attempt.resolve(statement: before[index], at: index, locals: [])
    }
    attempt.depth = depth
    self = attempt
    return .name(name)
  }

  /// Positions of the statements that bind a name or change what it holds.
  private func bindings(of name: String, before position: Int) -> [Int] {
    let touching = before.indices.prefix(position).filter { before[$0].touches(name) }
    guard let first = touching.lastIndex(where: { before[$0].rebinds(name) }) else { return [] }
    return Array(touching[first...])
  }

  private mutating func take(_ definition: FunctionDefinition) throws -> Expression {
    guard !usedDefinitions.contains(definition.name) else { return .name(definition.name) }
    usedDefinitions.append(definition.name)
    let locals = Set(definition.parameters.map(\.name))
      .union(definition.body.flatMap(\.flattened).flatMap(\.boundNames))
    var body = definition
    body.decorators = []
    body.returns = nil
    body.parameters = body.parameters.map {
      Parameter(name: $0.name, kind: $0.kind, standard: $0.standard)
    }
    body.body = try definition.body.flatMap {
      try resolve(statement: $0, at: before.count, locals: locals)
    }
    definedBodies[definition.name] = Statement(.define(body))
    return .name(definition.name)
  }

  private mutating func symbol(_ name: String) throws -> Expression? {
    let asked = imports[name].map {
      [$0.module, $0.member].compactMap(\.self).joined(separator: ".")
    }
    for spelled in [asked, name].compactMap(\.self) {
      if let meaning = try session.resolve([spelled], nearby)[spelled] {
        entersRepository = entersRepository || meaning.isOfRepository
        return .symbol(meaning.symbol)
      }
    }
    return nil
  }

  /// `a.b.c` as one symbol, where `a` is a module.
  private mutating func resolveDotted(
    _ expression: Expression, at position: Int, locals: Set<String>
  ) throws -> Expression? {
    guard let names = expression.dottedNames, let head = names.first, !locals.contains(head),
      variables[head] == nil, bindings(of: head, before: position).isEmpty, givenValues[head] == nil
    else { return nil }
    let start =
      imports[head].map { [$0.module, $0.member].compactMap(\.self).joined(separator: ".") } ?? head
    var spelled = [start]
    for name in names.dropFirst() { spelled.append((spelled.last ?? start) + "." + name) }
    let meanings = try session.resolve(spelled, nearby)
    guard let last = spelled.lastIndex(where: { meanings[$0] != nil }),
      let meaning = meanings[spelled[last]]
    else { return nil }
    let rest = names[(last + 1)...]
    if meaning.kind == .module, !rest.isEmpty {
      throw Rebuilder.Failure(
        missing: Missing(what: names.joined(separator: "."), why: "an event may not name it"))
    }
    entersRepository = entersRepository || meaning.isOfRepository
    return rest.reduce(.symbol(meaning.symbol)) { .attribute($0, $1) }
  }

  // MARK: statements

  private mutating func resolve(
    statement: Statement, at position: Int, locals: Set<String>
  ) throws -> [Statement] {
    switch statement.kind {
    case .bind(let target, let value):
      let value = try resolve(value, at: position, locals: locals)
      return [Statement(.bind(try resolveTarget(target, at: position, locals: locals), value))]
    case .update(let target, let operation, let value):
      let value = try resolve(value, at: position, locals: locals)
      if case .name(let name) = target { try require(name, at: position, locals: locals) }
      return [
        Statement(
          .update(try resolveTarget(target, at: position, locals: locals), operation, value))
      ]
    case .evaluate(let value):
      return [Statement(.evaluate(try resolve(value, at: position, locals: locals)))]
    case .give(let value):
      return [Statement(.give(try value.map { try resolve($0, at: position, locals: locals) }))]
    case .pass: return [statement]
    case .define(let function):
      _ = try take(function)
      return []
    case .branch(let test, let then, let otherwise):
      return [
        Statement(
          .branch(
            test: try resolve(test, at: position, locals: locals),
            then: try resolve(then, at: position, locals: locals),
            otherwise: try resolve(otherwise, at: position, locals: locals)))
      ]
    case .forEach(let target, let iterable, let body):
      return try resolveLoop(target, iterable, body, at: position, locals: locals)
    default:
      throw Rebuilder.Failure(
        missing: Missing(what: "the caller's source", why: "a statement of it cannot be taken over")
      )
    }
  }

  private mutating func resolve(
    _ statements: [Statement], at position: Int, locals: Set<String>
  ) throws -> [Statement] {
    try statements.flatMap { try resolve(statement: $0, at: position, locals: locals) }
  }

  /// Has a name bound before it is changed, whatever it holds.
  private mutating func require(
    _ name: String, at position: Int, locals: Set<String>
  ) throws {
    guard !locals.contains(name) else { return }
    let value = try resolve(name: name, at: position)
    guard value != .name(name), givenValues[name] == nil else { return }
    given.append(name)
    givenValues[name] = value
  }

  /// Targets are names, or places in something that a name holds.
  private mutating func resolveTarget(
    _ target: Expression, at position: Int, locals: Set<String>
  ) throws -> Expression {
    switch target {
    case .name: return target
    case .tuple(let items):
      return .tuple(try items.map { try resolveTarget($0, at: position, locals: locals) })
    case .item(let base, let index):
      if case .name(let name) = base { try require(name, at: position, locals: locals) }
      return .item(
        try resolveTarget(base, at: position, locals: locals),
        try resolve(index, at: position, locals: locals))
    case .attribute(let base, let name) where !name.hasPrefix("__"):
      if case .name(let owner) = base { try require(owner, at: position, locals: locals) }
      return .attribute(try resolveTarget(base, at: position, locals: locals), name)
    default:
      throw Rebuilder.Failure(
        missing: Missing(what: "the caller's source", why: "it binds something unusual"))
    }
  }

  /// A short loop over captured values is written out; a loop over none is left out.
  private mutating func resolveLoop(
    _ target: Expression, _ iterable: Expression, _ body: [Statement], at position: Int,
    locals: Set<String>
  ) throws -> [Statement] {
    let value = captured(iterable, at: position, locals: locals)
    if case .name(let name) = target, case .list(let items)? = value, items.count <= 4,
      items.allSatisfy(\.isScalar)
    {
      return try items.flatMap { item in
        try resolve(
          body.map { $0.replacing(name, with: .value(item)) }, at: position, locals: locals)
      }
    }
    let inner = locals.union(target.freeNames)
    return [
      Statement(
        .forEach(
          target: target, iterable: try resolve(iterable, at: position, locals: locals),
          body: try resolve(body, at: position, locals: inner)))
    ]
  }
}

extension Expression {
  /// A text of the event whose `format` would read attributes that the event may not name.
  fileprivate var isReachingTemplate: Bool {
    switch self {
    case .value(.string(let text)): text.contains("._") || text.contains("[_")
    case .name: true
    default: false
    }
  }
}
