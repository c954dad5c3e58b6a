import Failures
import Foundation
import Intake
import Interchange
import Telemetry
import Testing

@testable import nevermore

/// What OpenTelemetry's own exporters send of real crashes, beside what Sentry's client sends of the same.
@Suite struct `Real exporters` {
  struct Body {
    var path: String
    var type: String
    var bytes: [UInt8]
  }

  static let folder = Project.root.appendingPathComponent("Tests/Fixtures/opentelemetry")
  static let finder = OriginFinder(
    tree: ["production.py", "shop/__init__.py", "shop/orders.py", "shop/pricing.py"],
    checkout: folder.path)

  /// The bodies of one run, inflated as their headers say, in the order of arrival.
  static func bodies() throws -> [Body] {
    let output = try Folder()
    let run = try Python.run(
      "opentelemetry", ["production.py", output.path], at: folder.path)
    #expect(run.status == 0, "\(run.output)")
    let names = try FileManager.default.contentsOfDirectory(atPath: output.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    return try names.map { name in
      let about = try JSON(parsing: bytes("\(output.path)/\(name)"))
      return Body(
        path: about["path"]?.text ?? "", type: about["type"]?.text ?? "",
        bytes: try Inflation.inflated(
          bytes("\(output.path)/\(name.replacing(".json", with: ".body"))"),
          encoding: ContentEncoding(header: about["encoding"]?.text), limit: 1 << 20))
    }
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func batch(_ body: Body) throws -> OTLPBatch? {
    guard let signal = OTLPSignal.allCases.first(where: { $0.path == body.path }) else {
      return nil
    }
    let format = try #require(OTLPFormat(contentType: body.type))
    return try OTLPReader(language: .python).read(body.bytes, signal: signal, format: format)
  }

  @Test func `each crash is the same failure, whoever sends it and in whichever notation`() throws {
    let bodies = try Self.bodies()
    var sent: [FailureEvent] = []
    var crashes: [FailureSignature] = []
    for body in bodies {
      if let batch = try Self.batch(body) {
        #expect(batch.refused == 0 && batch.repeated == 0)
        #expect(batch.records == 1)
        sent += batch.events.map(Self.finder.placed)
        continue
      }
      let sentry = Self.finder.placed(try EventReader.ofPython.read(body.bytes))
      // Spans without compression, in gzip and in JSON; logs in protobuf and in JSON.
      #expect(sent.map(\.signature) == Array(repeating: sentry.signature, count: 5))
      for event in sent {
        #expect(event.exceptions.map(\.type) == sentry.exceptions.map(\.type))
        #expect(event.exceptions.map(\.module) == sentry.exceptions.map(\.module))
        #expect(event.exceptions.map(\.message) == sentry.exceptions.map(\.message))
        #expect(event.release == sentry.release && event.environment == sentry.environment)
        #expect(event.platform == sentry.platform)
        #expect(event.timestamp != nil)
      }
      crashes.append(sentry.signature)
      sent = []
    }
    #expect(
      crashes.map(\.description) == [
        "v1 ZeroDivisionError at shop/pricing.py:price: integer division or modulo by zero",
        "v1 KeyError at shop/orders.py:find: #",
        "v1 Order.Refused at shop/orders.py:accept: order # has no lines",
        "v1 ValueError at shop/orders.py:settle: nothing to settle",
      ])
  }

  @Test func `a server's span brings its request, and every event its trace`() throws {
    for body in try Self.bodies() where body.path == "/v1/traces" {
      let event = try #require(Self.batch(body)?.events.first)
      #expect(event.request?.method == "GET" && event.request?.query.first?.name == "day")
      #expect(event.traceIdentifier?.count == 32)
      #expect(event.transaction == event.request.map { String($0.path.dropFirst()) })
    }
  }

  @Test func `fix reads an export in JSON lines, and takes the newest failure`() throws {
    let exports = try Self.bodies().filter { $0.type == "application/json" }
    let checkout = try Checkout([:], environment: "opentelemetry", copying: Self.folder)
    try checkout.folder.write(
      exports.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n"),
      to: "export.jsonl")
    let said = try Program.run(
      [
        "fix", "\(checkout.folder.path)/export.jsonl", "--repo", checkout.path, "--config",
        checkout.configuration, "--json", "--no-ship",
      ], at: checkout.folder.path)
    let report = try said.report()
    #expect(
      report["failure"]?["signature"]?.text
        == "v1 ValueError at shop/orders.py:settle: nothing to settle", "\(said.talk)")
  }
}
