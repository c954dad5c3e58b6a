import Failures
import Pipeline

/// An event that is at hand already, and what its failure is called.
struct OrderedEvent {
  let event: FailureEvent
  let failure: String
  /// Where the target's environment is made, for a clone that has none of its own.
  var environments: String?
}

/// Who looks on while a case is worked on: a terminal, if nobody else.
struct CaseWatcher {
  /// A stage was passed, in so many seconds.
  var took: (Stage, Double, CaseState) -> Void = {
    Terminal.progress(Narration.line($0, $1, $2))
  }
  /// The branch is about to be written; what throws here keeps it from being.
  var willShip: () throws -> Void = {}
}
