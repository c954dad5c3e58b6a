import Failures
import Languages

/// Calls a frame's function with test doubles for what cannot be rebuilt; where a local variable holds what a call on such
/// a thing gave, the double, or the repository's function that was called, answers with that.
struct RecordedAnswers {
  let evidence: Evidence
  let session: TargetSession

  func propose() throws -> Proposal {
    var proposal = Proposal()
    var tried = Set<Symbol>()
    for index in evidence.repositoryFrames {
      guard let function = evidence.frames[index].function, function.role == .function,
        !function.isLazy, tried.insert(function.symbol).inserted
      else { continue }
      do {
        if let candidate = try candidate(index, function) { proposal.candidates.append(candidate) }
      } catch let failure as Rebuilder.Failure {
        proposal.missing.append(failure.missing)
      }
    }
    return proposal
  }

  private func candidate(_ index: Int, _ function: FunctionDescription) throws -> Candidate? {
    let frame = evidence.frames[index].frame
    guard let focus = Focus(line: frame.line, in: function.definition.body) else { return nil }
    var rebuilder = Rebuilder(session: session)
    let unknown = function.definition.parameters.map(\.name).filter { name in
      frame.variable(name).map { (try? rebuilder.rebuild($0, name: name)) == nil } ?? false
    }
    guard !unknown.isEmpty else { return nil }
    let calls = focus.before.compactMap { RecordedCall($0, frame: frame, unknown: Set(unknown)) }
    var answers: [RecordedAnswer] = []
    var onDoubles: [String: [String: Expression]] = [:]
    for call in calls {
      let answer = try rebuilder.rebuild(call.answer, name: call.local)
      switch call.callee {
      case .method(let receiver, let name): onDoubles[receiver, default: [:]][name] = answer
      case .function(let name):
        answers.append(
          RecordedAnswer(
            symbol: Symbol(module: function.symbol.module, path: [name]), answer: answer))
      }
    }
    var setup: [Statement] = []
    var arguments: [Argument] = []
    for parameter in function.definition.parameters {
      if unknown.contains(parameter.name) {
        let double = session.double(onDoubles[parameter.name] ?? [:])
        setup.append(Statement(.bind(.name(parameter.name), double)))
        arguments.append(Argument(.positional, .name(parameter.name)))
      } else if let value = frame.variable(parameter.name), parameter.kind != .rest,
        parameter.kind != .namedRest
      {
        let label: Argument.Label = parameter.kind == .named ? .named(parameter.name) : .positional
        arguments.append(
          Argument(label, try rebuilder.rebuild(value, name: parameter.name)))
      }
    }
    let call = FrameCall.driven(.call(.symbol(function.symbol), arguments), function)
    let shaped = BigValues.named(call, function: function)
    return Candidate(
      strategy: .recordedAnswers, entry: function.symbol.entry, frameIndex: index,
      program: Program(
        setup: setup + shaped.setup, entry: shaped.entry, conditions: Conditions(answers: answers)),
      assumptions: rebuilder.assumptions + unknown.map { "\($0) is a test double" })
  }
}

/// A local variable that was bound to what a call gave, where that call needed something that cannot be rebuilt.
private struct RecordedCall {
  enum Callee {
    case function(String)
    case method(receiver: String, name: String)
  }

  var callee: Callee
  var local: String
  var answer: CapturedValue

  init?(_ statement: Statement, frame: Frame, unknown: Set<String>) {
    guard case .bind(.name(let local), .call(let callee, let arguments)) = statement.kind,
      let answer = frame.variable(local), answer.isExact
    else { return nil }
    self.local = local
    self.answer = answer
    switch callee {
    case .attribute(.name(let receiver), let name) where unknown.contains(receiver):
      self.callee = .method(receiver: receiver, name: name)
    case .name(let name)
    where arguments.contains(where: { !$0.value.freeNames.isDisjoint(with: unknown) }):
      self.callee = .function(name)
    default: return nil
    }
  }
}
