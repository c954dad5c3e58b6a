import Failures
import Foundation

@testable import Shipping

/// A shipment of one test for the failure `f-1`.
func shipment(
  base: Revision, failure: String = "f-1", path: String = "tests/test_cart.py",
  text: String = "def test_cart(): pass\n"
) -> Shipment {
  Shipment(
    base: base,
    steps: [
      Shipment.Step(
        files: [path: Array(text.utf8)],
        message: CommitMessage(
          failure: failure, signature: signature,
          reproduction: .init(strategy: "call", runs: 3, of: 3),
          subject: "Test a KeyError in total", body: ["Seen in production."]))
    ], instant: Date(timeIntervalSince1970: 1_700_000_000))
}

private let signature = FailureSignature(
  exception: "KeyError", message: "'eur'", innermost: "shop/cart.py:total")

extension Shipment {
  /// With a second commit: the fix, and the test without its mark.
  func fixed(
    _ files: [String: [UInt8]?] = ["shop/cart.py": Array("fixed\n".utf8)],
    test: String = "def test_cart(): pass  # unmarked\n"
  ) -> Shipment {
    var both = self
    var all = files
    for path in steps[0].files.keys { all[path] = Array(test.utf8) }
    both.steps.append(
      Step(
        files: all,
        message: CommitMessage(
          failure: failure, signature: signature, reproduction: nil,
          subject: "Fix KeyError in total",
          body: ["A currency without a rate reached total."], verdict: verdict,
          origin: .template("missing-key"))))
    return both
  }

  private var verdict: Verdict {
    Verdict(
      decision: .accepted,
      gates: Gate.Name.allCases.map { name in
        Gate(name, name == .suite ? .notRun : .passed, "It was seen.")
      })
  }
}
