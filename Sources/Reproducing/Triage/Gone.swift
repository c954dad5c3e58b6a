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

  static let client = TriageRule("a client that went away") { scene in
    guard scene.nature == .clientGone else { return nil }
    return Stop(
      .clientGone,
      "The reader of the answer closed its end while the code stood \(scene.whereabouts) (`\(scene.typeName)`): "
        + "nobody is left to answer.",
      remedy: "nothing in this repository; stop reporting `\(scene.typeName)` if it is noise")
  }
}
