import Failures
import Foundation
import Languages
import Sandboxing

/// Lets any program repair a throwaway tree, in the sandbox, without a network.
///
/// Law: what counts is the difference that it leaves in the tree. Its output and its status are
/// neither believed nor shown; no process, file or change of it outlives the try.
public struct CommandRepairer: Sendable {
  /// The program and its arguments.
  public var words: [String]
  public var limits: CommandLimits
  let workshop: Workshop

  public init(words: [String], workshop: Workshop, limits: CommandLimits = CommandLimits()) {
    self.words = words
    self.workshop = workshop
    self.limits = limits
  }

  /// What came of it: at most one proposal, and why each earlier try was none.
  public struct Result: Sendable, Hashable {
    public var proposals: [Proposal] = []
    public var objections: [CommandObjection] = []
  }

  /// The program's name as reports show it.
  public var name: String {
    words[0].split(separator: "/").last.map(String.init) ?? words[0]
  }

  /// Tries until the program leaves a change, at most ``CommandLimits/tries`` times in all the time
  /// that it has. Throws when the machine failed.
  public func repair(_ task: RepairTask) throws -> Result {
    var result = Result()
    guard workshop.isConfined else {
      result.objections = [.unconfined]
      return result
    }
    let end = ContinuousClock.now + .seconds(limits.seconds)
    for attempt in 1...max(1, limits.tries) {
      let left = (end - ContinuousClock.now) / .seconds(1)
      guard left > 0 else { break }
      do {
        let changes = try perform(task, attempt, after: result.objections.last, seconds: left)
        result.proposals = [
          Proposal(
            changes: changes, origin: .command(name), strength: .plausible,
            reason: "`\(name)` was given the failing test and left this change.")
        ]
        return result
      } catch let objection as CommandObjection {
        result.objections.append(objection)
        guard objection.isWorthAnotherTry else { break }
      }
    }
    return result
  }

  private func perform(
    _ task: RepairTask, _ number: Int, after objection: CommandObjection?, seconds: Double
  ) throws -> [String: String] {
    let worktree = try Worktree(workshop, task.test.text, limits)
    defer { worktree.remove() }
    let program = try CommandPlace(words[0], worktree)
    let evidence = EvidenceFile(task: task, attempt: number, objection: objection).json.bytes()
    guard workshop.isClean(evidence) else { throw CommandObjection.secretLeft }
    let evidencePath = worktree.folder + "/evidence.json"
    try Data(evidence).write(to: URL(fileURLWithPath: evidencePath))

    let sandbox = Sandbox(
      readOnly: workshop.mounts + program.mounts + [Mount(evidencePath, at: EvidenceFile.path)],
      writable: [Mount(worktree.tree, at: workshop.root)])
    let command = Command(
      arguments: [program.path] + words.dropFirst(), environment: environment(task),
      directory: workshop.root)
    var overfull: CommandObjection?
    var next = ContinuousClock.now
    let completion = try sandbox.run(command, input: evidence, limits: sandboxLimits(seconds)) {
      guard ContinuousClock.now >= next else { return false }
      let began = ContinuousClock.now
      overfull = worktree.isOverfull()
      // A large tree takes long to look at: never more than a tenth of the time.
      next = ContinuousClock.now + max(.milliseconds(200), (ContinuousClock.now - began) * 9)
      return overfull != nil
    }
    if let overfull { throw overfull }
    try check(completion.ending)
    if let overfull = worktree.isOverfull() { throw overfull }
    return try worktree.changes()
  }

  /// A limit ends the try: what is half done is no proposal. How the program ends by itself does
  /// not matter.
  private func check(_ ending: Completion.Ending) throws(CommandObjection) {
    switch ending {
    case .exited, .signalled, .interrupted: return
    case .wallTime, .cpuTime: throw .noTime(seconds: limits.seconds)
    case .outputLimit: throw .tooMuchOutput
    case .memory: throw .noMemory
    }
  }

  private func environment(_ task: RepairTask) -> [String: String] {
    var environment = workshop.environment
    let folders = workshop.programs + ["/usr/local/bin", "/usr/bin", "/bin"]
    environment["PATH"] = folders.joined(separator: ":")
    environment["HOME"] = Sandbox.home
    environment["NEVERMORE_EVIDENCE"] = EvidenceFile.path
    environment["NEVERMORE_TEST"] = task.test.text.path
    return environment
  }

  private func sandboxLimits(_ seconds: Double) -> Limits {
    Limits(
      cpuSeconds: limits.cpuSeconds, wallSeconds: seconds, memoryBytes: limits.memoryBytes,
      processes: limits.processes, fileBytes: limits.fileBytes, outputBytes: limits.outputBytes)
  }
}
