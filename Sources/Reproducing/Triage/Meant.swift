import Failures
import Languages

/// Decisions of the code: exceptions that it raises on purpose, for a caller or against a state.
enum Meant {
  static let rules = [excessive, rejected, reported, unfinished, refusal]

  /// Input that no sound caller sends: a decoder outside the repository gave up on its size or depth.
  static let excessive = TriageRule("an absurd input") { scene in
    guard scene.nature == .excessiveInput, !scene.isLibraryCall else { return nil }
    return Stop(
      .callerError,
      "The decoder that is called \(scene.whereabouts) gave up on an input of absurd size or depth; "
        + "no code of the repository recursed.",
      remedy:
        "limit size and depth of what callers may send in front of the service; a higher limit invites worse"
    )
  }

  /// A refusal in the framework's own words.
  static let rejected = TriageRule("an input that the framework refuses") { scene in
    guard scene.nature == .rejectedInput else { return nil }
    return Stop(
      .callerError,
      "The request was refused as the framework refuses bad requests (`\(scene.typeName)`, \(scene.whereabouts)).",
      remedy:
        "the caller has to send what the service documents; stop reporting `\(scene.typeName)`")
  }

  /// Raised on purpose, caught by the repository, and only reported.
  static let reported = TriageRule("a refusal that the repository handles") { scene in
    guard scene.exception.isHandled == true, let (index, standing, _) = try scene.raised() else {
      return nil
    }
    for outer in scene.evidence.repositoryFrames where outer < index {
      let handlers = try scene.standing(outer)?.handlers ?? []
      guard handlers.contains(where: { $0.types.contains { $0.spelledName == scene.typeName } })
      else {
        continue
      }
      return Stop(
        .deliberate,
        "`\(scene.place(index))` raises `\(scene.typeName)` on purpose\(condition(standing)), and the code that calls it "
          + "at `\(scene.place(outer))` handles it.",
        remedy: "nothing to mend; report it at a lower level")
    }
    return nil
  }

  /// `NotImplementedError` and its like: a decision, unless a subtype forgot what its base leaves open.
  static let unfinished = TriageRule("a feature that does not exist") { scene in
    guard scene.nature == .notImplemented, !scene.isLibraryCall,
      let (index, standing, exception) = try scene.raised()
    else { return nil }
    guard exception.hasMessage || !standing.conditions.isEmpty else { return nil }
    if scene.function(index)?.role == .method, standing.conditions.isEmpty,
      exception.all.compactMap(\.text).contains(where: {
        $0.mentions(["subclass", "override", "must implement", "abstract"])
      })
    {
      return nil
    }
    if let gate = try gate(scene, above: index) {
      return Stop(
        .operatorAction,
        "`\(scene.place(index))` says that the feature is not finished, and the switch that `\(gate)` asks is on.",
        remedy: "switch the feature off until what it needs is there")
    }
    return Stop(
      .deliberate,
      "`\(scene.place(index))` raises `\(scene.typeName)` on purpose\(condition(standing)).",
      remedy: "do not ask for it; an answer here would have to be decided by people, not repaired")
  }

  /// A guard with a message, in a service, whose callers are not prepared for it in some other place.
  static let refusal = TriageRule("a guard that was raised on purpose") { scene in
    guard !scene.isLibraryCall, let (index, standing, exception) = try scene.raised(),
      scene.nature != .notImplemented, !isProtocol(scene, index),
      !(standing.recovery?.handler.isBroad ?? false)
    else { return nil }
    let isOwn = scene.isOwnType
    let isGeneral =
      [.refusal, .network, .permission].contains(scene.nature) && scene.exception.module == nil
    guard isOwn || (isGeneral && exception.hasMessage) else { return nil }
    guard try Preparedness(scene: scene).sibling(isOwn: isOwn) == nil,
      try Contradiction(scene: scene).place(index, standing, exception) == nil
    else { return nil }
    let (reason, remedy) = try classify(scene, index, standing, exception)
    let said = "`\(scene.place(index))` raises `\(scene.typeName)` on purpose"
    let unanswered = "no code of the repository treats it as anything but an error."
    guard standing.conditions.isEmpty, let switched = try Switch(scene: scene).above(index) else {
      return Stop(reason, "\(said)\(condition(standing)); \(unanswered)", remedy: remedy)
    }
    return Stop(
      reason,
      "\(said), reached because the switch `\(switched.name)` that `\(switched.place)` asks is on; "
        + unanswered,
      remedy: reason == .deliberate
        ? "switch `\(switched.name)` off until what it needs is there" : remedy)
  }

  // MARK: what the source says

  private static func classify(
    _ scene: Scene, _ index: Int, _ standing: Standing, _ exception: Expression
  ) throws -> (Stop.Reason, String) {
    var sources = Set<Provenance>()
    for expression in standing.conditions.map(\.test) + [exception] {
      sources.formUnion(try scene.provenance(of: expression, at: index))
    }
    if standing.conditions.contains(where: \.test.isServerFailure) {
      return (
        .dependencyDown, "bring the service that answered so back; the work can be sent again"
      )
    }
    let given = Set(scene.function(index)?.callParameters.map(\.name) ?? [])
    let tested = standing.conditions.last?.test.freeNames ?? []
    if sources.contains(.setting), sources.isDisjoint(with: [.request, .commandLine]),
      given.isDisjoint(with: tested)
    {
      return (.configuration, "correct the setting that the guard tests")
    }
    if sources.contains(.commandLine) {
      return (.operatorAction, "call the command again with the arguments that it documents")
    }
    if scene.typeName.mentions([
      "unavailable", "unreachable", "timeout", "timedout", "outage", "connection",
    ]) {
      return (
        .dependencyDown, "bring the service that it speaks of back; the work can be sent again"
      )
    }
    if sources.contains(.request) || (scene.event.request != nil && !given.isDisjoint(with: tested))
    {
      return (.callerError, "the caller has to send what the service documents")
    }
    return (
      .deliberate,
      "look at the state or the input that the guard protects from; the guard is right to stop"
    )
  }

  /// A switch that a caller on the stack asked before it called: its place.
  private static func gate(_ scene: Scene, above index: Int) throws -> String? {
    for outer in scene.evidence.repositoryFrames.reversed() where outer <= index {
      for condition in try scene.standing(outer)?.conditions ?? [] where condition.holds {
        let names =
          condition.test.all.compactMap(\.spelledName) + condition.test.all.compactMap(\.text)
        if names.contains(where: {
          $0.mentions(["flag", "feature", "enabled", "toggle", "experiment", "switch"])
        }) {
          let path = scene.evidence.frames[outer].frame.repositoryPath ?? ""
          return "\(path):\(condition.line)"
        }
      }
    }
    return nil
  }

  /// Members that a language's own notation calls raise to say "no such element".
  private static func isProtocol(_ scene: Scene, _ index: Int) -> Bool {
    let name = scene.evidence.frames[index].frame.function.lastComponent
    return name.hasPrefix("__") && name.hasSuffix("__")
      && !["__init__", "__post_init__", "__call__", "__enter__"].contains(name)
  }

  private static func condition(_ standing: Standing) -> String {
    standing.conditions.last.map { ", under the condition in line \($0.line)" } ?? ""
  }
}

extension Expression {
  /// Whether a status of another service is tested for failures of its own: 500 and above.
  fileprivate var isServerFailure: Bool {
    let isStatus = all.contains { $0.spelledName?.lowercased().contains("status") ?? false }
    return isStatus
      && all.contains { part in
        guard case .value(.integer(let digits)) = part, let code = Int(digits) else { return false }
        return (500...599).contains(code)
      }
  }

  /// Whether an exception is raised with something to say.
  fileprivate var hasMessage: Bool {
    if case .call(_, let arguments) = self { !arguments.isEmpty } else { false }
  }
}
