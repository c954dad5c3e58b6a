import Failures
import Foundation
import Intake
import Languages
import PythonTarget
import Shipping
import Validating

/// Everything that one run of a case needs: the event, and the workspace of its repository.
final class Workbench {
  /// Without its secrets.
  let event: FailureEvent
  /// What was taken out of the event.
  let scrubbing: EventScrubbing
  let workspace: Workspace
  /// What the event's release names, or HEAD.
  let revision: Revision
  /// What the failure is called elsewhere already.
  private let given: String?

  var repository: Repository { workspace.repository }
  var head: Revision { workspace.head }
  var isSandboxed: Bool { workspace.isSandboxed }

  /// `mayWrite` is whether the run may leave anything in the repository.
  init(
    _ options: CaseOptions, mayWrite: Bool = false, given: OrderedEvent? = nil
  ) throws(CommandFailure) {
    let event: FailureEvent
    if let given { event = given.event } else { event = try Self.read(options.event) }
    self.given = given?.failure
    let workspace = try Workspace(
      repo: options.repo, config: options.config, sandbox: options.sandbox,
      environments: given?.environments)
    self.workspace = workspace
    let repository = workspace.repository
    let revision = try Self.revision(
      options.at, of: event, in: repository, head: workspace.head)
    self.revision = revision
    let paths = try Workspace.wrapping {
      Set(try repository.paths(at: revision).filter { $0.kind != .submodule }.map(\.path))
    }
    let finder = OriginFinder(
      tree: paths, importRoots: workspace.settings.paths.filter { $0 != "." },
      checkout: workspace.root)
    scrubbing = EventScrubbing(
      of: event, in: repository, at: Set([revision, workspace.head]), workspace.scrub,
      mayWrite: mayWrite, placing: finder.placed)
    self.event = scrubbing.event
  }

  /// What the failure is called, the same in every clone: no secret has a part in it, and no replacement.
  var failure: String { given ?? scrubbing.identity.failureIdentifier }

  /// Ends what runs and takes the private trees away.
  func close() { workspace.close() }

  /// A session on the repository at a revision, in a private tree of its own.
  func session(at revision: Revision) throws -> TargetSession { try side(at: revision).session }

  /// The repository at a revision, with the files of a patch where there is one, in a private tree of its own.
  func side(at revision: Revision, with patch: Patch? = nil) throws -> Side {
    let target = try workspace.target(at: revision, with: patch)
    return Side(session: target.session(), instruments: target.instruments())
  }

  /// The same for as long as `work` takes.
  func withSide<Result>(
    at revision: Revision, with patch: Patch, _ work: (Side) throws -> Result
  ) throws -> Result {
    try workspace.withTarget(at: revision, with: patch) {
      try work(Side(session: $0.session(), instruments: $0.instruments()))
    }
  }

  // MARK: opening

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
      return try GivenEvent.read(bytes)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  /// Why a file cannot be read, in the system's words.
  private static func obstacle(to path: String) -> String {
    access(path, R_OK) == 0 ? "it is no file" : String(cString: strerror(errno)).lowercased()
  }

  private static func revision(
    _ asked: String?, of event: FailureEvent, in repository: Repository, head: Revision
  ) throws(CommandFailure) -> Revision {
    if let asked {
      guard let found = try Workspace.wrapping({ try repository.resolve(asked) }) else {
        throw CommandFailure(
          .usage, "`\(asked)` names no commit\nhint: give a commit, a tag or a branch")
      }
      return found
    }
    guard let release = event.release else { return head }
    // An event's release is hostile: one that names nothing, or cannot be a name, means HEAD.
    return (try? repository.resolve(release)) ?? head
  }
}
