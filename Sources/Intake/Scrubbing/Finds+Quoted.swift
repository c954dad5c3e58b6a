extension Finds {
  /// The content of the quoted text whose opening quote is at `start`, with `escapes` backslashes before each quote; up
  /// to the end where the closing one is cut off.
  static func quoted(_ bytes: [UInt8], from start: Int, escapes: Int) -> Range<Int> {
    let quote = bytes[start]
    var position = start + 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\") {
        var closing = position
        while closing < bytes.count, bytes[closing] == UInt8(ascii: "\\") { closing += 1 }
        let run = closing - position
        if escapes > 0, run == escapes, closing < bytes.count, bytes[closing] == quote {
          return (start + 1)..<position
        }
        let steps = escapes == 0 && run % 2 == 1 ? run + 1 : run
        position += max(steps, 1)
      } else if bytes[position] == quote, escapes == 0 {
        return (start + 1)..<position
      } else {
        position += 1
      }
    }
    return (start + 1)..<bytes.count
  }
}

extension [UInt8] {
  /// How many backslashes stand right before a position.
  func backslashes(before position: Int) -> Int {
    var start = position
    while start > 0, self[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    return position - start
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// The first place of a text at or after a position.
  func firstRange(of text: StaticString, from start: Int? = nil) -> Int? {
    let length = text.utf8CodeUnitCount
    let first = text.utf8Start[0]
    var position = start ?? startIndex
    while position + length <= endIndex {
      if self[position] == first,
        (1..<length).allSatisfy({ self[position + $0] == text.utf8Start[$0] })
      {
        return position
      }
      position += 1
    }
    return nil
  }
}
