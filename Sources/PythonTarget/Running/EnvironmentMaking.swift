import Crypto
import Foundation
import Languages
import Sandboxing

/// Makes a commit's environment by the command that its configuration names, once for what its lock files say.
///
/// The command alone may use the network; it runs in the sandbox, sees a private copy of the tree, and can write nothing that stays but
/// the environment.
public struct EnvironmentMaking {
  /// The command did not make it.
  public struct Failed: Error, CustomStringConvertible {
    public let description: String
  }

  /// Where environments are kept, each in a folder of its own.
  let folder: String
  let mode: Sandbox.Mode

  public init(in folder: String, isConfined: Bool) {
    self.folder = folder
    mode = isConfined ? .bubblewrap : .none
  }

  /// The environment's interpreter. `tree` is a private copy of the commit's files, `base` what the environment is made with.
  public func interpreter(
    for tree: String, setup: String, base: Interpreter
  ) throws -> Interpreter {
    let name = Self.digest(
      Self.decisive(in: tree) + [Array(setup.utf8), Array(base.path.utf8)])
    let place = "\(folder)/\(name)"
    let made = Interpreter(path: "\(place)/bin/python")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let lock = try FileLock("\(place).lock")
    defer { withExtendedLifetime(lock) {} }
    guard access("\(place)/complete", F_OK) != 0 else { return made }
    try? FileManager.default.removeItem(atPath: place)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    do {
      try run([base.path, "-m", "venv", place], "making an environment", tree, place, base)
      try run(["/bin/sh", "-c", setup], "`python.setup`", tree, place, base)
    } catch {
      try? FileManager.default.removeItem(atPath: place)
      throw error
    }
    FileManager.default.createFile(atPath: "\(place)/complete", contents: nil)
    return made
  }

  private func run(
    _ arguments: [String], _ what: String, _ tree: String, _ place: String, _ base: Interpreter
  ) throws {
    var sandbox = Sandbox(
      mode: mode, readOnly: base.mounts(), writable: [Mount(tree), Mount(place)],
      temporaryBytes: 2 << 30)
    sandbox.hasNetwork = true
    let completion = try sandbox.run(
      Command(
        arguments: arguments,
        environment: [
          "PATH": "\(place)/bin:/usr/local/bin:/usr/bin:/bin", "VIRTUAL_ENV": place,
          "HOME": mode == .none ? tree : Sandbox.home, "LC_ALL": "C.UTF-8",
          "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1",
        ], directory: tree),
      limits: Limits(
        cpuSeconds: 1800, wallSeconds: 1800, memoryBytes: 4 << 30, fileBytes: 4 << 30,
        outputBytes: 64 << 20, openFiles: 4096))
    guard completion.succeeded else {
      throw Failed(
        description:
          "\(what) did not succeed: \(Self.lastWords(completion))\nhint: try the command in an empty environment"
      )
    }
  }

  /// The last lines that it wrote, without what steers a terminal.
  private static func lastWords(_ completion: Completion) -> String {
    let bytes = completion.errors.isEmpty ? completion.output : completion.errors
    let lines = String(decoding: bytes.suffix(2000), as: UTF8.self).split(separator: "\n").suffix(4)
    let text = lines.joined(separator: " | ")
    return text.isEmpty ? "it said nothing" : String(text.filter { !$0.isASCII || $0 >= " " })
  }

  /// The files that say what is to be installed, with their names, in a fixed order.
  private static func decisive(in tree: String) -> [[UInt8]] {
    let files = FileManager.default
    let top = (try? files.contentsOfDirectory(atPath: tree)) ?? []
    let inner = ((try? files.contentsOfDirectory(atPath: tree + "/requirements")) ?? []).map {
      "requirements/\($0)"
    }
    return (top + inner).filter(isDecisive).sorted().flatMap { name in
      [Array(name.utf8), Array(files.contents(atPath: "\(tree)/\(name)") ?? Data())]
    }
  }

  /// Of the pieces and their bounds.
  private static func digest(_ pieces: [[UInt8]]) -> String {
    var hash = SHA256()
    for piece in pieces {
      hash.update(data: Array("\(piece.count) ".utf8))
      hash.update(data: piece)
    }
    return hash.finalize().prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  private static func isDecisive(_ name: String) -> Bool {
    let names = ["pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "environment.yml"]
    return names.contains(name) || name.hasSuffix(".lock") || name.hasPrefix("requirements/")
      || (name.hasSuffix(".txt")
        && (name.hasPrefix("requirements") || name.hasPrefix("constraints")))
  }
}
