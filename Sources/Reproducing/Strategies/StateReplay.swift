import Failures
import Languages

/// Programs of the other strategies, in the state that production's unit of work found: what it read is read again, and data of
/// modules is what it was.
struct StateReplay {
  let evidence: Evidence
  let session: TargetSession

  /// The request, and the calls of the service's own source; nothing where the sender kept no state.
  func proposeOuter() throws -> Proposal {
    guard let whole = try replay(own, from: nil) else { return Proposal() }
    let requests = try RequestReplay(evidence: evidence, session: session).propose()
    let callers = try CallerSource(evidence: evidence, session: session).propose(outside: true)
    return Proposal(
      candidates: (requests.candidates + callers.candidates).map { stated($0, whole) })
  }

  /// The functions of the repository's frames.
  func proposeFrames() throws -> Proposal {
    guard evidence.hasSnapshot else { return Proposal() }
    var proposal = Proposal()
    for index in evidence.repositoryFrames {
      guard let state = try replay(work(below: index), from: index) else { continue }
      let frames = try FrameCall(
        evidence: evidence, session: session, connections: state.connections
      ).propose(only: index)
      proposal.candidates += frames.candidates.map { stated($0, state) }
    }
    return proposal
  }

  private func stated(_ candidate: Candidate, _ state: Replay) -> Candidate {
    var candidate = candidate
    candidate.program.setup = state.setup + candidate.program.setup
    candidate.program.fixtures += state.fixtures.filter { !candidate.program.fixtures.contains($0) }
    candidate.assumptions += state.assumptions
    return candidate
  }

  // MARK: state

  /// What code of the repository read: frameworks and senders read clocks and dice of their own.
  private var own: [RecordedWork] {
    let files = Set(evidence.repositoryFrames.compactMap { evidence.frames[$0].frame.absolutePath })
    let roots = evidence.repositoryFrames.compactMap { index -> String? in
      let frame = evidence.frames[index].frame
      guard let path = frame.repositoryPath, let file = frame.absolutePath, file.hasSuffix(path)
      else { return nil }
      return String(file.dropLast(path.count))
    }
    return evidence.event.work.filter { entry in
      guard let file = entry.callerFile else {
        if case .draw = entry.read { return false }
        return true
      }
      return files.contains(file) || roots.contains { !$0.isEmpty && file.hasPrefix($0) }
    }
  }

  /// What was read below a frame: reads of the functions above it came before.
  private func work(below index: Int) -> [RecordedWork] {
    let above = Set(
      evidence.repositoryFrames.filter { $0 < index }.map {
        evidence.frames[$0].frame.function.lastComponent
      })
    let below = Set(
      evidence.frames[index...].map(\.frame.function.lastComponent))
    return own.filter { entry in
      guard let caller = entry.caller?.lastComponent else { return true }
      return !above.contains(caller) || below.contains(caller)
    }
  }

  private func replay(_ work: [RecordedWork], from index: Int?) throws -> Replay? {
    let parts = [
      try session.replay(work), try modules(from: index), try moment(from: index),
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.reduce(Replay(), +)
  }

  /// The data of the modules on the path, as it was.
  private func modules(from index: Int?) throws -> Replay? {
    guard let surroundings = try session.surroundings() else { return nil }
    var state = Replay()
    var seen = Set<Symbol>()
    for position in evidence.repositoryFrames where position >= index ?? 0 {
      guard let module = evidence.frames[position].function?.symbol.module else { continue }
      for global in evidence.frames[position].frame.globals {
        let symbol = Symbol(
          module: module, path: global.name.split(separator: ".").map(String.init))
        guard seen.insert(symbol).inserted, global.value.isExact, global.value.isPlain else {
          continue
        }
        state.setup.append(surroundings.setAttribute(symbol, .value(global.value)))
      }
    }
    guard !state.setup.isEmpty else { return nil }
    state.fixtures = [surroundings.changer]
    state.assumptions = ["the module's data is production's"]
    return state
  }

  /// The moment of the failure, for modules on the path that ask for it.
  private func moment(from index: Int?) throws -> Replay? {
    guard let instant = evidence.event.timestamp, evidence.hasSnapshot else { return nil }
    var modules: [String] = []
    for position in evidence.repositoryFrames where position >= index ?? 0 {
      guard let module = evidence.frames[position].function?.symbol.module,
        !modules.contains(module)
      else { continue }
      modules.append(module)
    }
    return try session.clock(instant, modules)
  }
}

extension Evidence {
  /// Whether the probe took the live frames.
  var hasSnapshot: Bool { frames.contains(where: \.frame.isWhole) }
}
