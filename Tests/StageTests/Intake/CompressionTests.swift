import Failures
import Foundation
import Intake
import Testing

@Suite struct `Compressed bodies` {
  static let plain =
    #"{"event_id": "e1", "platform": "python", "exception": {"values": [{"type": "KeyError", "value": "'x'"}]}}"#
  /// What Python's gzip and zlib make of ``plain``.
  static let gzip =
    "H4sIAAAAAAACA6tWSi1LzSuJz0xRslJQSjVU0lFQKshJLEnLL8oFiRRUlmTk54FEUyuSUwtKMoEcK4VqpbLEnNLU"
    + "YiAzulqppLIgFaTWO7XStagovwikGiwPElSvUFeqja2tBQCY15qeaQAAAA=="
  static let zlib =
    "eJyrVkotS80ric9MUbJSUEo1VNJRUCrISSxJyy/KBYkUVJZk5OeBRFMrklMLSjKBHCuFaqWyxJzS1GIgM7paqaSy"
    + "IBWk1ju10rWoKL8IpBosDxJUr1BXqo2trQUA9Zohaw=="

  @Test(arguments: [gzip, zlib])
  func `gzip and deflate are read like the plain event`(encoded: String) throws {
    let body = try #require(Data(base64Encoded: encoded))
    let plain = try eventReader.read(Array(Self.plain.utf8))
    #expect(try eventReader.read(Array(body)) == plain)
    #expect(plain.identifier == "e1")
    #expect(plain.exception?.type == "KeyError")
  }

  @Test(arguments: [gzip, zlib])
  func `a cut or damaged body is refused whole`(encoded: String) throws {
    let body = Array(try #require(Data(base64Encoded: encoded)))
    for length in 3..<body.count {
      #expect(throws: IntakeError.damagedCompression) {
        try eventReader.read(Array(body.prefix(length)))
      }
    }
    var flipped = body
    flipped[body.count / 2] ^= 0x55
    #expect(throws: IntakeError.self) { try eventReader.read(flipped) }
  }

  @Test func `a small body that inflates beyond the limit is refused`() throws {
    let reader = EventReader(sizeLimit: 40) { .string($0) }
    let body = try #require(Data(base64Encoded: Self.spaces))
    #expect(throws: IntakeError.inflatesTooLarge(limit: 40)) { try reader.read(Array(body)) }
    #expect(throws: IntakeError.tooLarge(limit: 40)) {
      try reader.read(Array(Self.plain.utf8))
    }
  }

  /// Three thousand spaces in gzip.
  static let spaces =
    "H4sIAAAAAAACA+3BMQEAAADCoCrrn9IaHkABAADvBqyR8Be4CwAA"
}
