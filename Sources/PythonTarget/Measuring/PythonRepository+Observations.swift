import Interchange
import Languages

extension PythonRepository {
  /// Programs of one question to the kit.
  private static let batch = 20

  /// Each program in a fork of the process that is warm already, with new code for changed functions; where more than functions'
  /// bodies changed, in forks of a process that imports the changed files.
  func observe(_ programs: [Program], _ changes: [String: String]) throws -> [Observation] {
    if let observed = try swapped(programs, changes) { return observed }
    return try inCopy(with: changes) { copy in
      guard let observed = try copy.swapped(programs, [:]) else {
        throw KitError.unreadable(operation: "observe")
      }
      return observed
    }
  }

  /// `nil` where the changes cannot be brought into the running process.
  private func swapped(
    _ programs: [Program], _ changes: [String: String]
  ) throws -> [Observation]? {
    var observed: [Observation?] = Array(repeating: nil, count: programs.count)
    var sources: [(position: Int, text: String)] = []
    for (position, program) in programs.enumerated() {
      if !program.fixtures.isEmpty {
        guard changes.isEmpty else { return nil }
        observed[position] = Observation(report: try run(program), isExact: false)
        continue
      }
      do {
        sources.append((position, try PythonPrinter().program(program)))
      } catch {
        observed[position] = Observation(
          report: TrialReport(outcome: .unusable("it cannot be written: \(error)")), isExact: false)
      }
    }
    warmModules.warm(programs.flatMap(\.modules), in: kit)
    for start in stride(from: 0, to: sources.count, by: Self.batch) {
      let batch = sources[start..<min(start + Self.batch, sources.count)]
      guard let answers = try answers(batch.map(\.text), changes) else { return nil }
      for (source, answer) in zip(batch, answers) { observed[source.position] = answer }
    }
    return observed.compactMap(\.self)
  }

  private func answers(_ sources: [String], _ changes: [String: String]) throws -> [Observation]? {
    let texts = changes.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
    let members: [JSON.Member] = [
      .init("sources", .array(sources.map { .string($0) })), .init("changes", .object(texts)),
      .init("seconds", .double(Self.trialSeconds)),
    ]
    let seconds = Self.trialSeconds * Double(sources.count + 6) + 20
    guard let answer = try unlessEnded({ try kit.ask("observe", members, seconds: seconds) }) else {
      return try oneByOne(sources, changes)
    }
    return answer["observed"]?.items.map { $0.map(observation) }
  }

  /// A target that took the whole interpreter with it is found among the others.
  private func oneByOne(_ sources: [String], _ changes: [String: String]) throws -> [Observation]? {
    if sources.count == 1 {
      let ended = TrialReport(outcome: .ended("the interpreter was ended"))
      return [Observation(report: ended, isExact: false)]
    }
    var found: [Observation] = []
    for source in sources {
      guard let answer = try answers([source], changes) else { return nil }
      found += answer
    }
    return found
  }

  /// `nil` where the interpreter ended before it answered.
  private func unlessEnded(_ ask: () throws -> JSON) throws -> JSON? {
    do {
      return try ask()
    } catch let error as KitError {
      if case .ended = error { return nil }
      throw error
    }
  }

  private func observation(_ answer: JSON) -> Observation {
    let state = (answer["variables"]?.members ?? []).compactMap { member in
      member.value.text.map { (member.key, $0) }
    }
    return Observation(
      report: trialReport(answer), result: answer["result"]?.text, shown: answer["shown"]?.text,
      state: Dictionary(state) { $1 }, isExact: answer["exact"]?.bool ?? false)
  }
}
