import Failures

extension NotationParser {
  mutating func list() -> CapturedValue? {
    guard take("[" as Unicode.Scalar), let (values, isWhole) = sequence(closing: "]") else {
      return nil
    }
    return marked(.list(values), isWhole)
  }

  mutating func tuple() -> CapturedValue? {
    guard take("(" as Unicode.Scalar), let (values, isWhole) = sequence(closing: ")") else {
      return nil
    }
    // Parentheses around one value without a comma are no tuple.
    if isWhole, values.count == 1, !hadTrailingComma { return nil }
    return marked(.tuple(values), isWhole)
  }

  private var hadTrailingComma: Bool {
    var place = position - 2
    while place > 0, scalars[place] == " " { place -= 1 }
    return place >= 0 && scalars[place] == ","
  }

  /// Values up to a closing bracket, and whether it was there.
  mutating func sequence(
    closing: Unicode.Scalar
  ) -> (values: [CapturedValue], isWhole: Bool)? {
    var values: [CapturedValue] = []
    while true {
      skipSpaces()
      if take(closing) { return (values, true) }
      if isCutHere() { return (values, false) }
      guard let value = element(until: [",", closing]) else { return nil }
      if value != .unread { values.append(value) }
      skipSpaces()
      if take("," as Unicode.Scalar) { continue }
      if take(closing) { return (values, true) }
      if isCutHere() { return (values, false) }
      return nil
    }
  }

  /// A map or a set.
  mutating func braces() -> CapturedValue? {
    guard take("{" as Unicode.Scalar) else { return nil }
    skipSpaces()
    if take("}" as Unicode.Scalar) { return .map([]) }
    let start = position
    if let map = map() { return map }
    position = start
    guard let (values, isWhole) = sequence(closing: "}") else { return nil }
    return marked(.set(values, frozen: false), isWhole)
  }

  private mutating func map() -> CapturedValue? {
    var entries: [MapEntry] = []
    while true {
      skipSpaces()
      if take("}" as Unicode.Scalar) { return .map(entries) }
      if isCutHere() { return marked(.map(entries), false) }
      guard let key = element(until: [":", ",", "}"]) else { return nil }
      skipSpaces()
      guard take(":" as Unicode.Scalar) else {
        return isCutHere() && !entries.isEmpty ? marked(.map(entries), false) : nil
      }
      skipSpaces()
      if isCutHere() {
        entries.append(MapEntry(key: key, value: .unread))
        return marked(.map(entries), false)
      }
      guard let value = element(until: [",", "}"]) else { return nil }
      entries.append(MapEntry(key: key, value: value))
      skipSpaces()
      if take("," as Unicode.Scalar) { continue }
      if take("}" as Unicode.Scalar) { return .map(entries) }
      return isCutHere() ? marked(.map(entries), false) : nil
    }
  }

  /// Takes the mark of a sender's cut, or its end that a string before it has taken already.
  mutating func isCutHere() -> Bool {
    guard isAtCut else { return false }
    position = end
    return true
  }

  func marked(_ value: CapturedValue, _ isWhole: Bool) -> CapturedValue {
    isWhole ? value : .truncated(known: value, certain: true)
  }
}
