import Foundation
import Interchange
import Storage
import Testing

@testable import Daemon

/// The figures, over failures whose fates are known.
struct InsightsTests {
  private static func scene() async throws -> PageScene {
    let scene = try PageScene()
    let ends: [JSON] = [
      ["outcome": "fixed", "reproduction": ["runs": 3], "branch": "nevermore/a"],
      ["outcome": "tested", "reproduction": ["runs": 3], "branch": "nevermore/b"],
      ["outcome": "stopped", "stop": ["reason": "=cmd, dependency-down"], "reproduction": nil],
      ["outcome": "stopped", "stop": ["reason": "already-fixed"], "reproduction": ["runs": 3]],
    ]
    for (place, end) in ends.enumerated() {
      try await scene.failure("aaaaaaaaaaa\(place)", HostileWords.event)
      try scene.work(end, findings: [("triage", "deserves a test"), ("reproduce", "3 of 3")])
    }
    try await scene.failure("bbbbbbbbbbbb", HostileWords.event)
    return scene
  }

  @Test func `every rung of the funnel is of the one before`() async throws {
    let insights = try await Self.scene().store.insights()
    #expect(insights.funnel.map(\.name).first == "captured")
    #expect(insights.funnel.map(\.count) == [5, 4, 3, 1, 0, 0])
    #expect(insights.funnel.map(\.of) == [5, 5, 4, 3, 1, 0])
  }

  @Test func `every failure has one end, and stops have their reason`() async throws {
    let insights = try await Self.scene().store.insights()
    #expect(insights.yield.reduce(0) { $0 + $1.count } == 5)
    #expect(insights.yield.contains { $0.outcome == "stopped" && $0.reason == "already-fixed" })
    #expect(insights.yield.contains { $0.outcome == "open" && $0.count == 1 })
  }

  @Test func `times are of the cases whose test is on a branch`() async throws {
    let insights = try await Self.scene().store.insights()
    let names = insights.spans.map(\.name)
    #expect(names == ["first event to committed test", "waiting", "triage", "reproduce"])
    #expect(insights.spans.allSatisfy { $0.count == 2 && $0.p50 <= $0.p90 })
    #expect(insights.spans.last?.p90 == 0.5)
  }

  @Test func `page, JSON and CSV say the same`() async throws {
    let scene = try await Self.scene()
    try await scene.visit { browser in
      let page = try await browser.get("/insights").text
      let json = try JSON(parsing: try await browser.get("/insights.json").text)
      let csv = try await browser.get("/insights.csv").text
      #expect(json["schema"]?.integer == 1)
      for rung in json["funnel"]?.items ?? [] {
        let name = rung["name"]?.text ?? "?"
        let count = rung["count"]?.integer ?? -1
        let of = rung["of"]?.integer ?? -1
        #expect(csv.contains("funnel,\(name),,\(count),\(of),,"))
        #expect(page.contains(">\(name)</th><td class=\"number\">\(count)</td>"))
        #expect(page.contains(rung["definition"]?.text ?? "?"))
      }
    }
  }

  @Test func `no cell is a formula`() async throws {
    let csv = try await Self.scene().store.insights().csv
    #expect(csv.contains("\"'=cmd, dependency-down\""))
  }

  @Test func `without any failure all figures are there and zero`() async throws {
    let scene = try PageScene()
    let insights = try scene.store.insights()
    #expect(insights.funnel.allSatisfy { $0.count == 0 && $0.of == 0 })
    try await scene.visit { browser in
      for path in ["/", "/failures", "/projects", "/insights"] {
        let status = try await browser.get(path).status
        #expect(status == .ok)
      }
    }
  }
}
