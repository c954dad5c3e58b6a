import Failures
import Foundation
import Languages
import Testing

@testable import Reproducing
@testable import TestWriting

/// What a test is called, where its file lies, and what its comment may hold.
@Suite struct TestNameTests {
  private func name(_ reproduction: Reproduction) -> TestName {
    TestName(reproduction: reproduction, failure: "abc123def456")
  }

  @Test func `a name says what does not raise what`() {
    #expect(
      name(WriterSituation.reproduction(exception: "ZeroDivisionError")).words
        == "total does not raise zero division error")
    let initializer = StageSituation.function("__init__", owner: ["Basket"], role: .initializer)
    #expect(
      name(WriterSituation.reproduction(initializer)).words
        == "basket init does not raise value error")
    let request = WriterSituation.reproduction(
      strategy: .requestReplay, entry: "GET /orders/7?token=5ecret")
    #expect(name(request).words == "get orders 7 does not raise value error")
  }

  @Test(arguments: 0..<500)
  func `a path is new, in the folder, and found by the suite's pattern`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "../", "/", "a", "Total", "__", "é", "\u{0}", ".py", " ", "\n", "test", "x'", "~", "\\", "日",
    ]
    let odd = (0..<generator.below(30)).map { _ in pieces[generator.below(pieces.count)] }.joined()
    let function = StageSituation.function(odd)
    let reproduction = WriterSituation.reproduction(
      function, exception: generator.below(2) == 0 ? odd : "KeyError")
    var style = SuiteStyle(
      framework: .pytest, folder: ["", "tests", "tests/unit"][generator.below(3)],
      filePattern: generator.below(2) == 0 ? .prefix : .suffix)
    for _ in 0..<4 {
      let path = name(reproduction).path(in: style)
      #expect(!style.files.contains(path))
      let folder = style.folder.isEmpty ? "" : style.folder + "/"
      #expect(path.hasPrefix(folder))
      let file = String(path.dropFirst(folder.count))
      #expect(
        file.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") },
        "\(path)")
      #expect(
        style.filePattern == .prefix
          ? file.hasPrefix("test_") : file.hasSuffix("_test.py") || file.hasPrefix("test_"))
      #expect(file.utf8.count < 120 && file.hasSuffix(".py"))
      style.files.append(path)
      if path.contains("test_nevermore_") { break }
    }
  }

  @Test func `a comment stays in its lines whatever the event holds`() throws {
    let hostile =
      "1.0\nimport os\r\u{2028}os.system('id')\u{0}\u{85}" + String(repeating: "x", count: 900)
    var event = StageSituation.event(
      hostile, hostile, [StageSituation.frame("shop/pricing.py", "total")])
    event.release = hostile
    event.timestamp = Date(timeIntervalSince1970: 0)
    var reproduction = WriterSituation.reproduction(event: event)
    reproduction.signature = FailureSignature(
      exception: hostile, message: hostile, innermost: hostile)
    let plans = WriterSituation.Plans()
    _ = try WriterSituation.write(reproduction, WriterSituation.session(plans: plans))
    let comments = plans.seen.withLock { $0.flatMap(\.comment) }
    #expect(!comments.isEmpty)
    for line in comments {
      #expect(line.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
    }
    #expect(comments.joined().contains("abc123def456"))
  }
}
