import Failures
import Foundation
import Intake
import Languages
import Pipeline
import PythonTarget
import Reproducing
import Sandboxing
import Shipping
import Validating

/// Everything that one run of a case needs: the event, the repository, private trees, and sessions in the sandbox.
final class Workbench {
  let event: FailureEvent
  let repository: Repository
  let head: Revision
  /// What the event's release names, or HEAD.
  let revision: Revision
  let isSandboxed: Bool
  private let folder: String
  private var targets: [PythonRepository] = []
  private let settings: PythonRepository.Settings
  private let root: String

  init(_ options: CaseOptions) throws(CommandFailure) {
    let mode = try Self.sandbox(options.sandbox)
    isSandboxed = mode == .bubblewrap
    let event = try Self.read(options.event)
    let repository = try Self.repository(options.repo)
    self.repository = repository
    guard let root = repository.root else {
      throw CommandFailure(
        .usage, "`\(options.repo)` is a repository without a work tree\nhint: give a checkout")
    }
    self.root = root
    let configuration = try Configuration.load(path: options.config, root: root)
    settings = try Self.settings(configuration, root: root)
    head = try Self.wrapping { try repository.head() }
    revision = try Self.revision(options.at, of: event, in: repository, head: head)
    folder = NSTemporaryDirectory() + "nevermore-\(UUID().uuidString)"
    let paths = try Self.wrapping { [revision] in
      Set(try repository.paths(at: revision).filter { $0.kind != .submodule }.map(\.path))
    }
    let finder = OriginFinder(
      tree: paths, importRoots: settings.paths.filter { $0 != "." }, checkout: root)
    self.event = finder.placed(event)
  }

  deinit { close() }

  /// Ends what runs and takes the private trees away.
  func close() {
    for target in targets { target.close() }
    targets = []
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A session on the repository at a revision, in a private tree of its own.
  func session(at revision: Revision) throws -> TargetSession { try side(at: revision).session }

  /// The repository at a revision, with the files of a patch where there is one, in a private tree of its own.
  func side(at revision: Revision, with patch: Patch? = nil) throws -> Side {
    let tree = "\(folder)/\(targets.count)-\(revision.id)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try repository.export(revision, to: tree)
    if let patch { try PatchedTree.write(patch, into: tree) }
    let target = try PythonRepository(
      settings: settings, tree: tree, root: root, mode: isSandboxed ? .bubblewrap : .none)
    targets.append(target)
    _ = try target.hello()
    return Side(session: target.session(), instruments: target.instruments())
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

  private static func read(_ path: String) throws(CommandFailure) -> FailureEvent {
    let bytes: [UInt8]
    if path == "-" {
      bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
    } else {
      do {
        bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      } catch {
        throw CommandFailure(
          .usage,
          "`\(path)` cannot be read: \(Self.obstacle(to: path))\nhint: give a Sentry envelope or event, or `-` for standard input"
        )
      }
    }
    do {
      let reader = EventReader(readValue: { NotationReader().read($0) })
      return try reader.read(bytes).scrubbed()
    } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  /// Why a file cannot be read, in the system's words.
  private static func obstacle(to path: String) -> String {
    access(path, R_OK) == 0 ? "it is no file" : String(cString: strerror(errno)).lowercased()
  }

  private static func repository(_ path: String) throws(CommandFailure) -> Repository {
    try wrapping { try Repository(at: path) }
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

  private static func revision(
    _ asked: String?, of event: FailureEvent, in repository: Repository, head: Revision
  ) throws(CommandFailure) -> Revision {
    if let asked {
      guard let found = try wrapping({ try repository.resolve(asked) }) else {
        throw CommandFailure(
          .usage, "`\(asked)` names no commit\nhint: give a commit, a tag or a branch")
      }
      return found
    }
    guard let release = event.release else { return head }
    // An event's release is hostile: one that names nothing, or cannot be a name, means HEAD.
    return (try? repository.resolve(release)) ?? head
  }

  private static func wrapping<Result>(
    _ work: () throws -> Result
  ) throws(CommandFailure) -> Result {
    do { return try work() } catch let error as RepositoryError {
      throw CommandFailure(.usage, error.description)
    } catch { throw CommandFailure(.ourFault, "\(error)") }
  }
}
