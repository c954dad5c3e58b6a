import Foundation
import Intake
import Testing

/// What nobody can have back is said.
@Suite struct `Truncated logs` {
  let log: WrittenLog

  init() throws { log = try WrittenLog() }

  @Test func `a copied and truncated log is read on from its start`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(3)
    reader.look()
    try log.copy()
    try log.truncate()
    reader.look()
    try log.writeLines(2)
    reader.finish()
    #expect(reader.lines == log.written)
    #expect(reader.notices == [.truncated(halfLine: 0)])
  }

  @Test func `what was written between a look and a truncation is lost, and that is said`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(3)
    reader.look()
    try log.writeLines(2)
    try log.write("half")
    reader.look()
    try log.truncate()
    reader.look()
    #expect(reader.notices == [.truncated(halfLine: 4)])
    #expect(reader.lines == log.written)
    try log.writeLines(1)
    reader.look()
    try log.writeLines(2)
    try log.truncate()
    let lost = log.written.suffix(2)
    try log.write("after\n")
    reader.look()
    #expect(reader.lines == log.written.filter { !lost.contains($0) })
    #expect(reader.notices.count == 2)
  }

  @Test func `a log that grew again beyond the place is known by its first bytes`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(3)
    reader.look()
    try log.truncate()
    try log.writeLines(9)
    reader.look()
    #expect(reader.lines == log.written)
    #expect(reader.notices == [.truncated(halfLine: 0)])
  }

  @Test func `a truncation while nobody looked is said after the restart`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(3)
    reader.look()
    reader.stop()
    try log.truncate()
    try log.writeLines(6)
    reader.restart()
    reader.look()
    #expect(reader.lines == log.written)
    #expect(reader.notices == [.truncated(halfLine: 0)])
  }

  @Test func `a log that was removed while nobody looked is said after the restart`() throws {
    var reader = FollowedLog(log.path)
    try log.writeLines(3)
    reader.look()
    reader.stop()
    // The old file keeps its number in use, so that the new one is another.
    try FileManager.default.linkItem(atPath: log.path, toPath: "\(log.folder)/kept")
    try log.remove()
    reader.restart()
    reader.look()
    #expect(reader.notices.isEmpty && reader.position != nil)
    try log.reopen()
    try log.writeLines(2)
    reader.finish()
    #expect(reader.lines == log.written)
    #expect(reader.notices == [.placeLost])
  }
}
