import Foundation
import Intake
import Testing

/// Real files, in the ways in which logs come and go.
@Suite struct `Following a log` {
  let log: WrittenLog

  init() throws { log = try WrittenLog() }

  @Test func `lines are given out as they are written, and half a line waits for its rest`() throws
  {
    var reader = FollowedLog(log.path)
    try log.writeLines(2)
    reader.look()
    try log.write("half")
    reader.look()
    #expect(reader.lines == log.written)
    try log.write(" and rest\nnext\n\n")
    reader.look()
    #expect(reader.lines == log.written)
    #expect(reader.lines.suffix(3) == ["half and rest", "next", ""])
    #expect(Set(reader.places).count == reader.lines.count)
    #expect(reader.notices.isEmpty)
  }

  @Test func `a file that is renamed is read to its end, late lines too, before the new one`()
    throws
  {
    var reader = FollowedLog(log.path)
    try log.writeLines(2)
    reader.look()
    try log.writeLines(2)
    try log.rename()
    reader.look()
    try log.writeLines(1)
    reader.look()
    try log.reopen()
    try log.writeLines(2)
    reader.finish()
    #expect(reader.lines == log.written)
    #expect(reader.notices.isEmpty)
  }

  @Test func `a writer that goes on in the renamed file for a while loses nothing`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(2)
    reader.look()
    try log.rename()
    try Data().write(to: URL(fileURLWithPath: log.path))
    for _ in 0..<3 {
      reader.look()
      reader.look()
      try log.writeLines(1)
    }
    reader.look()
    try log.reopen()
    try log.writeLines(2)
    reader.finish()
    #expect(reader.lines == log.written)
  }

  @Test func `a half line that was rotated away is a line, once nobody writes there any more`()
    throws
  {
    var reader = FollowedLog(log.path)
    try log.write("one\nhalf")
    reader.look()
    try log.rotate()
    try log.write("three\n")
    reader.finish()
    #expect(reader.lines == ["one", "half", "three"])
  }

  @Test func `several rotations between two looks lose nothing`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(1)
    reader.look()
    for _ in 0..<4 {
      try log.writeLines(2)
      try log.rotate()
    }
    try log.writeLines(1)
    reader.finish()
    #expect(reader.lines == log.written)
  }

  @Test func `a log that vanishes and comes back is followed on`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(2)
    reader.look()
    try log.writeLines(1)
    try log.remove()
    reader.finish()
    #expect(reader.lines == log.written)
    try log.reopen()
    try log.writeLines(2)
    reader.finish()
    #expect(reader.lines == log.written)
  }

  @Test func `a log that is not there yet is followed from its first line on`() throws {
    try log.remove()
    var reader = FollowedLog(log.path, from: .end)
    reader.look()
    #expect(reader.lines.isEmpty && reader.position == nil)
    try log.reopen()
    try log.writeLines(2)
    reader.look()
    #expect(reader.lines == log.written)
  }

  @Test func `from the end on, only whole new lines are given out`() throws {
    try log.write("old\nbegun")
    var reader = FollowedLog(log.path, from: .end)
    reader.look()
    try log.write(" before\nnew\n")
    reader.look()
    #expect(reader.lines == ["new"])
    #expect(reader.places.first?.hasSuffix(":17") == true)
  }

  @Test func `a line above the limit is stepped over and counted, and costs no others`() throws {
    var reader = FollowedLog(log.path, lineLimit: 100)
    try log.write("a\n" + String(repeating: "x", count: 300_000))
    reader.look()
    try log.write(String(repeating: "x", count: 300_000) + "\nb\n")
    reader.look()
    #expect(reader.lines == ["a", "b"])
    #expect(reader.notices == [.oversized(bytes: 600_001)])
    #expect(reader.places.last?.hasSuffix(":600003") == true)
  }

  @Test func `what is a folder, or a link to nowhere, is no log, and does no harm`() throws {
    try log.remove()
    try FileManager.default.createDirectory(
      atPath: log.path, withIntermediateDirectories: false)
    var reader = FollowedLog(log.path)
    reader.look()
    #expect(reader.notices == [.unreadable] && reader.lines.isEmpty)
  }

  @Test func `files of other names beside the log are left alone`() throws {
    try log.writeLines(1)
    var reader = FollowedLog(log.path)
    reader.look()
    for name in ["app.log.gz", "app.log.1.gz", "app.log.bak", "other.log.1", "app.logs"] {
      try "no\n".write(toFile: "\(log.folder)/\(name)", atomically: true, encoding: .utf8)
    }
    try log.rotate()
    try log.writeLines(1)
    reader.finish()
    #expect(reader.lines == log.written)
  }
}
