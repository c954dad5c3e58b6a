import Foundation
import Storage

/// What is in which stage, what waits for a person, what ended lately.
struct NowView {
  struct Case {
    let failure: FailureRow
    let stage: String
    let since: MomentView
    /// Why its last try came to nothing.
    let trouble: String?
  }

  struct End {
    let failure: FailureRow
    let outcome: StateView
    let why: String?
    let at: MomentView
    let took: String
  }

  struct StageCount {
    let name: String
    let count: Int
    let isBusy: Bool
  }

  struct Ask {
    let failure: FailureRow
    let wish: String
  }

  let page: PageFrame
  let stages: [StageCount]
  let held: [Case]
  let waiting: [Case]
  let waitingMore: Int?
  let asks: [Ask]
  let asksMore: Int?
  let dead: [End]
  let ended: [End]
  let isEmpty: Bool

  init(_ standing: Standing, _ projects: [Project], _ session: Session, now: Date) {
    let names = ProjectNames(projects)
    page = PageFrame("Now", .now, session)
    held = standing.held.map { Case($0, names, now: now) }
    waiting = standing.waiting.map { Case($0, names, now: now) }
    waitingMore = Self.more(standing.waitingCount, shown: waiting.count)
    asks = standing.forAPerson.map {
      Ask(failure: FailureRow($0, names, now: now), wish: Self.wish($0))
    }
    asksMore = Self.more(standing.forAPersonCount, shown: asks.count)
    dead = standing.dead.map { End($0, names, now: now) }
    ended = standing.ended.map { End($0, names, now: now) }
    stages = Self.stages(standing)
    isEmpty = projects.isEmpty
  }

  private static func more(_ count: Int, shown: Int) -> Int? {
    count > shown ? count - shown : nil
  }

  private static func stages(_ standing: Standing) -> [StageCount] {
    var counts: [String: Int] = [:]
    for open in standing.held { counts[Case.stage(open), default: 0] += 1 }
    return [StageCount(name: "waiting", count: standing.waitingCount, isBusy: false)]
      + Case.stages.map { StageCount(name: $0, count: counts[$0] ?? 0, isBusy: counts[$0] != nil) }
  }

  private static func wish(_ failure: FailureRecord) -> String {
    switch failure.state {
    case .proposed: "Review its pull request."
    case .fixed: "Review its branch: test and fix."
    default: "Write its fix: the test is on the branch, and says when it is mended."
    }
  }
}

extension NowView.Case {
  /// Stages of a case in their order.
  static let stages = ["triage", "reproduce", "test", "repair", "ship"]

  init(_ open: Standing.Open, _ names: ProjectNames, now: Date) {
    failure = FailureRow(open.failure, names, now: now)
    stage = Self.stage(open)
    since = MomentView(open.passedAt ?? open.openedAt, now: now)
    trouble = open.cause.map { "Try \(open.tries) ended: \($0)" }
  }

  /// The stage after the last one that was passed.
  static func stage(_ open: Standing.Open) -> String {
    if open.reason == .ship { return "ship" }
    guard let passed = open.passed, let place = stages.firstIndex(of: passed) else {
      return open.passed ?? stages[0]
    }
    return place + 1 < stages.count ? stages[place + 1] : passed
  }
}

extension NowView.End {
  init(_ ended: Standing.Ended, _ names: ProjectNames, now: Date) {
    failure = FailureRow(ended.failure, names, now: now)
    outcome = StateView(outcome: ended.outcome)
    why = ended.reason ?? ended.cause
    at = MomentView(ended.endedAt, now: now)
    took = MomentView.duration(ended.seconds)
  }
}
