import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// The whole loop on services that fail under the real sentry-sdk.
  struct ServiceTests {
    @Test(arguments: [
      ("fastapi-service", 1, "request-replay", "ValueError", "rooms/recurrence.py:occurrences"),
      ("fastapi-service", 2, nil, "IndexError", "rooms/availability.py:first_gap"),
      ("django-service", 1, "request-replay", "ValueError", "library/search.py:parse_query"),
      ("django-service", 2, nil, "TypeError", "library/fines.py:total"),
    ])
    func `a failure of a service reproduces`(
      _ service: String, _ number: Int, _ strategy: String?, _ exception: String, _ place: String
    ) throws {
      let fixture = Project.root.appendingPathComponent("Tests/Fixtures/\(service)")
      let production = fixture.appendingPathComponent("production.py").path
      let settings = try Project.text("Tests/Fixtures/\(service)/repo/nevermore.yaml")
        .split(separator: "\n").filter { $0.hasPrefix("  ") }.joined(separator: "\n")
      let checkout = try Checkout(
        [:], environment: service, copying: fixture.appendingPathComponent("repo"),
        settings: settings)
      try checkout.git(["tag", "\(service)@1.0.0"])
      let capture = Project.root.appendingPathComponent("Tests/Fixtures/capture.py").path
      let captured = try Python.run(
        service,
        [capture, "\(checkout.folder.path)/events", production, "--repo", checkout.path],
        at: checkout.folder.path)
      #expect(captured.status == 0, "\(captured.output)")
      #expect(try checkout.git(["status", "--porcelain"]).isEmpty)

      let said = try Program.run(
        [
          "fix", "events/0\(number).envelope", "--repo", checkout.path, "--config",
          checkout.configuration, "--json", "--no-ship",
        ], at: checkout.folder.path)
      #expect(said.status == 10, "\(said.talk)\(said.output)")
      let report = try said.report()
      #expect(report["failure"]?["exception"]?.text == exception)
      #expect(report["failure"]?["signature"]?.text?.contains(place) == true)
      if let strategy { #expect(report["reproduction"]?["strategy"]?.text == strategy) }
      try expectRed(report, exception, in: checkout, environment: service)
    }

    /// The test fails for the exception under the service's own pytest, whatever the report says.
    private func expectRed(
      _ report: JSON, _ exception: String, in checkout: Checkout, environment: String
    ) throws {
      let path = try #require(report["test"]?["path"]?.text)
      try checkout.write(try #require(report["test"]?["source"]?.text), to: path)
      for fixture in report["test"]?["fixtures"]?.members ?? [] {
        try checkout.write(fixture.value.text ?? "", to: fixture.key)
      }
      let suite = try Python.run(
        environment, ["-m", "pytest", "-q", "-p", "no:cacheprovider", path], at: checkout.path)
      #expect(suite.status == 1, "\(suite.output)")
      #expect(suite.output.contains("1 failed") && suite.output.contains(exception))
    }
  }
}
