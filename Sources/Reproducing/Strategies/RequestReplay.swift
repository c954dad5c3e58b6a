import Failures
import Languages

/// Sends the captured request to the repository's application, in its framework's test client.
struct RequestReplay {
  let evidence: Evidence
  let session: TargetSession

  func propose() throws -> Proposal {
    guard let request, let first = evidence.repositoryFrames.first else {
      return Proposal()
    }
    if request.body == .dropped {
      return Proposal(missing: [Missing(what: "request.data", why: "the sender dropped the body")])
    }
    let programs = try session.requestProgram(request)
    return Proposal(
      candidates: programs.map {
        Candidate(
          strategy: .requestReplay, entry: "\(request.method) \(request.path)", frameIndex: first,
          program: $0)
      })
  }

  /// What the sender sent of the request; else what a variable on the stack shows of it.
  private var request: RequestRecord? {
    if let sent = evidence.event.request, !sent.url.isEmpty { return sent }
    return evidence.frames.lazy.flatMap(\.frame.variables).compactMap {
      session.shownRequest($0.value)
    }.first
  }
}
