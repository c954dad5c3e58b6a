import Foundation

extension Finds {
  /// What a configuration's own patterns find.
  mutating func add(_ rules: [ScrubRule], in bytes: [UInt8]) {
    guard !rules.isEmpty else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    for rule in rules {
      guard let pattern = try? NSRegularExpression(pattern: rule.pattern) else { continue }
      let whole = NSRange(text.startIndex..., in: text)
      for match in pattern.matches(in: text, range: whole) {
        let group = match.numberOfRanges > 1 ? match.range(at: 1) : match.range
        guard let range = Range(group, in: text), !range.isEmpty else { continue }
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        let end = text.utf8.distance(from: text.startIndex, to: range.upperBound)
        guard end <= bytes.count else { continue }
        secrets.append(Secret(start..<end, rule.kind))
      }
    }
  }
}

extension ScrubRule {
  /// Why its pattern cannot be used; `nil` where it can.
  public var objection: String? {
    if kind.wholeMatch(of: /[a-z][a-z0-9-]{0,31}/) == nil {
      return "its kind is no word of small letters"
    }
    if pattern.isEmpty || (try? NSRegularExpression(pattern: pattern)) == nil {
      return "its pattern is no regular expression"
    }
    return nil
  }
}
