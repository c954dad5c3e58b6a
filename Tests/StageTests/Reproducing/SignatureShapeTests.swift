import Failures
import Foundation
import Testing

/// What makes two messages alike, against the same rule as a regular expression.
@Suite struct SignatureShapeTests {
  /// The rule in the words of another engine: replaced, first line, 80 code points.
  private static func expected(_ message: String) throws -> String {
    let rule = try NSRegularExpression(
      pattern: #"("[^"]*"|'[^']*'|\b0x[0-9a-f]+\b|-?\d+(\.\d+)?)"#)
    let range = NSRange(message.startIndex..., in: message)
    let replaced = rule.stringByReplacingMatches(in: message, range: range, withTemplate: "#")
    let line = replaced.unicodeScalars.prefix { $0 != "\n" }
    return String(String.UnicodeScalarView(line.prefix(80)))
  }

  @Test(arguments: 0..<4000)
  func `the shape is what the rule replaces`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "'", "\"", "0x", "0x7f3a", "0xZZ", "x", "a", "f", "1", "23", "-4", "-", ".", "5.75", "1.2.3",
      " ", "_", "\n",
      "é", "٣", "key", "can't", "<shop.Basket object at 0x7f>", "'a\nb'", "\"", "(", ")", ":",
      "expected ", "0", "\r",
      "ab12cd", "\t", String(repeating: "long ", count: 9),
    ]
    let message = (0..<generator.below(24)).map { _ in pieces[generator.below(pieces.count)] }
      .joined()
    #expect(
      FailureSignature.shape(of: message) == (try Self.expected(message)),
      "\(message.debugDescription)")
  }

  @Test(arguments: [
    ("division by zero", "division by zero"), ("'total'", "#"),
    ("list index 17 out of range", "list index # out of range"),
    ("invalid literal for int() with base 10: 'abc'", "invalid literal for int() with base #: #"),
    ("<Basket object at 0x7f1a> of -3.5", "<Basket object at #> of #"), ("first\nsecond", "first"),
    ("", ""),
    ("column a1 of T2", "column a# of T#"),
  ])
  func `messages of one cause have one shape`(message: String, shape: String) {
    #expect(FailureSignature.shape(of: message) == shape)
  }

  @Test func `a quote without an end does not cost the square of the message`() {
    let message =
      "\"" + String(repeating: "' ", count: 1) + String(repeating: "x", count: 2_000_000)
    #expect(FailureSignature.shape(of: message).unicodeScalars.count == 80)
  }
}
