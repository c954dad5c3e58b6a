import Testing

@testable import Validating

struct LineDifferenceTests {
  @Test(arguments: 0..<300)
  func `putting every hunk back gives the text before`(_ seed: UInt64) {
    let (old, new) = Self.texts(seed)
    let difference = LineDifference(from: old, to: new)
    var lines = difference.after
    for hunk in difference.hunks.reversed() {
      lines.replaceSubrange(hunk.after, with: difference.before[hunk.before])
    }
    #expect(lines.joined() == old)
    #expect(difference.after.joined() == new)
  }

  @Test(arguments: 0..<300)
  func `between two hunks the lines are the same`(_ seed: UInt64) {
    let (old, new) = Self.texts(seed)
    let difference = LineDifference(from: old, to: new)
    for (hunk, next) in zip(difference.hunks, difference.hunks.dropFirst()) {
      let before = difference.before[hunk.before.upperBound..<next.before.lowerBound]
      let after = difference.after[hunk.after.upperBound..<next.after.lowerBound]
      #expect(!before.isEmpty && Array(before) == Array(after))
    }
    #expect(difference.hunks.isEmpty == (old == new))
  }

  @Test func `an inserted branch is taken as a whole`() {
    let old = "def f(a):\n    if a:\n        return 1\n    return 2\n"
    let new =
      "def f(a):\n    if not a:\n        return 1\n    if a:\n        return 1\n    return 2\n"
    let difference = LineDifference(from: old, to: new)
    #expect(difference.hunks == [Hunk(before: 1..<1, after: 1..<3)])
  }

  @Test func `two spellings of a letter are a difference`() {
    #expect(LineDifference(from: "a = 'e\u{301}'\n", to: "a = '\u{e9}'\n").hunks.count == 1)
  }

  @Test func `a line end that is missing is a difference of the last line`() {
    let difference = LineDifference(from: "a\r\nb\r\n", to: "a\r\nb")
    #expect(difference.hunks == [Hunk(before: 1..<2, after: 1..<2)])
  }

  private static func texts(_ seed: UInt64) -> (String, String) {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<generator.below(12)).map { _ in line(&generator) }
    var changed = lines
    for _ in 0..<generator.below(5) {
      let place = generator.below(changed.count + 1)
      switch generator.below(3) {
      case 0: changed.insert(line(&generator), at: place)
      case 1 where place < changed.count: changed.remove(at: place)
      default: if place < changed.count { changed[place] = line(&generator) }
      }
    }
    return (lines.joined(), changed.joined())
  }

  private static func line(_ generator: inout SeededGenerator) -> String {
    String(repeating: "  ", count: generator.below(3)) + ["a", "b", "", "é"][generator.below(4)]
      + "\n"
  }
}
