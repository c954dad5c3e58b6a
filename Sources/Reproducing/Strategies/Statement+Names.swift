import Failures
import Languages

extension Statement {
  /// The names that this statement itself binds, those of nested statements included.
  var boundNames: Set<String> {
    switch kind {
    case .bind(let target, _): target.targetNames
    case .forEach(let target, _, let body):
      body.reduce(into: target.targetNames) { $0.formUnion($1.boundNames) }
    case .branch, .loop, .with, .attempt:
      nested.reduce(into: Set()) { $0.formUnion($1.boundNames) }
    case .define(let function): [function.name]
    case .importing(let imports): Set(imports.map(\.name))
    default: []
    }
  }

  /// Whether the statement gives the name a new value, at the level where it stands.
  func rebinds(_ name: String) -> Bool {
    switch kind {
    case .bind(let target, _): target.targetNames.contains(name)
    case .branch, .with, .attempt, .forEach: boundNames.contains(name)
    default: false
    }
  }

  /// Whether the statement binds the name, or changes what it holds: a place in it is bound, or one of its methods is
  /// called for its effect.
  func touches(_ name: String) -> Bool {
    switch kind {
    case .bind(let target, _), .update(let target, _, _):
      return target.targetNames.contains(name) || target.root == name
    case .evaluate(let expression):
      return expression.root == name
    case .forEach, .branch, .loop, .with, .attempt:
      return boundNames.contains(name) || nested.contains { $0.touches(name) }
    default: return false
    }
  }

  var definedName: String? {
    if case .define(let function) = kind { function.name } else { nil }
  }

  /// Every name that the statement reads, nested statements included.
  var mentionedNames: Set<String> {
    flattened.flatMap(\.expressions).reduce(into: Set()) { $0.formUnion($1.freeNames) }
  }

  /// The statement with a value in the place of a name.
  func replacing(_ name: String, with value: Expression) -> Statement {
    func put(_ expression: Expression) -> Expression { expression.replacing(name, with: value) }
    switch kind {
    case .bind(let target, let source):
      return Statement(.bind(put(target), put(source)), lines: lines)
    case .update(let target, let operation, let source):
      return Statement(.update(put(target), operation, put(source)), lines: lines)
    case .evaluate(let expression): return Statement(.evaluate(put(expression)), lines: lines)
    case .branch(let test, let then, let otherwise):
      return Statement(
        .branch(
          test: put(test), then: then.map { $0.replacing(name, with: value) },
          otherwise: otherwise.map { $0.replacing(name, with: value) }), lines: lines)
    case .forEach(let target, let iterable, let body):
      return Statement(
        .forEach(
          target: target, iterable: put(iterable),
          body: body.map { $0.replacing(name, with: value) }), lines: lines)
    default: return self
    }
  }
}

extension Expression {
  func replacing(_ name: String, with value: Expression) -> Expression {
    self == .name(name) ? value : mapChildren { $0.replacing(name, with: value) }
  }

  /// The names that an assignment to this expression binds.
  var targetNames: Set<String> {
    switch self {
    case .name(let name): [name]
    case .tuple(let items), .list(let items):
      items.reduce(into: Set()) { $0.formUnion($1.targetNames) }
    default: []
    }
  }

  /// The name at the start of a chain of attributes, items and calls.
  var root: String? {
    switch self {
    case .name(let name): name
    case .attribute(let base, _), .item(let base, _): base.root
    case .call(let callee, _): callee.root
    case .awaited(let inner): inner.root
    default: nil
    }
  }

  /// Every `a.b.c` that is read inside and is not called.
  var outermostChains: [[String]] {
    if let names = dottedNames { return [names] }
    if case .call(let callee, let arguments) = self {
      let receiver: [[String]] =
        if case .attribute(let base, _) = callee { base.outermostChains } else { [] }
      return receiver + arguments.flatMap(\.value.outermostChains)
    }
    return children.flatMap(\.outermostChains)
  }

  /// The parts of `a.b.c`.
  var dottedNames: [String]? {
    switch self {
    case .name(let name): [name]
    case .attribute(let base, let name): base.dottedNames.map { $0 + [name] }
    default: nil
    }
  }
}

extension Expression {
  /// A call in which maps and lists that are spread over its arguments stand as arguments of their own.
  var unspread: Expression {
    guard case .call(let callee, let arguments) = self else { return self }
    return .call(callee, arguments.flatMap(\.unspread))
  }
}

extension Argument {
  fileprivate var unspread: [Argument] {
    switch (label, value) {
    case (.namedSpread, .value(.map(let entries))):
      let named = entries.compactMap { entry -> Argument? in
        guard case .string(let name) = entry.key, name.isIdentifier else { return nil }
        return Argument(.named(name), .value(entry.value))
      }
      return named.count == entries.count ? named : [self]
    case (.spread, .value(.list(let items))), (.spread, .value(.tuple(let items))):
      return items.map { Argument(.positional, .value($0)) }
    default: return [self]
    }
  }
}

extension String {
  /// Whether the text is a plain name.
  fileprivate var isIdentifier: Bool {
    guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
  }
}

extension CapturedValue {
  /// One value without parts, whose type a sender's notation keeps.
  var isScalar: Bool {
    switch self {
    case .list, .tuple, .set, .map, .object, .truncated, .opaque, .redacted, .absent, .unread: false
    default: true
    }
  }

  /// What a map holds under a key, or a list at a position.
  func item(_ key: CapturedValue) -> CapturedValue? {
    switch (self, key) {
    case (.map(let entries), _): entries.last { $0.key == key }?.value
    case (.list(let items), .integer(let digits)), (.tuple(let items), .integer(let digits)):
      Int(digits).flatMap { items.indices.contains($0) ? items[$0] : nil }
    case (.truncated(let known, certain: false), _): known.item(key)
    default: nil
    }
  }
}
