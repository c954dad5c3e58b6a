import Languages
import Testing

@testable import Validating

/// Recorded calls of both sides, and what counts as the same.
@Suite struct CallComparisonTests {
  private static let place = FunctionPlace(path: "shop/a.py", name: "total")

  private static func call(
    _ input: String, test: String = "t1", result: String? = "r", type: String? = "int",
    raised: String? = nil, after: String = "i", effects: [String] = [], isExact: Bool = true
  ) -> CallRecord {
    CallRecord(
      function: place, test: test, input: input, result: result, resultType: type, raised: raised,
      inputAfter: after, effects: effects, isExact: isExact)
  }

  private static func compare(_ before: [CallRecord], _ after: [CallRecord]) -> CallComparison {
    CallComparison(before: before, after: after, unstable: ["flaky"], failure: "KeyError")
  }

  @Test func `results, types, exceptions, mutated arguments and effects have to be equal`() {
    let before = Self.call("a")
    #expect(Self.compare([before], [before]).equal == 1)
    let others = [
      Self.call("a", result: "s"), Self.call("a", type: "str"),
      Self.call("a", result: nil, type: nil, raised: "ValueError: x"),
      Self.call("a", after: "j"), Self.call("a", effects: ["wrote x"]),
    ]
    for other in others {
      let found = Self.compare([before], [other])
      #expect(found.differences.count == 1, "\(other)")
      #expect(found.equal == 0)
    }
  }

  @Test func `what failed as the failure does is mended, what was refused otherwise is compared`() {
    let same = Self.call("a", result: nil, type: nil, raised: "builtins.KeyError: #")
    let other = Self.call("b", result: nil, type: nil, raised: "ShopError: #")
    let found = Self.compare([same, other], [Self.call("a"), Self.call("b")])
    #expect(found.mended == 1)
    #expect(found.differences.map(\.what) == ["it gives a result where it raised `ShopError: #`"])
  }

  @Test func `inexact digests are counted and left out, and so are unstable tests`() {
    let found = Self.compare(
      [Self.call("a", isExact: false), Self.call("b", test: "flaky")],
      [Self.call("a", result: "s", isExact: false), Self.call("b", test: "flaky", result: "s")])
    #expect(found.inexact == 1)
    #expect(found.differences.isEmpty)
    #expect(found.equal == 0)
  }

  @Test func `a call that differs from itself without the patch says nothing`() {
    let before = [Self.call("a", result: "1"), Self.call("b", result: "1")]
    let after = [Self.call("a", result: "2"), Self.call("b", result: "2")]
    let again = [Self.call("a", result: "3"), Self.call("b", result: "1")]
    let found = CallComparison(
      before: before, after: after, unstable: [], failure: "KeyError", again: again)
    #expect(found.unstable == 1)
    #expect(found.differences.count == 1, "the other is the same in both runs")
  }

  @Test func `calls are matched by function, test and input, and by their order`() {
    let found = Self.compare(
      [Self.call("a", result: "1"), Self.call("a", result: "2"), Self.call("b", test: "t2")],
      [Self.call("b", test: "t2"), Self.call("a", result: "1"), Self.call("a", result: "2")])
    #expect(found.equal == 3)
  }
}
