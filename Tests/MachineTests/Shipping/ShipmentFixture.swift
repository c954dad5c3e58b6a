import Failures
import Foundation

@testable import Shipping

/// A shipment of one test for the failure `f-1`.
func shipment(
  base: Revision, failure: String = "f-1", path: String = "tests/test_cart.py",
  text: String = "def test_cart(): pass\n"
) -> Shipment {
  Shipment(
    base: base, files: [path: Array(text.utf8)],
    message: CommitMessage(
      failure: failure,
      signature: FailureSignature(
        exception: "KeyError", message: "'eur'", innermost: "shop/cart.py:total"),
      reproduction: .init(strategy: "call", runs: 3, of: 3),
      subject: "Test a KeyError in total", body: ["Seen in production."]),
    instant: Date(timeIntervalSince1970: 1_700_000_000))
}
