import Failures
import Languages

/// Calls a frame's function with its captured arguments, from the outermost frame of the repository inwards.
struct FrameCall {
  let evidence: Evidence
  let session: TargetSession
  /// What stands for connections to databases, by the driver's module.
  var connections: [String: Expression] = [:]

  /// - Parameter only: the one frame that is called; all of them by default.
  func propose(only: Int? = nil) throws -> Proposal {
    try Proposal(of: evidence) { index, function in
      if let only, only != index { return nil }
      return evidence.frames[index].frame.function.hasPrefix("<")
        ? nil : try candidates(index, function)
    }
  }

  private func candidates(_ index: Int, _ function: FunctionDescription) throws -> [Candidate] {
    let names = Set(function.definition.parameters.map(\.name))
    var rebuilder = Rebuilder(session: session, reserved: names, connections: connections)
    let first = try candidate(index, function, &rebuilder)
    guard rebuilder.hasRestored else { return [first] }
    // Initializers may do more than keep what they are given.
    var blank = Rebuilder(
      session: session, reserved: names, connections: connections, skipsInitializers: true)
    let second = try? candidate(index, function, &blank)
    return [first] + (second.map { [$0] } ?? [])
  }

  private func candidate(
    _ index: Int, _ function: FunctionDescription, _ rebuilder: inout Rebuilder
  ) throws -> Candidate {
    guard function.role != .nested, function.role != .module else {
      throw Rebuilder.Failure(
        missing: Missing(
          what: function.symbol.entry, why: "a nested function's closure is not sent"))
    }
    let frame = evidence.frames[index].frame
    let callee = try callee(of: function, frame, &rebuilder)
    let call: Expression
    if function.role == .property {
      call = callee
    } else {
      call = .call(callee, try arguments(of: function, frame, &rebuilder))
    }
    let entry = Self.driven(call, function)
    let shaped = BigValues.named(entry, function: function)
    return Candidate(
      strategy: .frameCall, entry: function.symbol.entry, frameIndex: index,
      program: Program(
        setup: rebuilder.setup + shaped.setup, entry: shaped.entry, fixtures: rebuilder.fixtures),
      assumptions: rebuilder.assumptions, assumesReceiver: assumesReceiver(function, frame))
  }

  /// A call that is run to its end: coroutines are awaited, lazy sequences are read.
  static func driven(_ call: Expression, _ function: FunctionDescription) -> Expression {
    if function.isLazy { return function.definition.isAsynchronous ? call : .drained(call) }
    return function.definition.isAsynchronous ? .completed(call) : call
  }

  // MARK: receiver

  /// A receiver of which the event shows only the type, or content without the type.
  private func assumesReceiver(_ function: FunctionDescription, _ frame: Frame) -> Bool {
    guard [.method, .property].contains(function.role),
      let name = function.definition.parameters.first?.name
    else { return false }
    switch frame.argument(name) {
    case .object?, .enumeration?, .truncated(.object, _)?, .named?: return false
    default: return true
    }
  }

  private func callee(
    of function: FunctionDescription, _ frame: Frame, _ rebuilder: inout Rebuilder
  ) throws -> Expression {
    let owner = Symbol(module: function.symbol.module, path: function.symbol.path.dropLast())
    let name = function.symbol.path.last ?? ""
    switch function.role {
    case .function, .staticMethod: return .symbol(function.symbol)
    case .typeMethod: return .symbol(Symbol(module: owner.module, path: owner.path + [name]))
    case .initializer: return .symbol(try concreteOwner(owner, function, frame, rebuilder))
    default:
      let receiver = try self.receiver(of: function, owner: owner, frame, &rebuilder)
      return .attribute(receiver, name)
    }
  }

  /// The type of the object under construction, which may inherit the initializer.
  private func concreteOwner(
    _ owner: Symbol, _ function: FunctionDescription, _ frame: Frame, _ rebuilder: Rebuilder
  ) throws -> Symbol {
    var rebuilder = rebuilder
    guard let name = function.definition.parameters.first?.name,
      case .opaque(let type?, _)? = frame.variable(name), let found = try rebuilder.find(type),
      found.isOfRepository
    else { return owner }
    return found.symbol
  }

  private func receiver(
    of function: FunctionDescription, owner: Symbol, _ frame: Frame, _ rebuilder: inout Rebuilder
  ) throws -> Expression {
    let name = function.definition.parameters.first?.name ?? "self"
    let what = "\(name) of \(function.symbol.entry)"
    switch frame.argument(name) {
    case .list(let items)? where !frame.isWhole:
      return .call(
        .symbol(owner), [Argument(.positional, try rebuilder.rebuild(.list(items), name: name))])
    case .map(let entries)? where !frame.isWhole:
      return .call(
        .symbol(owner), [Argument(.positional, try rebuilder.rebuild(.map(entries), name: name))])
    case .truncated(let known, certain: false)?:
      return .call(
        .symbol(owner), [Argument(.positional, try rebuilder.rebuild(known, name: name))])
    case let value?: return try rebuilder.rebuild(value, name: what)
    case nil: throw Rebuilder.Failure(missing: Missing(what: what, why: "not sent"))
    }
  }

  // MARK: arguments

  /// What a parameter was given. A log's stack holds no values: there a member of the record that has the parameter's name is
  /// taken for it, and the certificate says whether that was right.
  private func given(_ name: String, _ frame: Frame) -> CapturedValue? {
    if let value = frame.argument(name) { return value }
    guard frame.variables.isEmpty else { return nil }
    return evidence.event.facts.first { $0.name == name }?.value
  }

  private func arguments(
    of function: FunctionDescription, _ frame: Frame, _ rebuilder: inout Rebuilder
  ) throws -> [Argument] {
    var parameters = function.definition.parameters[...]
    if [.method, .typeMethod, .initializer, .property].contains(function.role) {
      parameters = parameters.dropFirst()
    }
    var arguments: [Argument] = []
    var byName = false
    // What is left for the rest parameter stands behind every position, so that none may be left out.
    let fillsRest = parameters.contains { parameter in
      parameter.kind == .rest && !(given(parameter.name, frame)?.sequence.isEmpty ?? true)
    }
    for (position, parameter) in zip(parameters.indices, parameters) {
      let isPlaced =
        parameter.kind == .positionalOnly
        && parameters[(position + 1)...].contains { later in
          later.kind == .positionalOnly
            && given(later.name, frame).map { later.standard != .value($0) } ?? false
        } || fillsRest && [.positional, .positionalOnly].contains(parameter.kind)
      guard let value = given(parameter.name, frame) else {
        guard parameter.isRequired || isPlaced else {
          byName = true
          continue
        }
        throw Rebuilder.Failure(
          missing: Missing(what: "\(parameter.name) of \(function.symbol.entry)", why: "not sent"))
      }
      if parameter.standard == .value(value), !isPlaced {
        byName = true
        continue
      }
      let label =
        byName || parameter.kind == .named ? Argument.Label.named(parameter.name) : .positional
      switch parameter.kind {
      case .rest:
        arguments += try value.sequence.map {
          Argument(.positional, try rebuilder.rebuild($0, name: parameter.name))
        }
      case .namedRest:
        arguments += try value.namedEntries.map {
          Argument(.named($0.name), try rebuilder.rebuild($0.value, name: $0.name))
        }
      default:
        arguments.append(
          Argument(
            label,
            frame.isWhole
              ? try rebuilder.rebuild(value, name: "\(parameter.name) of \(function.symbol.entry)")
              : try argument(value, parameter, function, &rebuilder)))
      }
    }
    return arguments
  }

  /// A sender writes tuples and sets as lists: an annotation that says which is believed.
  private func argument(
    _ value: CapturedValue, _ parameter: Parameter, _ function: FunctionDescription,
    _ rebuilder: inout Rebuilder
  ) throws -> Expression {
    let name = parameter.name
    guard case .list(let items) = value, let annotation = parameter.annotation?.spelledName else {
      return try rebuilder.rebuild(value, name: "\(name) of \(function.symbol.entry)")
    }
    switch annotation.lowercased() {
    case "tuple": return try rebuilder.rebuild(.tuple(items), name: name)
    case "set": return try rebuilder.rebuild(.set(items, frozen: false), name: name)
    case "frozenset": return try rebuilder.rebuild(.set(items, frozen: true), name: name)
    default: return try rebuilder.rebuild(value, name: "\(name) of \(function.symbol.entry)")
    }
  }
}

extension CapturedValue {
  /// The items of what was passed as the remaining positional arguments.
  fileprivate var sequence: [CapturedValue] {
    switch self {
    case .list(let items), .tuple(let items): items
    case .truncated(let known, certain: false): known.sequence
    default: []
    }
  }

  /// The items of what was passed as the remaining named arguments.
  fileprivate var namedEntries: [NamedValue] {
    switch self {
    case .map(let entries):
      entries.compactMap {
        if case .string(let name) = $0.key { NamedValue(name, $0.value) } else { nil }
      }
    case .truncated(let known, certain: false): known.namedEntries
    default: []
    }
  }
}
