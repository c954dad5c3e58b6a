import Failures
import Languages

/// Calls a frame's function with test doubles for what cannot be rebuilt; where a local variable holds what a call on such
/// a thing gave, the double, or the repository's function that was called, answers with that.
struct RecordedAnswers {
  let evidence: Evidence
  let session: TargetSession

  func propose() throws -> Proposal {
    try Proposal(of: evidence) { index, function in
      guard !function.isLazy, [.function, .method].contains(function.role) else { return nil }
      return try candidate(index, function).map { [$0] } ?? []
    }
  }

  private func candidate(_ index: Int, _ function: FunctionDescription) throws -> Candidate? {
    let frame = evidence.frames[index].frame
    guard let focus = Focus(line: frame.line, in: function.definition.body) else { return nil }
    let names = Set(function.definition.parameters.map(\.name))
    var rebuilder = Rebuilder(session: session, reserved: names, isStrict: true)
    let unknown = unknownParameters(of: function, frame, &rebuilder)
    let calls = RecordedCall.all(
      in: focus.before + focus.loops, frame: frame, unknown: Set(unknown))
    guard !unknown.isEmpty || calls.contains(where: \.isFunction) else { return nil }
    var answers: [RecordedAnswer] = []
    var doubles: [String: [String: Expression]] = [:]
    for call in calls {
      let answer = try rebuilder.rebuild(call.answer, name: call.local)
      switch call.callee {
      case .chain(let root, let steps): doubles[root, default: [:]][Self.path(steps)] = answer
      case .function(let name):
        answers.append(
          RecordedAnswer(
            symbol: Symbol(module: function.symbol.module, path: [name]), answer: answer))
      }
    }
    let shaped = try program(function, frame, unknown: unknown, doubles: doubles, &rebuilder)
    return Candidate(
      strategy: .recordedAnswers, entry: function.symbol.entry, frameIndex: index,
      program: Program(
        setup: rebuilder.setup + shaped.setup, entry: shaped.entry,
        conditions: Conditions(answers: answers),
        fixtures: rebuilder.fixtures),
      assumptions: rebuilder.assumptions + unknown.map { "\($0) is a test double" })
  }

  /// `execute()`, `fetchone` as a double's notation: `execute.return_value.fetchone`.
  private static func path(_ steps: [String]) -> String {
    steps.map { $0 == "()" ? "return_value" : $0 }.joined(separator: ".")
  }

  private func unknownParameters(
    of function: FunctionDescription, _ frame: Frame, _ rebuilder: inout Rebuilder
  ) -> [String] {
    function.definition.parameters.map(\.name).filter { name in
      guard let value = frame.variable(name) else { return false }
      var trial = rebuilder
      return (try? trial.rebuild(value, name: name)) == nil
    }
  }

  // MARK: the call

  private func program(
    _ function: FunctionDescription, _ frame: Frame, unknown: [String],
    doubles: [String: [String: Expression]], _ rebuilder: inout Rebuilder
  ) throws -> (setup: [Statement], entry: Expression) {
    var setup: [Statement] = []
    var parameters = function.definition.parameters[...]
    var callee = Expression.symbol(function.symbol)
    if function.role == .method, let receiver = parameters.popFirst()?.name {
      let made = try self.receiver(
        receiver, of: function, frame, answers: doubles[receiver] ?? [:], &rebuilder)
      setup += made.setup
      callee = .attribute(.name(made.name), function.definition.name)
    }
    var arguments: [Argument] = []
    for parameter in parameters {
      if unknown.contains(parameter.name) {
        let double = session.double(doubles[parameter.name] ?? [:])
        setup.append(Statement(.bind(.name(parameter.name), double)))
        arguments.append(Argument(label(parameter), .name(parameter.name)))
      } else if let value = frame.variable(parameter.name), parameter.standard != .value(value),
        parameter.kind != .rest, parameter.kind != .namedRest
      {
        arguments.append(
          Argument(label(parameter), try rebuilder.rebuild(value, name: parameter.name)))
      }
    }
    let call = FrameCall.driven(.call(callee, arguments), function)
    let shaped = BigValues.named(call, function: function)
    return (setup + shaped.setup, shaped.entry)
  }

  private func label(_ parameter: Parameter) -> Argument.Label {
    parameter.kind == .named || parameter.standard != nil ? .named(parameter.name) : .positional
  }

  /// The receiver, built through its own initializer: doubles stand for what that insists on, and answer under the
  /// attribute that has the parameter's name.
  private func receiver(
    _ name: String, of function: FunctionDescription, _ frame: Frame,
    answers: [String: Expression], _ rebuilder: inout Rebuilder
  ) throws -> (name: String, setup: [Statement]) {
    guard let value = frame.variable(name) else {
      throw Rebuilder.Failure(
        missing: Missing(what: "\(name) of \(function.symbol.entry)", why: "not sent"))
    }
    let owner = Symbol(module: function.symbol.module, path: function.symbol.path.dropLast())
    let local = (owner.path.last ?? name).snakeCase
    if answers.isEmpty, let known = try? rebuilder.rebuild(value, name: name) {
      return (local, [Statement(.bind(.name(local), known))])
    }
    guard let shown = value.shownType, let type = try rebuilder.find(shown), type.isOfRepository
    else {
      throw Rebuilder.Failure(
        missing: Missing(what: "\(name) of \(function.symbol.entry)", why: "not rebuilt"))
    }
    var setup: [Statement] = []
    let arguments = type.parameters.filter(\.isRequired).map { parameter in
      let value = standing(in: parameter, answers)
      guard value.size > BigValues.limit else { return Argument(label(parameter), value) }
      setup.append(Statement(.bind(.name(parameter.name), value)))
      return Argument(label(parameter), .name(parameter.name))
    }
    let made = Expression.call(.symbol(type.symbol), arguments)
    return (local, setup + [Statement(.bind(.name(local), made))])
  }

  private func standing(in parameter: Parameter, _ answers: [String: Expression]) -> Expression {
    var own: [String: Expression] = [:]
    for (path, answer) in answers {
      let steps = path.split(separator: ".", maxSplits: 1).map(String.init)
      if steps.count == 2, steps[0].trimmingUnderscores == parameter.name { own[steps[1]] = answer }
    }
    if own.isEmpty, let note = parameter.annotation?.spelledName,
      let plain = StandIn.value(for: note)
    {
      return plain
    }
    return session.double(own)
  }
}

extension CapturedValue {
  /// The type of a thing of which little else is known.
  fileprivate var shownType: String? {
    switch self {
    case .opaque(let type, _): type
    case .object(let object), .truncated(.object(let object), _): object.type
    default: nil
    }
  }
}

extension String {
  fileprivate var trimmingUnderscores: String { String(drop { $0 == "_" }) }

  /// `OrderService` as `order_service`.
  var snakeCase: String {
    var words = ""
    for character in self {
      if character.isUppercase, let last = words.last, last != "_" { words += "_" }
      words += character.lowercased()
    }
    return words
  }
}
