import Foundation
import Intake
import Testing

/// Writers, rotation, truncation and restarts in any order: nothing is lost but what nobody can have, and nothing comes twice.
@Suite struct `Laws of following` {
  @Test(arguments: 0..<150)
  func `nothing is lost and nothing comes twice, through rotation and restarts`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let log = try WrittenLog()
    var reader = FollowedLog(log.path)
    // What was rotated away before the first look of all was never to be followed.
    reader.look()
    var isUp = true
    for _ in 0..<40 {
      switch generator.below(9) {
      case 0, 1, 2: try log.writeLines(generator.below(5))
      case 3: try log.write(String(log.fresh().prefix(generator.below(20))))
      case 4: try log.rotate()
      case 5:
        if isUp { reader.stop() } else { reader.restart() }
        isUp.toggle()
      default: if isUp { reader.look() }
      }
    }
    if !isUp { reader.restart() }
    try log.write("\n")
    reader.finish()
    #expect(reader.lines == log.written)
    #expect(reader.notices.isEmpty)
    #expect(Set(reader.places).count == reader.places.count)
  }

  @Test(arguments: 0..<150)
  func `a truncation costs what nobody had looked at, and is said`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let log = try WrittenLog()
    var reader = FollowedLog(log.path)
    reader.look()
    var lost: Set<String> = []
    var isLooked = true
    // A file that was empty when it was last looked at shows nothing of what came and went since.
    var wasEmpty = true
    var mustSay = false
    for _ in 0..<40 {
      switch generator.below(8) {
      case 0, 1, 2: try log.writeLines(generator.below(5))
      case 3:
        try log.rotate()
        isLooked = false
      case 4 where isLooked:
        lost.formUnion(Set(log.current).subtracting(reader.lines))
        mustSay = mustSay || !wasEmpty
        wasEmpty = true
        if generator.below(2) == 0 { try? log.copy() }
        try log.truncate()
      default:
        reader.look()
        isLooked = true
        wasEmpty = log.current.isEmpty
      }
    }
    reader.finish()
    let missing = log.written.filter { !reader.lines.contains($0) }
    #expect(reader.lines == log.written.filter { !missing.contains($0) })
    #expect(lost.isSuperset(of: missing))
    #expect(!reader.notices.isEmpty || !mustSay)
  }

  @Test(arguments: 0..<100)
  func `however a file's bytes arrive, its lines are the same`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let log = try WrittenLog()
    var reader = FollowedLog(log.path)
    let text = (0..<30).map { _ in log.fresh() + "\n" }.joined()
    var rest = text[...]
    while !rest.isEmpty {
      let piece = rest.prefix(generator.below(generator.below(200) + 1))
      try log.write(String(piece))
      rest = rest.dropFirst(piece.count)
      if generator.below(3) == 0 { reader.look() }
      if generator.below(9) == 0 { reader.restart() }
    }
    reader.look()
    #expect(reader.lines == log.written && reader.lines.count == 30)
  }
}
