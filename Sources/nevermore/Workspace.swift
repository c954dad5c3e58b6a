import Failures
import Foundation
import Languages
import PythonTarget
import Sandboxing
import Shipping

/// A checkout that is opened for a command: its repository, its configuration, private trees of its commits, and sessions on them
/// in the sandbox.
final class Workspace {
  let repository: Repository
  /// The folder of the checkout.
  let root: String
  let head: Revision
  let isSandboxed: Bool
  let settings: PythonRepository.Settings
  /// Who writes fixes, as configured.
  let repairers: [Configuration.Repairer]
  /// What is taken out of events besides what is always.
  let scrub: Configuration.Scrub
  private let folder: String
  private var targets: [String: PythonRepository] = [:]
  private var opened = 0

  /// `environments` is the folder where the target's environment is made, for a clone that has none of its own.
  init(
    repo: String, config: String?, sandbox: CaseOptions.SandboxName, environments: String? = nil
  ) throws(CommandFailure) {
    isSandboxed = try Self.sandbox(sandbox) == .bubblewrap
    let repository = try Self.wrapping { try Repository(at: repo) }
    self.repository = repository
    guard let root = repository.root else {
      throw CommandFailure(
        .usage, "`\(repo)` is a repository without a work tree\nhint: give a checkout")
    }
    self.root = root
    let configuration = try Configuration.load(path: config, root: root)
    var settings = try Self.settings(configuration, root: root)
    repairers = configuration.repair
    scrub = configuration.scrub
    head = try Self.wrapping { try repository.head() }
    folder = NSTemporaryDirectory() + "nevermore-\(UUID().uuidString)"
    if let environments, let setup = configuration.python.setup {
      settings.interpreter = try Self.interpreter(
        in: environments, setup, base: settings.interpreter, repository, head, folder,
        isConfined: isSandboxed)
    }
    self.settings = settings
  }

  deinit { close() }

  /// Ends what runs and takes the private trees away.
  func close() {
    for target in targets.values { target.close() }
    targets = [:]
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The repository at a revision, with the files of a patch where there is one, in a private tree of its own.
  func target(at revision: Revision, with patch: Patch? = nil) throws -> PythonRepository {
    opened += 1
    let tree = "\(folder)/\(opened)-\(revision.id)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try repository.export(revision, to: tree)
    if let patch { try PatchedTree.write(patch, into: tree) }
    let target = try PythonRepository(
      settings: settings, tree: tree, root: root, mode: isSandboxed ? .bubblewrap : .none)
    targets[tree] = target
    _ = try target.hello()
    return target
  }

  /// What `work` makes of the patched repository, whose tree is gone afterwards.
  func withTarget<Result>(
    at revision: Revision, with patch: Patch, _ work: (PythonRepository) throws -> Result
  ) throws -> Result {
    let target = try target(at: revision, with: patch)
    let tree = "\(folder)/\(opened)-\(revision.id)"
    defer {
      target.close()
      targets[tree] = nil
      try? FileManager.default.removeItem(atPath: tree)
    }
    return try work(target)
  }

  // MARK: opening

  private static func sandbox(_ name: CaseOptions.SandboxName) throws(CommandFailure)
    -> Sandbox.Mode
  {
    guard name == .bubblewrap else { return .none }
    if let obstacle = Sandbox.diagnosis.obstacle {
      throw CommandFailure(
        .refused,
        "\(obstacle)\nhint: `--sandbox none` runs the target unprotected, and the report says so")
    }
    return .bubblewrap
  }

  private static func interpreter(
    in environments: String, _ setup: String, base: Interpreter, _ repository: Repository,
    _ head: Revision, _ folder: String, isConfined: Bool
  ) throws(CommandFailure) -> Interpreter {
    let tree = folder + "/setup"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try repository.export(head, to: tree)
      return try EnvironmentMaking(in: environments, isConfined: isConfined)
        .interpreter(for: tree, setup: setup, base: base)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  static func settings(
    _ configuration: Configuration, root: String
  ) throws(CommandFailure) -> PythonRepository.Settings {
    let python = configuration.python
    let interpreter: Interpreter
    if let path = python.interpreter {
      let whole = path.hasPrefix("/") ? path : root + "/" + path
      guard FileManager.default.isExecutableFile(atPath: whole) else {
        throw CommandFailure(
          .usage,
          "`\(path)` is no executable interpreter\nhint: set `python.interpreter` to the target's own, `.venv/bin/python`"
        )
      }
      interpreter = Interpreter(path: whole)
    } else if let found = Interpreter.obvious(
      for: root, environment: ProcessInfo.processInfo.environment)
    {
      interpreter = found
    } else {
      throw CommandFailure(
        .usage,
        "no Python interpreter was found\nhint: set `python.interpreter` in `nevermore.yaml`")
    }
    return PythonRepository.Settings(
      interpreter: interpreter, paths: python.paths ?? defaultPaths(root), tests: python.tests,
      application: python.application)
  }

  /// `src` where packages lie there, and the root.
  private static func defaultPaths(_ root: String) -> [String] {
    FileManager.default.fileExists(atPath: root + "/src") ? ["src", "."] : ["."]
  }

  /// What a repository refuses is the user's to mend.
  static func wrapping<Result>(
    _ work: () throws -> Result
  ) throws(CommandFailure) -> Result {
    do { return try work() } catch let error as RepositoryError {
      throw CommandFailure(.usage, error.description)
    } catch { throw CommandFailure(.ourFault, "\(error)") }
  }
}
