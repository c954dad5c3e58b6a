import Failures
import Foundation
import Storage

/// Everything that is known of one failure, and what a person may decide about it.
struct FailureView {
  struct Sighting {
    let release: String
    /// Nothing where it is not known.
    let holdsFix: String?
  }

  struct Event {
    let id: String
    let at: MomentView
    let outcome: String
    let meaning: String
  }

  let page: PageFrame
  let identity: String
  let failure: FailureRow
  let firstSeen: MomentView
  let story: StoryView
  let report: ReportView?
  let captured: CapturedView?
  let events: [Event]
  let eventsMore: Int?
  let sightings: [Sighting]
  let hasSightings: Bool
  let joined: [FailureRow]
  let hasJoined: Bool
  let joinedTo: FailureRow?
  /// What went wrong where a case never came to an end of its own.
  let trouble: String?
  let isIgnored: Bool
  let isOpen: Bool
  /// What the last decision came to, where that is not seen anyhow.
  let remark: String?

  init(
    _ story: FailureStory, event: FailureEvent?, joined: [FailureRecord], joinedTo: FailureRecord?,
    remark: String?,
    _ session: Session, now: Date
  ) {
    let names = ProjectNames([story.project])
    page = PageFrame(story.failure.exception, .failures, session)
    identity = story.failure.identity
    failure = FailureRow(story.failure, names, now: now)
    firstSeen = MomentView(story.failure.firstSeen, now: now)
    self.story = StoryView(story, now: now)
    report = story.report.flatMap(ReportView.init)
    captured = event.map(CapturedView.init)
    events = story.events.map {
      Event(
        id: $0.identity, at: MomentView($0.receivedAt, now: now), outcome: $0.outcome.rawValue,
        meaning: $0.outcome.meaning)
    }
    eventsMore = story.failure.events > events.count ? story.failure.events - events.count : nil
    sightings = story.releases.map { release in
      Sighting(
        release: release.name,
        holdsFix: release.holdsFix.map { $0 ? "holds the fix" : "without the fix" })
    }
    hasSightings = !sightings.isEmpty
    self.joined = joined.map { FailureRow($0, names, now: now) }
    hasJoined = !joined.isEmpty
    self.joinedTo = joinedTo.map { FailureRow($0, names, now: now) }
    trouble = story.chapters.last.flatMap { $0.attempt.state == .dead ? $0.attempt.cause : nil }
    isIgnored = story.failure.state == .ignored
    isOpen = story.chapters.contains { $0.attempt.state == .waiting || $0.attempt.state == .held }
    self.remark = remark
  }
}
