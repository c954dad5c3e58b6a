import Failures
import Languages

/// What the machine ran out of.
enum Resources {
  static let exhausted = TriageRule("a machine without disk, memory or descriptors") { scene in
    guard let (what, remedy) = shortage[scene.nature] else { return nil }
    return Stop(
      .resourceExhausted,
      "The machine had no \(what) left when the code stood \(scene.whereabouts).",
      remedy: remedy)
  }

  private static let shortage: [ExceptionNature: (what: String, remedy: String)] = [
    .storage: ("disk space", "free the disk or enlarge it, and watch its level"),
    .memory: (
      "memory, processes or threads",
      "give the process more memory or a higher limit, or run fewer workers on the machine"
    ),
    .descriptors: (
      "file descriptors",
      "raise the limit of open files, and see whether the process keeps files or connections open"
    ),
  ]
}
