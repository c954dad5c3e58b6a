import Foundation
import Storage

/// The failures that a person looks for, and what came in lately.
struct FailuresView {
  struct Choice {
    let value: String
    let word: String
    let isChosen: Bool
  }

  let page: PageFrame
  let text: String
  let projects: [Choice]
  let states: [Choice]
  let rows: [FailureRow]
  let trend: TrendView
  let earlier: String?
  let later: String?
  let number: Int

  /// Failures on one page.
  static let size = 50

  /// `failures` holds one more than a page where another page follows.
  init(
    _ failures: [FailureRecord], _ filter: FailureFilter, _ projects: [Project], _ days: [DayCount],
    _ session: Session, now: Date
  ) {
    let names = ProjectNames(projects)
    page = PageFrame("Failures", .failures, session)
    text = filter.text ?? ""
    self.projects =
      [Choice(value: "", word: "All projects", isChosen: filter.project == nil)]
      + projects.map {
        Choice(value: $0.name, word: $0.name, isChosen: $0.id == filter.project?.id)
      }
    states =
      [Choice(value: "", word: "Any state", isChosen: filter.state == nil)]
      + FailureState.allCases.map {
        Choice(value: $0.rawValue, word: $0.rawValue, isChosen: $0 == filter.state)
      }
    rows = failures.prefix(Self.size).map { FailureRow($0, names, now: now) }
    trend = TrendView(days)
    number = filter.page
    later = filter.page > 1 ? filter.address(page: filter.page - 1) : nil
    earlier = failures.count > Self.size ? filter.address(page: filter.page + 1) : nil
  }
}

/// What a person looks for.
struct FailureFilter {
  let text: String?
  let project: Project?
  let state: FailureState?
  let page: Int

  init(_ fields: PageFields, _ projects: [Project]) {
    text = fields["q"]
    project = fields["project"].flatMap { name in projects.first { $0.name == name } }
    state = fields["state"].flatMap(FailureState.init)
    page = fields.page
  }

  func address(page: Int) -> String {
    var fields = ["page=\(page)"]
    if let text { fields.append("q=" + Self.escaped(text)) }
    if let project { fields.append("project=" + Self.escaped(project.name)) }
    if let state { fields.append("state=\(state.rawValue)") }
    return "/failures?" + fields.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + PageToken.hexadecimal([byte]).uppercased()
    }.joined()
  }
}

/// Counts a day as bars.
struct TrendView {
  struct Bar {
    let x: Int
    let y: Int
    let height: Int
    let day: String
    let count: Int
  }

  let bars: [Bar]
  let width: Int
  let sentence: String
  let first: String
  let last: String

  private static let height = 60

  init(_ days: [DayCount]) {
    let most = max(1, days.map(\.count).max() ?? 1)
    bars = days.enumerated().map { place, day in
      // A day with one event is seen beside a day with thousands.
      let height = day.count == 0 ? 0 : max(2, day.count * Self.height / most)
      return Bar(
        x: place * 10, y: Self.height - height, height: height, day: Self.name(day.day),
        count: day.count)
    }
    width = max(1, days.count * 10)
    first = days.first.map { Self.name($0.day) } ?? ""
    last = days.last.map { Self.name($0.day) } ?? ""
    let sum = days.reduce(0) { $0 + $1.count }
    let peak = days.max { $0.count < $1.count }
    sentence =
      sum == 0
      ? "No events in the last \(days.count) days."
      : "\(sum) events in the last \(days.count) days, most on \(peak.map { Self.name($0.day) } ?? ""): \(most)."
  }

  private static func name(_ day: Date) -> String { String(day.formatted(.iso8601).prefix(10)) }
}
