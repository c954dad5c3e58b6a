/// A run of lines that a change took away, and the lines that stand in their place.
public struct Hunk: Sendable, Hashable {
  /// Lines of the text before, counted from 0; empty where lines were only added.
  public var before: Range<Int>
  /// Lines of the text after, counted from 0; empty where lines were only removed.
  public var after: Range<Int>

  public init(before: Range<Int>, after: Range<Int>) {
    self.before = before
    self.after = after
  }
}

/// How two texts differ, line by line.
///
/// Laws: putting the lines before in place of the lines after, in every hunk, gives the text before; between two hunks there is
/// at least one line that is the same in both; equal texts have no hunk.
public struct LineDifference: Sendable, Hashable {
  /// With their ends, so that joining them gives the text.
  public let before: [Substring]
  public let after: [Substring]
  /// In the order of the lines.
  public let hunks: [Hunk]

  public init(from old: String, to new: String) {
    before = Self.lines(of: old)
    after = Self.lines(of: new)
    hunks = Self.compare(before, after)
  }

  /// Lines as `\n` ends them; every other character belongs to its line.
  static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    let bytes = text.utf8
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(text[start..<bytes.index(after: end)])
      start = bytes.index(after: end)
    }
    if start < text.endIndex { lines.append(text[start...]) }
    return lines
  }

  private static func compare(_ before: [Substring], _ after: [Substring]) -> [Hunk] {
    // Numbers compare faster than lines, and by bytes: two spellings of one letter are two.
    var numbers: [[UInt8]: Int] = [:]
    func number(_ line: Substring) -> Int {
      let bytes = Array(line.utf8)
      if let known = numbers[bytes] { return known }
      numbers[bytes] = numbers.count
      return numbers.count - 1
    }
    let old = before.map(number)
    let new = after.map(number)
    let head = zip(old, new).prefix { $0 == $1 }.count
    let rest = min(old.count, new.count) - head
    let tail = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
    let difference = new[head..<(new.count - tail)].difference(
      from: old[head..<(old.count - tail)])
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset + head)
      case .insert(let offset, _, _): inserted.insert(offset + head)
      }
    }
    let raw = collect(removed, inserted, counts: (old.count, new.count))
    return slid(raw, old, new, indentation: (before.map(indentation), after.map(indentation)))
  }

  private static func collect(
    _ removed: Set<Int>, _ inserted: Set<Int>, counts: (old: Int, new: Int)
  ) -> [Hunk] {
    var hunks: [Hunk] = []
    var old = 0
    var new = 0
    while old < counts.old || new < counts.new {
      let start = (old, new)
      while removed.contains(old) { old += 1 }
      while inserted.contains(new) { new += 1 }
      if start != (old, new) {
        hunks.append(Hunk(before: start.0..<old, after: start.1..<new))
      } else {
        old += 1
        new += 1
      }
    }
    return hunks
  }

  /// Lines that were only added (or only removed) can often be taken one line up or down; where they begin least indented they
  /// are whole statements.
  private static func slid(
    _ hunks: [Hunk], _ old: [Int], _ new: [Int], indentation: (old: [Int], new: [Int])
  ) -> [Hunk] {
    var result: [Hunk] = []
    for (place, hunk) in hunks.enumerated() {
      let isAddition = hunk.before.isEmpty
      guard isAddition || hunk.after.isEmpty else {
        result.append(hunk)
        continue
      }
      let lines = isAddition ? new : old
      let range = isAddition ? hunk.after : hunk.before
      let previous = result.last.map { isAddition ? $0.after.upperBound : $0.before.upperBound }
      let following = hunks.dropFirst(place + 1).first.map {
        isAddition ? $0.after.lowerBound : $0.before.lowerBound
      }
      let limits = (previous.map { $0 + 1 } ?? 0)...((following ?? lines.count + 1) - 1)
      let shift = bestShift(
        of: range, in: lines, limits, isAddition ? indentation.new : indentation.old)
      result.append(hunk.shifted(by: shift))
    }
    return result
  }

  private static func bestShift(
    of range: Range<Int>, in lines: [Int], _ limits: ClosedRange<Int>, _ indentation: [Int]
  ) -> Int {
    var shifts = [0]
    var low = range
    while low.lowerBound > limits.lowerBound, lines[low.lowerBound - 1] == lines[low.upperBound - 1]
    {
      low = (low.lowerBound - 1)..<(low.upperBound - 1)
      shifts.append(low.lowerBound - range.lowerBound)
    }
    var high = range
    while high.upperBound < min(limits.upperBound, lines.count),
      lines[high.lowerBound] == lines[high.upperBound]
    {
      high = (high.lowerBound + 1)..<(high.upperBound + 1)
      shifts.append(high.lowerBound - range.lowerBound)
    }
    return shifts.min { left, right in
      let one = indentation[range.lowerBound + left]
      let other = indentation[range.lowerBound + right]
      return one == other ? left > right : one < other
    } ?? 0
  }

  /// Blanks at a line's start; a blank line is worse than any other.
  private static func indentation(_ line: Substring) -> Int {
    let blanks = line.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    let rest = line.utf8.dropFirst(blanks).first
    return rest == nil || rest == UInt8(ascii: "\n") || rest == UInt8(ascii: "\r")
      ? .max : blanks
  }
}

extension Hunk {
  fileprivate func shifted(by shift: Int) -> Hunk {
    Hunk(
      before: (before.lowerBound + shift)..<(before.upperBound + shift),
      after: (after.lowerBound + shift)..<(after.upperBound + shift))
  }
}
