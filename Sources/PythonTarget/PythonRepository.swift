import Failures
import Foundation
import Interchange
import Languages
import Sandboxing

/// A Python repository that is opened for a case.
public struct PythonRepository: Sendable {
  /// What `nevermore.yaml` says under `python`.
  public struct Settings: Sendable {
    public var interpreter: Interpreter
    /// Import roots, relative to the repository's root.
    public var paths: [String]
    /// The suite's folder, if it is set.
    public var tests: String?
    /// `module:attribute` of a web application or its factory.
    public var application: String?

    public init(
      interpreter: Interpreter, paths: [String] = ["."], tests: String? = nil,
      application: String? = nil
    ) {
      self.interpreter = interpreter
      self.paths = paths
      self.tests = tests
      self.application = application
    }
  }

  let settings: Settings
  /// The private tree on this machine.
  let tree: String
  /// Where the target sees the tree: the checkout's own path.
  let root: String
  let sandbox: Sandbox
  let kit: KitConversation
  let warmModules = WarmModules()
  let kitFolder: String

  /// Opens the private `tree` as if it lay at `root`. The session ends when the value is released.
  public init(settings: Settings, tree: String, root: String, mode: Sandbox.Mode) throws {
    self.settings = settings
    self.tree = tree
    self.root = mode == .none ? tree : root
    kitFolder = try Kit.unpack()
    let seenRoot = self.root
    let sandbox = Sandbox(
      mode: mode, readOnly: settings.interpreter.mounts() + [Mount(kitFolder)],
      writable: mode == .none ? [] : [Mount(tree, at: root)])
    self.sandbox = sandbox
    let command = Command(
      arguments: [settings.interpreter.path, "-B", kitFolder + "/" + Kit.package],
      environment: Self.environment, directory: seenRoot)
    let setting: JSON = [
      "root": .string(seenRoot), "paths": .array(settings.paths.map { .string($0) }),
      "contained": .bool(mode == .bubblewrap),
    ]
    kit = KitConversation(setting: setting) {
      try sandbox.start(
        command, limits: Limits(cpuSeconds: 600, wallSeconds: 900, outputBytes: 1 << 30))
    }
  }

  /// What the target's processes find in their environment.
  static let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": Sandbox.home, "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",
  ]

  /// Ends the target's processes and takes the unpacked kit away.
  public func close() {
    kit.stop()
    try? FileManager.default.removeItem(atPath: kitFolder)
  }

  /// The kit's greeting: the interpreter's version, and pytest's if it is there.
  public func hello() throws -> (version: [Int], pytest: String?) {
    let answer = try kit.ask("hello", [])
    guard answer["schema"]?.integer == Kit.schema else {
      throw KitError.schema(answer["schema"]?.integer ?? 0)
    }
    return ((answer["python"]?.items ?? []).compactMap(\.integer), answer["pytest"]?.text)
  }

  /// The session that the stages work with.
  public func session() -> TargetSession {
    TargetSession(
      locate: locate, parse: parse, resolve: resolve, findType: findType, handlers: handlers,
      nature: ExceptionTable.nature, run: run,
      runLater: run(_:days:), noting: Self.noting, runTest: runTest,
      source: source, print: print, style: style, requestProgram: requestPrograms,
      shownRequest: ShownRequest.read,
      requestObject: requestObject, surroundings: surroundings, double: Self.double,
      replay: replay, application: currentApplication, clock: clock, blank: Self.blank,
      search: search,
      dependencies: { try DependencyLists(search: search).dependencies(providing: $0) })
  }
}

/// The kit's files, unpacked from the binary.
enum Kit {
  static let schema = 1
  /// The package's folder; not a name that a target has.
  static let package = "nevermore_kit"

  private static let files: [(String, [UInt8])] = [
    ("__init__.py", PackageResources.__init___py),
    ("__main__.py", PackageResources.__main___py),
    ("calls.py", PackageResources.calls_py),
    ("cases.py", PackageResources.cases_py),
    ("children.py", PackageResources.children_py),
    ("clocks.py", PackageResources.clocks_py),
    ("digests.py", PackageResources.digests_py),
    ("direct.py", PackageResources.direct_py),
    ("effects.py", PackageResources.effects_py),
    ("forks.py", PackageResources.forks_py),
    ("imports.py", PackageResources.imports_py),
    ("inward.py", PackageResources.inward_py),
    ("items.py", PackageResources.items_py),
    ("judging.py", PackageResources.judging_py),
    ("measured.py", PackageResources.measured_py),
    ("mutants.py", PackageResources.mutants_py),
    ("mutations.py", PackageResources.mutations_py),
    ("observing.py", PackageResources.observing_py),
    ("operands.py", PackageResources.operands_py),
    ("patching.py", PackageResources.patching_py),
    ("plain.py", PackageResources.plain_py),
    ("renewals.py", PackageResources.renewals_py),
    ("reruns.py", PackageResources.reruns_py),
    ("run.py", PackageResources.run_py),
    ("shown.py", PackageResources.shown_py),
    ("source.py", PackageResources.source_py),
    ("spans.py", PackageResources.spans_py),
    ("suite.py", PackageResources.suite_py),
    ("suites.py", PackageResources.suites_py),
    ("swaps.py", PackageResources.swaps_py),
    ("syntax.py", PackageResources.syntax_py),
    ("touch.py", PackageResources.touch_py),
    ("tracing.py", PackageResources.tracing_py),
    ("witness.py", PackageResources.witness_py),
  ]

  /// Writes the kit into a new folder that any user may read, and returns the folder.
  static func unpack() throws -> String {
    let folder = NSTemporaryDirectory() + "nevermore-kit-\(UUID().uuidString)"
    let package = folder + "/" + Self.package
    try FileManager.default.createDirectory(
      atPath: package, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(fileURLWithPath: package + "/" + name))
    }
    return folder
  }
}
