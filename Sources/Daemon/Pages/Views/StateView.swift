import Storage

/// Where a failure stands, as a sign and a word: the colour only repeats them.
struct StateView {
  let sign: String
  let word: String
  /// Which of the stylesheet's few colours it has.
  let tone: String

  init(_ state: FailureState) {
    (sign, word, tone) =
      switch state {
      case .seen: ("○", "seen", "quiet")
      case .queued: ("◔", "waiting", "busy")
      case .working: ("◑", "working", "busy")
      case .stopped: ("■", "stopped", "still")
      case .tested: ("◆", "tested", "asks")
      case .fixed: ("✓", "fixed", "good")
      case .proposed: ("↑", "proposed", "asks")
      case .merged: ("●", "merged", "good")
      case .released: ("●", "released", "good")
      case .declined: ("✕", "declined", "still")
      case .ignored: ("–", "ignored", "quiet")
      }
  }

  /// What an ended case is called.
  init(outcome: String) {
    word = outcome
    (sign, tone) =
      switch outcome {
      case "fixed": ("✓", "good")
      case "tested": ("◆", "asks")
      case "dead": ("✕", "bad")
      default: ("■", "still")
      }
  }

  /// What a gate said.
  init(gate result: String) {
    word = result
    (sign, tone) =
      switch result {
      case "passed": ("✓", "good")
      case "failed": ("✕", "bad")
      default: ("–", "quiet")
      }
  }
}
