import Failures
import Languages

/// Failures because whoever waited for the answer, or the work itself, was no longer there.
enum Gone {
  static let cancelled = TriageRule("work that was stopped from outside") { scene in
    guard scene.nature == .cancelled else { return nil }
    return Stop(
      .cancelled,
      "The work was stopped from outside while it stood \(scene.whereabouts): `\(scene.typeName)` is a signal, not a failure.",
      remedy: "look for who ended the work (deployment, time limit, shutdown); "
        + "if the time limit is too short for it, raise the limit")
  }

  /// An exception of any name, raised by what the repository registered for signals.
  static let signalled = TriageRule("work that a signal stopped") { scene in
    guard let site = scene.site, site == scene.evidence.frames.indices.last,
      try scene.raised() != nil || ["SystemExit", "KeyboardInterrupt"].contains(scene.typeName),
      let function = scene.function(site), let place = try registration(of: function, scene)
    else { return nil }
    let stood = scene.evidence.repositoryFrames.last { $0 < site }
    return Stop(
      .cancelled,
      "A signal stopped the work\(stood.map { " while it stood at `\(scene.place($0))`" } ?? ""): "
        + "`\(place.path):\(place.line)` registers `\(function.definition.name)` for it, which raises "
        + "`\(scene.typeName)` at `\(scene.place(site))`.",
      remedy: "look for who ended the work (deployment, time limit, shutdown); "
        + "if the time limit is too short for it, raise the limit")
  }

  /// Where a function is registered for signals from outside. An alarm is a time limit of the code's own.
  private static func registration(
    of function: FunctionDescription, _ scene: Scene
  ) throws -> SourceMatch? {
    let name = function.definition.name
    guard function.callParameters.count <= 2 else { return nil }
    return try scene.session.search(name).first { match in
      guard !match.path.isDocument, !match.path.isOfTests,
        !match.text.mentions(["sigalrm", "sigvtalrm", "sigprof"])
      else { return false }
      return match.text.firstGroup(
        #"((?:\bsignal|\.add_signal_handler)\s*\(.*\b"# + name + #"\b)"#) != nil
    }
  }

  static let client = TriageRule("a client that went away") { scene in
    guard scene.nature == .clientGone else { return nil }
    return Stop(
      .clientGone,
      "The reader of the answer closed its end while the code stood \(scene.whereabouts) (`\(scene.typeName)`): "
        + "nobody is left to answer.",
      remedy: "nothing in this repository; stop reporting `\(scene.typeName)` if it is noise")
  }
}
