import Foundation
import Storage

/// What the work was worth.
struct InsightsView {
  struct Rung {
    let name: String
    let count: Int
    let of: Int
    let share: String
    /// Of all that were captured, for the bar.
    let percent: Int
    let definition: String
  }

  struct Span {
    let name: String
    let count: Int
    let p50: String
    let p90: String
    let definition: String
  }

  struct Share {
    let outcome: StateView
    let reason: String?
    let count: Int
    let of: Int
    let share: String
    let percent: Int
  }

  let page: PageFrame
  let project: String
  let projects: [FailuresView.Choice]
  let query: String
  let at: MomentView
  let funnel: [Rung]
  let spans: [Span]
  let yield: [Share]

  init(_ insights: Insights, _ projects: [Project], _ session: Session) {
    page = PageFrame("Insights", .insights, session)
    project = insights.project ?? "all projects"
    query = insights.project.map { "?project=\($0)" } ?? ""
    self.projects =
      [.init(value: "", word: "All projects", isChosen: insights.project == nil)]
      + projects.map { .init(value: $0.name, word: $0.name, isChosen: $0.name == insights.project) }
    at = MomentView(insights.at, now: insights.at)
    let all = insights.funnel.first?.count ?? 0
    funnel = insights.funnel.map {
      Rung(
        name: $0.name, count: $0.count, of: $0.of, share: Self.share($0.count, $0.of),
        percent: Self.percent($0.count, all), definition: $0.definition)
    }
    spans = insights.spans.map {
      Span(
        name: $0.name, count: $0.count, p50: MomentView.duration($0.p50),
        p90: MomentView.duration($0.p90), definition: $0.definition)
    }
    yield = insights.yield.map {
      Share(
        outcome: StateView(outcome: $0.outcome), reason: $0.reason, count: $0.count, of: $0.of,
        share: Self.share($0.count, $0.of), percent: Self.percent($0.count, $0.of))
    }
  }

  private static func percent(_ count: Int, _ of: Int) -> Int { of == 0 ? 0 : count * 100 / of }

  private static func share(_ count: Int, _ of: Int) -> String {
    of == 0 ? "–" : "\(Int((Double(count) / Double(of) * 100).rounded())) %"
  }
}
