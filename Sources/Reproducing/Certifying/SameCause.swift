import Failures
import Languages

/// Decides whether what a trial raised has the cause of the event.
///
/// The law: same type, same shape of message, same innermost function of the repository, and the same functions of the
/// repository below the entry, in the same order.
struct SameCause {
  let evidence: Evidence
  /// The frame at which the program enters; what lies further out is not expected.
  let frameIndex: Int

  enum Finding: Hashable {
    case same(RaisedException)
    case other(String)
  }

  func judge(_ report: TrialReport) -> Finding {
    switch report.outcome {
    case .returned: return .other("it did not fail")
    case .timedOut: return .other("it did not end in time")
    case .ended(let how): return .other("the process ended: \(how)")
    case .unusable(let why): return .other(why)
    case .raised(let exceptions):
      if let same = exceptions.first(where: { mismatch($0) == nil }) { return .same(same) }
      return .other(exceptions.first.flatMap(mismatch) ?? "nothing was raised")
    }
  }

  /// What differs, in words; `nil` for the same cause.
  func mismatch(_ raised: RaisedException) -> String? {
    let expected = evidence.exception
    guard raised.type.lastComponent == expected.type.lastComponent else {
      return "it raised `\(raised.type)`"
    }
    if isDepthDependent { return depthMismatch(raised) }
    guard FailureSignature.shape(of: raised.message) == FailureSignature.shape(of: expected.message)
    else { return "it raised `\(raised.type)` with another message" }
    let path = Self.path(raised)
    guard path == expectedPath else {
      return
        "it raised `\(raised.type)` on another path, in \(path.last ?? "no function of the repository")"
    }
    return nil
  }

  /// The repository's functions from the entry inwards.
  var expectedPath: [String] {
    evidence.frames.dropFirst(frameIndex).compactMap { Evidence.place($0.frame) }
      .filter { !$0.hasSuffix("<module>") || frameIndex == 0 }
  }

  static func path(_ raised: RaisedException) -> [String] {
    raised.frames.compactMap { frame in
      frame.repositoryPath.map { "\($0):\(frame.function.lastComponent)" }
    }
  }

  /// Which call is one too many depends on the depth before it, so only the cycle can be compared.
  private var isDepthDependent: Bool { evidence.exception.type.lastComponent == "RecursionError" }

  private func depthMismatch(_ raised: RaisedException) -> String? {
    let cycle = Set(expectedPath)
    let path = Self.path(raised)
    guard path.count > 20, let first = expectedPath.first, path.first == first else {
      return "it raised `\(raised.type)` on another path"
    }
    let inside = path.suffix(60).filter(cycle.contains)
    return inside.count * 2 >= min(path.count, 60)
      ? nil : "it raised `\(raised.type)` on another path"
  }
}
