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

  init(session: TargetSession) { self.session = session }

  /// The fixtures that what was built needs.
  var fixtures: [String] { folderFixture.map { [$0] } ?? [] }

  struct Failure: Error { var missing: Missing }

  /// The expression for a value that was captured under `name`.
  mutating func rebuild(_ value: CapturedValue, name: String) throws -> Expression {
    if value.isPlain { return .value(value) }
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
    case .object(let object): return try construct(object, name: name)
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

  // MARK: objects

  private mutating func construct(_ object: ObjectValue, name: String) throws -> Expression {
    guard let type = try find(object.type) else {
      throw Failure(missing: Missing(what: name, why: "its type `\(object.type)` is not found"))
    }
    var arguments = try object.positional.enumerated().map {
      Argument(.positional, try rebuild($0.element, name: "\(name)(\($0.offset))"))
    }
    let known = Set(type.parameters.map(\.name))
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
  /// Whether a literal says all of it: exact, and without objects of types that have to be found.
  var isPlain: Bool {
    switch self {
    case .object, .enumeration, .reference: false
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
