import Failures
import Foundation
import Languages
import PythonTarget
import Sandboxing
import Synchronization
import Testing

@testable import Repairing

/// A script that plays an assistant, with a small broken tree to work on.
final class Assistant: @unchecked Sendable {
  static let files = [
    "shop/cart.py": "def average(prices):\n    return sum(prices) / len(prices)\n",
    "shop/__init__.py": "", "tests/test_old.py": "def test_old():\n    assert True\n",
    "shop/latin.py": "# caf\u{e9}\n", "README.md": "A shop.\n",
  ]
  static let testPath = "tests/test_average.py"
  static let fixed = "def average(prices):\n    return sum(prices) / len(prices) if prices else 0\n"

  let folder = FileManager.default.temporaryDirectory.path + "/assistant-\(UUID().uuidString)"
  let mark = "assistant-\(UUID().uuidString)"
  var limits = CommandLimits()
  /// The throwaway trees that were made.
  private let trees = Mutex<[String]>([])
  var root: String { folder + "/checkout" }

  init() throws {
    limits.seconds = 60
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Runs Python source as the command's program, and expects that nothing of it is left.
  func work(_ source: String, arguments: [String] = []) throws -> CommandRepairer.Result {
    let interpreter = try RealRepository.interpreter.get()
    trees.withLock { $0 = [] }
    let result = try repairer([interpreter, "-c", source, mark] + arguments).repair(task())
    #expect(try survivors().isEmpty)
    let trees = self.trees.withLock { $0 }
    #expect(trees.count == result.objections.count + result.proposals.count)
    for tree in trees {
      let folder = (tree as NSString).deletingLastPathComponent
      #expect(!FileManager.default.fileExists(atPath: folder), "\(folder)")
    }
    return result
  }

  func repairer(_ words: [String]) throws -> CommandRepairer {
    let interpreter = Interpreter(path: try RealRepository.interpreter.get())
    return CommandRepairer(
      words: words,
      workshop: Workshop(
        root: root, mounts: interpreter.mounts(), programs: [interpreter.programs],
        environment: Interpreter.environment, generated: Interpreter.generated,
        export: { [self] folder in
          trees.withLock { $0.append(folder) }
          for (path, text) in Self.files { try Self.write(text, to: "\(folder)/\(path)") }
          chmod("\(folder)/README.md", 0o755)
        }, original: { path in Self.files[path].map { Array($0.utf8) } }), limits: limits)
  }

  static func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Foundation.Data(text.utf8).write(to: url)
  }

  func task() throws -> RepairTask {
    let frame = Frame(
      file: "shop/cart.py", function: "average", line: 2, sourceLine: "return sum(prices)",
      variables: [
        NamedValue("prices", .list([])), NamedValue("token", .redacted(kind: "token")),
        NamedValue("rest", .truncated(known: .list([.integer("1")]), certain: false)),
      ], origin: .repository("shop/cart.py"))
    let event = FailureEvent(
      identifier: "e1", platform: "python",
      exceptions: [
        ExceptionRecord(type: "ZeroDivisionError", message: "division by zero", frames: [frame])
      ])
    let certificate = Certificate(
      exception: "ZeroDivisionError", messageShape: "division by zero",
      innermost: "shop/cart.py:average", path: ["shop/cart.py:average"], runs: 3, of: 3,
      counterfactual: .noInput)
    let reproduction = Reproduction(
      event: event,
      signature: FailureSignature(
        exception: "ZeroDivisionError", message: "division by zero",
        innermost: "shop/cart.py:average"),
      strategy: .frameCall, entry: "shop.cart:average",
      program: Program(entry: .name("average")), certificate: certificate, path: [], oracleCalls: 3,
      sufficiency: 1)
    let text = TestText(
      path: Self.testPath,
      source: "from shop.cart import average\n\n\ndef test_average():\n    average([])\n",
      fixtures: ["tests/data/prices.json": "[]\n"])
    let style = SuiteStyle(framework: .pytest, folder: "tests")
    return RepairTask(
      failure: "f-1",
      test: RegressionTest(
        reproduction: reproduction, style: style, text: text, marked: text, rung: .noFailure,
        reason: ""),
      crashState: [OperandState(source: "prices", condition: .empty, type: "list")],
      command: Interpreter(path: try RealRepository.interpreter.get()).command(for: text, .pytest))
  }

  private func survivors() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
      guard name.allSatisfy(\.isNumber), name != String(getpid()) else { return false }
      let words = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") ?? .init()
      return String(decoding: words, as: UTF8.self).contains(mark)
    }
  }
}
