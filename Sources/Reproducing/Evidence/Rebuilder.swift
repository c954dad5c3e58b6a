import Failures
import Languages

/// Turns captured values into expressions that build them again, or says what is missing.
///
/// An object is built through its type's own construction: what its notation shows, its default construction, or for a
/// map-like or list-like type the captured content.
struct Rebuilder {
  let session: TargetSession
  private(set) var assumptions: [String] = []
  /// The fixture that stands for places on production's machine, where one is used.
  private(set) var folderFixture: String?
  /// Whether a value of one of the repository's types was built.
  private(set) var buildsOwnType = false
  private var types: [String: TypeDescription?] = [:]
  /// What has to run before the rebuilt values can be named: objects that are made and then filled.
  private(set) var setup: [Statement] = []
  /// The variables that hold objects, by their identity in production.
  private var locals: [Int: String] = [:]
  /// Whether objects are made without their own initializers, whatever those would take.
  let skipsInitializers: Bool
  /// Whether an object of which a part is lost is taken for lost itself.
  let isStrict: Bool
  /// Names that the program has for other things.
  private let reserved: Set<String>
  /// What stands for connections, by the driver's module.
  private let connections: [String: Expression]

  /// Objects that one reproduction fills at most: beyond that nobody reads the test.
  static let objectLimit = 40

  init(
    session: TargetSession, reserved: Set<String> = [], connections: [String: Expression] = [:],
    skipsInitializers: Bool = false, isStrict: Bool = false
  ) {
    self.session = session
    self.reserved = reserved
    self.connections = connections
    self.skipsInitializers = skipsInitializers
    self.isStrict = isStrict
  }

  /// Whether another try, without initializers, could make other objects.
  var hasRestored: Bool { !locals.isEmpty }

  /// The fixtures that what was built needs.
  var fixtures: [String] { folderFixture.map { [$0] } ?? [] }

  struct Failure: Error { var missing: Missing }

  /// The expression for a value that was captured under `name`.
  mutating func rebuild(_ value: CapturedValue, name: String) throws -> Expression {
    if value.isPlain { return .value(value) }
    if let connection = connection(value) { return connection }
    switch value {
    case .truncated(let known, certain: false):
      note("\(name) holds ten items: taken as whole")
      return try rebuild(known, name: name)
    case .path(let path):
      guard let surroundings = try session.surroundings() else {
        throw Failure(missing: Missing(what: name, why: "a place on production's machine"))
      }
      note("\(name) is a file of the test's own folder")
      folderFixture = surroundings.folder
      return surroundings.file(path.split(separator: "/").last.map(String.init) ?? "file")
    case .list(let items): return .list(try rebuild(items, name: name))
    case .tuple(let items): return .tuple(try rebuild(items, name: name))
    case .set(let items, _): return .set(try rebuild(items, name: name))
    case .map(let entries):
      return .map(
        try entries.map {
          ExpressionPair(
            key: try rebuild($0.key, name: name), value: try rebuild($0.value, name: name))
        })
    case .object(let object) where object.form == .state: return try restore(object, name: name)
    case .object(let object): return try construct(object, name: name)
    case .truncated(.object(let object), certain: true) where object.form == .state:
      return try restore(object, name: name)
    case .reference(let identity):
      guard let local = locals[identity] else { throw missing(name, value) }
      return .name(local)
    case .named(let full):
      guard let meaning = try session.resolve([full], [])[full] else { throw missing(name, value) }
      return .symbol(meaning.symbol)
    case .enumeration(let type, let member, _):
      guard let description = try find(type) else { throw missing(name, value) }
      return .attribute(.symbol(description.symbol), member)
    case .opaque:
      if let request = session.shownRequest(value), let object = try session.requestObject(request)
      {
        return object
      }
      guard case .opaque(let type?, let description) = value else { throw missing(name, value) }
      return try rebuildOpaque(type: type, description: description, name: name, value: value)
    case .redacted:
      note("\(name) was redacted: a harmless text stands for it")
      return .value(.string("redacted"))
    default: throw missing(name, value)
    }
  }

  private mutating func rebuild(_ values: [CapturedValue], name: String) throws -> [Expression] {
    try values.enumerated().map { try rebuild($0.element, name: "\(name)[\($0.offset)]") }
  }

  /// What stands for a value of a driver's own type.
  private func connection(_ value: CapturedValue) -> Expression? {
    let type: String? =
      switch value {
      case .object(let object), .truncated(.object(let object), _): object.type
      case .opaque(let type, _): type
      default: nil
      }
    guard let module = type?.split(separator: ".").first else { return nil }
    return connections[String(module)]
  }

  // MARK: objects

  private mutating func construct(_ object: ObjectValue, name: String) throws -> Expression {
    guard let type = try find(object.type) else {
      throw Failure(missing: Missing(what: name, why: "its type `\(object.type)` is not found"))
    }
    var arguments = try object.positional.enumerated().map {
      Argument(.positional, try rebuild($0.element, name: "\(name)(\($0.offset))"))
    }
    let known = Set(type.parameters.map(\.name))
    // A row of a database is made with any of its columns; what was not loaded is left out.
    if type.parameters.contains(where: { $0.kind == .namedRest }) {
      for field in object.named where !field.name.hasPrefix("_") && !known.contains(field.name) {
        guard let value = attempted(field.value, name: "\(name).\(field.name)") else {
          note("\(name).\(field.name) is left out")
          continue
        }
        arguments.append(Argument(.named(field.name), value))
      }
    }
    for field in object.named where type.parameters.isEmpty || known.contains(field.name) {
      arguments.append(
        Argument(.named(field.name), try rebuild(field.value, name: "\(name).\(field.name)")))
    }
    let given = Set(object.named.map(\.name))
    for parameter in type.parameters.dropFirst(object.positional.count)
    where parameter.isRequired && !given.contains(parameter.name) {
      arguments.append(
        Argument(.named(parameter.name), try stand(in: parameter, of: type, name: name)))
    }
    return .call(.symbol(type.symbol), arguments)
  }

  /// An object in the state that it was in: through its initializer where the state says what that was given, else made
  /// without it; then the rest of its fields. A field that cannot be rebuilt is left out: where the failure needs it, it does
  /// not come back.
  private mutating func restore(_ object: ObjectValue, name: String) throws -> Expression {
    if let identity = object.identity, let local = locals[identity] { return .name(local) }
    guard let type = try find(object.type) else {
      throw Failure(missing: Missing(what: name, why: "its type `\(object.type)` is not found"))
    }
    guard locals.count < Self.objectLimit else {
      throw Failure(missing: Missing(what: name, why: "more than \(Self.objectLimit) objects"))
    }
    let local = fresh(type.symbol.path.last ?? "value")
    let identity = object.identity ?? -1 - locals.count
    var fields = object.named
    var made = session.blank(type.symbol)
    if let content = object.content {
      made = .call(
        .symbol(type.symbol), [Argument(.positional, try rebuild(content, name: name))])
    } else if !skipsInitializers, let given = try initialised(type, &fields, name: name) {
      made = given
    }
    locals[identity] = local
    setup.append(Statement(.bind(.name(local), made)))
    for field in fields where !field.name.hasPrefix("__") {
      let place = "\(name).\(field.name)"
      guard let value = attempted(field.value, name: place) else {
        if isStrict { throw missing(place, field.value) }
        note("\(place) is left out")
        continue
      }
      setup.append(Statement(.bind(.attribute(.name(local), field.name), value)))
    }
    return .name(local)
  }

  /// The call of the initializer whose parameters the fields bear the names of; takes those fields away, and those that hold
  /// nothing. `nil` where a parameter that is required has no field.
  private mutating func initialised(
    _ type: TypeDescription, _ fields: inout [NamedValue], name: String
  ) throws -> Expression? {
    guard !type.parameters.contains(where: { $0.kind == .rest || $0.kind == .namedRest }) else {
      return nil
    }
    var arguments: [Argument] = []
    var left = fields
    for parameter in type.parameters {
      let place =
        left.firstIndex { $0.name == parameter.name }
        ?? left.firstIndex { $0.name.drop { $0 == "_" } == parameter.name }
      guard let place,
        let value = attempted(left[place].value, name: "\(name).\(parameter.name)")
      else {
        if parameter.isRequired { return nil }
        continue
      }
      left.remove(at: place)
      arguments.append(Argument(.named(parameter.name), value))
    }
    fields = left.filter { !$0.value.isNothing }
    return .call(.symbol(type.symbol), arguments)
  }

  /// A value, or nothing at all of it.
  private mutating func attempted(_ value: CapturedValue, name: String) -> Expression? {
    let before = self
    if let built = try? rebuild(value, name: name) { return built }
    self = before
    return nil
  }

  /// A variable's name that nothing else has: `Order` as `order`, `order_2`.
  private func fresh(_ type: String) -> String {
    let base = type.snakeCase.trimmingPrefix("_")
    let taken = reserved.union(locals.values)
    guard taken.contains(String(base)) else { return String(base) }
    return (2...).lazy.map { "\(base)_\($0)" }.first { !taken.contains($0) } ?? String(base)
  }

  private mutating func rebuildOpaque(
    type: String, description: String, name: String, value: CapturedValue
  ) throws -> Expression {
    if type == "type" || type == "function", let named = try named(in: description) {
      return .symbol(named)
    }
    guard let found = try find(type), found.isOfRepository || found.isHarmless else {
      throw missing(name, value)
    }
    return try standardConstruction(of: found, name: name)
  }

  /// `<class 'shop.Line'>` and `<function total at …>` name what they are.
  private func named(in description: String) throws -> Symbol? {
    let words = description.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
    for word in words where word.contains(".") || word == words.last || words.count == 2 {
      if let meaning = try session.resolve([String(word)], [])[String(word)],
        meaning.kind == .type || meaning.kind == .callable
      {
        return meaning.symbol
      }
    }
    return nil
  }

  /// The type without arguments, with harmless stand-ins for what it insists on.
  mutating func standardConstruction(of type: TypeDescription, name: String) throws -> Expression {
    let arguments = try type.parameters.filter(\.isRequired).map { parameter in
      let value = try stand(in: parameter, of: type, name: name)
      return parameter.kind == .named
        ? Argument(.named(parameter.name), value) : Argument(.positional, value)
    }
    note("\(name) is a new \(type.symbol.path.last ?? type.symbol.module)")
    return .call(.symbol(type.symbol), arguments)
  }

  /// A harmless value of the type that a required parameter asks for.
  private mutating func stand(
    in parameter: Parameter, of type: TypeDescription, name: String
  ) throws -> Expression {
    guard let note = parameter.annotation?.spelledName,
      let value = StandIn.value(for: note)
    else {
      throw Failure(
        missing: Missing(
          what: "\(name).\(parameter.name)",
          why: "\(type.symbol.path.last ?? "its type") cannot be built without it"))
    }
    self.note("\(name).\(parameter.name) is a stand-in")
    return value
  }

  mutating func find(_ name: String) throws -> TypeDescription? {
    if let known = types[name] { return known }
    let found = try session.findType(name)
    buildsOwnType = buildsOwnType || (found?.isOfRepository ?? false)
    types[name] = .some(found)
    return found
  }

  private mutating func note(_ assumption: String) {
    if !assumptions.contains(assumption) { assumptions.append(assumption) }
  }

  private func missing(_ name: String, _ value: CapturedValue) -> Failure {
    let (path, loss) = value.firstLoss(path: name) ?? (name, value)
    return Failure(missing: Missing(what: path, why: Missing.reason(of: loss)))
  }
}

extension CapturedValue {
  /// Nothing, no, zero, or a collection without items: what initializers set fields to.
  fileprivate var isNothing: Bool {
    switch self {
    case .null, .bool(false), .integer("0"): true
    case .string(let text): text.isEmpty
    case .list(let items), .tuple(let items), .set(let items, _): items.isEmpty
    case .map(let entries): entries.isEmpty
    default: false
    }
  }

  /// Whether a literal says all of it: exact, and without objects of types that have to be found.
  var isPlain: Bool {
    switch self {
    case .object, .enumeration, .reference, .named: false
    // An absolute path is a place on production's machine.
    case .path(let path): !path.hasPrefix("/")
    default: !isLoss && children.allSatisfy(\.isPlain)
    }
  }
}

extension Expression {
  /// The last name of a dotted name.
  var spelledName: String? {
    switch self {
    case .name(let name): name
    case .attribute(_, let name): name
    case .symbol(let symbol): symbol.path.last ?? symbol.module
    case .value(.string(let text)): text
    case .item(let base, _): base.spelledName
    default: nil
    }
  }
}
