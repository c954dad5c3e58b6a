import Failures
import Foundation
import Languages
import Sandboxing
import Testing

@testable import PythonTarget

/// A small tree in a folder of its own, opened with the real kit in the real sandbox, and the events that its failures send.
final class RealRepository {
  let root: String
  let target: PythonRepository
  let session: TargetSession
  private let outside: String

  init(_ files: [String: String], tests: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/target-\(UUID().uuidString)"
    root = folder + "/checkout"
    outside = folder + "/outside"
    for (path, text) in files { try Self.write(text, to: root + "/" + path) }
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    target = try PythonRepository(
      settings: .init(interpreter: Interpreter(path: try Self.interpreter.get()), tests: tests),
      tree: root, root: root,
      mode: .bubblewrap)
    session = target.session()
  }

  deinit {
    target.close()
    try? FileManager.default.removeItem(atPath: (root as NSString).deletingLastPathComponent)
  }

  private static func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Foundation.Data(text.utf8).write(to: url)
  }

  /// All files of the tree, without what interpreters and plugins keep beside them.
  var files: [String] {
    (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? [])
      .filter { !$0.contains("__pycache__") && !$0.hasPrefix(".") }.sorted()
  }

  // MARK: interpreters

  struct Failed: Error { var output: String }

  /// The interpreter behind `python3`: a shim would not start in the sandbox.
  static let interpreter = Result {
    try run(["python3", "-c", "import sys; print(sys.executable)"]).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  static let hasPytest = (try? run([interpreter.get(), "-c", "import pytest"])) != nil

  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(output: output) }
    return output
  }

  // MARK: events

  /// What production sends when this service code, which lies outside the repository, fails.
  func event(_ service: String) throws -> FailureEvent {
    let path = outside + "/service.py"
    try Self.write(service, to: path)
    try Self.write(Self.capture, to: outside + "/capture.py")
    let text = try Self.run([try Self.interpreter.get(), "-B", outside + "/capture.py", root, path])
    let sent = try JSONDecoder().decode(Sent.self, from: Foundation.Data(text.utf8))
    let frames = sent.frames.map { frame in
      Frame(
        file: frame.file, function: frame.function, line: frame.line, linesBefore: frame.before,
        sourceLine: frame.source, linesAfter: frame.after,
        variables: frame.variables.map { NamedValue($0[0], NotationReader().read($0[1])) },
        origin: frame.file.hasPrefix(root + "/")
          ? .repository(String(frame.file.dropFirst(root.count + 1)))
          : frame.file == path ? .elsewhere : .standardLibrary)
    }
    return FailureEvent(
      identifier: "e1", platform: "python",
      exceptions: [
        ExceptionRecord(type: sent.type, module: sent.module, message: sent.message, frames: frames)
      ])
  }

  private struct Sent: Decodable {
    struct Frame: Decodable {
      var file: String, function: String, line: Int, before: [String], source: String,
        after: [String]
      var variables: [[String]]
    }
    var type: String, module: String?, message: String, frames: [Frame]
  }

  private static let capture = #"""
    import json, runpy, sys
    root, service = sys.argv[1:]
    sys.path.insert(0, root)
    def shown(value):
        try:
            return repr(value)
        except BaseException:
            return "<broken>"
    try:
        runpy.run_path(service, run_name="service")
    except BaseException as caught:
        error = caught
    else:
        sys.exit("it did not fail")
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == service or code.co_filename.startswith(root):
            with open(code.co_filename, encoding="utf-8") as file:
                lines = file.read().split("\n")
            at = trace.tb_lineno - 1
            variables = [[n, shown(v)] for n, v in trace.tb_frame.f_locals.items()
                         if not n.startswith("__") and not callable(v) and type(v).__name__ != "module"]
            frames.append(dict(file=code.co_filename, function=code.co_name, line=at + 1, before=lines[max(0, at - 5):at],
                               source=lines[at], after=lines[at + 1:at + 6], variables=variables))
        trace = trace.tb_next
    kind = type(error)
    print(json.dumps(dict(type=kind.__name__, module=None if kind.__module__ == "builtins" else kind.__module__,
                          message=str(error), frames=frames)))
    """#
}
