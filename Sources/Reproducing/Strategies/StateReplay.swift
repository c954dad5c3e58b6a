import Failures
import Languages

/// Programs of the other strategies, in the state that production's unit of work found: what it read is read again, and data of
/// modules is what it was.
struct StateReplay {
  let evidence: Evidence
  let session: TargetSession

  /// The request, and the calls of the service's own source; nothing where the sender kept no state.
  func proposeOuter() throws -> Proposal {
    let whole = try replay(own(), from: nil)
    guard !whole.isEmpty else { return Proposal() }
    let requests = try RequestReplay(evidence: evidence, session: session).propose()
    let callers = try CallerSource(evidence: evidence, session: session).propose(outside: true)
    return Proposal(
      candidates: (requests.candidates + callers.candidates).map { $0.with(whole) })
  }

  /// The functions of the repository's frames.
  func proposeFrames() throws -> Proposal {
    guard evidence.hasSnapshot else { return Proposal() }
    var proposal = Proposal()
    let application = try session.application().map { [$0] } ?? []
    for index in evidence.repositoryFrames {
      let state = try replay(try work(below: index), from: index) + application
      guard !state.isEmpty else { continue }
      let frames = try FrameCall(
        evidence: evidence, session: session, connections: state.reduce(Replay(), +).connections
      ).propose(only: index)
      proposal.candidates += frames.candidates.map { $0.with(state) }
    }
    return proposal
  }

  // MARK: state

  /// What code of the repository read: frameworks and senders read clocks and dice of their own.
  private func own() throws -> [RecordedWork] {
    let files = Set(evidence.repositoryFrames.compactMap { evidence.frames[$0].frame.absolutePath })
    let roots = evidence.repositoryFrames.compactMap { index -> String? in
      let frame = evidence.frames[index].frame
      guard let path = frame.repositoryPath, let file = frame.absolutePath, file.hasSuffix(path)
      else { return nil }
      return String(file.dropLast(path.count))
    }
    return try evidence.event.work.filter { entry in
      // Libraries read variables of their own wherever they are called.
      if case .variable(let name, _) = entry.read, try session.search(name).isEmpty { return false }
      guard let file = entry.callerFile else {
        if case .draw = entry.read { return false }
        return true
      }
      return files.contains(file) || roots.contains { !$0.isEmpty && file.hasPrefix($0) }
    }
  }

  /// What was read below a frame: reads of the functions above it came before.
  private func work(below index: Int) throws -> [RecordedWork] {
    let above = Set(
      evidence.repositoryFrames.filter { $0 < index }.map {
        evidence.frames[$0].frame.function.lastComponent
      })
    let below = Set(
      evidence.frames[index...].map(\.frame.function.lastComponent))
    return try own().filter { entry in
      guard let caller = entry.caller?.lastComponent else { return true }
      return !above.contains(caller) || below.contains(caller)
    }
  }

  private func replay(_ work: [RecordedWork], from index: Int?) throws -> [Replay] {
    try session.replay(work) + modules(from: index)
      + (evidence.hasSnapshot ? moment(from: index) : [])
  }

  /// The data of the modules on the path, as it was, a part each.
  private func modules(from index: Int?) throws -> [Replay] {
    guard let surroundings = try session.surroundings() else { return [] }
    var found: [Symbol: CapturedValue] = [:]
    for position in evidence.repositoryFrames where position >= index ?? 0 {
      guard let module = evidence.frames[position].function?.symbol.module else { continue }
      for global in evidence.frames[position].frame.globals where global.value.isPlain {
        let path = global.name.split(separator: ".").map(String.init)
        // An event's name is that of data, in the module itself or in one that it names; never of what the language made.
        guard (1...2).contains(path.count), path.allSatisfy(\.isPlainName) else { continue }
        found[Symbol(module: module, path: path)] = global.value
      }
    }
    return found.sorted { $0.key.entry < $1.key.entry }.map { symbol, value in
      Replay(
        setup: [surroundings.setAttribute(symbol, .value(value))],
        fixtures: [surroundings.changer],
        assumptions: ["`\(symbol.path.joined(separator: "."))` is what it was"])
    }
  }

  /// The moment of the failure, for modules on the path that ask for it.
  func moment(from index: Int?) throws -> [Replay] {
    guard let instant = evidence.event.timestamp else { return [] }
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

extension String {
  /// A name as code writes it, without the underscores that mark what is not its own.
  fileprivate var isPlainName: Bool {
    wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil && !hasPrefix("__")
  }
}
