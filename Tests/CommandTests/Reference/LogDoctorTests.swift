import Foundation
import Testing

/// What `nevermore doctor --log` says of lines that real libraries wrote.
@Suite struct LogDoctorTests {
  private static func doctor(_ log: String) throws -> Program {
    try Program.run(
      ["doctor", "--log", log], at: Project.root.path + "/Tests/Fixtures/logs")
  }

  @Test func `a line of the Elastic schema lacks values, state, request and release`() throws {
    let said = try Self.doctor("ecs-logging.jsonl")
    #expect(said.status == 12)
    try expectGolden(said.output, "doctor-log.txt")
  }

  @Test func `the probe's own line inside a request lacks nothing`() throws {
    let said = try Self.doctor("nevermore-request.jsonl")
    #expect(said.status == 0 && !said.output.contains("lack"))
  }

  @Test func `a log without a failure, and no log at all, are refused with a hint`() throws {
    for name in ["README.md", "none.txt"] {
      let said = try Self.doctor(name)
      #expect(said.status == 64 && said.talk.contains("hint: "), "\(said.talk)")
    }
  }
}
