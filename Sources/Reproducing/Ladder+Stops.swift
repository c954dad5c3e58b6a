import Failures
import Foundation
import Languages

extension Ladder {
  var overBudget: Stop {
    Stop(
      .overBudget,
      "No entry led to the failure within \(budget.trials) trials and \(Int(budget.seconds)) s.",
      missing: described, remedy: remedy)
  }

  var notReproduced: Stop {
    if evidence.repositoryFrames.isEmpty {
      return Stop(
        .notInRepository,
        "No frame of the stack lies in the repository, and no call from outside led to the failure.",
        missing: described,
        remedy:
          "give the repository that the failing code belongs to with `--repo`, and its import roots in `python.paths`"
      )
    }
    var seen = Set<String>()
    let tried = attempts.filter { seen.insert($0).inserted }.prefix(6).joined(separator: "; ")
    return Stop(
      .notReproduced,
      attempts.isEmpty
        ? "Nothing in the event could be run." : "No entry led to the failure. Tried: \(tried).",
      missing: described,
      remedy: remedy)
  }

  /// The setting that would have kept the rest.
  private var remedy: String {
    if !evidence.hasSnapshot {
      return
        "add the probe to the service, `integrations=[NevermoreIntegration()]`: it keeps whole values, receivers, and what was "
        + "read from databases and other services"
    }
    if evidence.frames.allSatisfy(\.frame.entry.isEmpty) {
      return
        "arm its functions with `nevermore arm EVENT --file armed.json`: the next event then holds their arguments as they came in"
    }
    return "write it by hand from the frames and the values that are named"
  }

  private var described: [String] {
    var seen = Set<String>()
    return (missing + stateRead).map(\.description).filter { seen.insert($0).inserted }
  }

  /// What the failing line reads besides its function's variables, where calls with the captured arguments did not fail.
  private var stateRead: [Missing] {
    guard attempts.contains(where: { $0.hasSuffix("it did not fail") }),
      let index = evidence.repositoryFrames.last, let function = evidence.frames[index].function,
      let focus = Focus(line: evidence.frames[index].frame.line, in: function.definition.body)
    else { return [] }
    let frame = evidence.frames[index].frame
    let known = Set(frame.variables.map(\.name)).union(function.definition.parameters.map(\.name))
    let read = focus.statement.expressions.flatMap(\.outermostChains)
    let state = read.filter { chain in
      guard let head = chain.first, !known.contains(head) else { return false }
      // A name that stands for itself is a function or a type; state is read through it, or named in capitals.
      return chain.count > 1 || head == head.uppercased()
    }
    return state.map {
      Missing(
        what: "\($0.joined(separator: ".")) at \(function.path):\(frame.line)",
        why: "a module's state is not sent, and earlier work may have changed it")
    }
  }
}
