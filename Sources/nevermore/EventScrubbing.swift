import Failures
import Intake
import Shipping

/// One event without its secrets, and what has to be known of these to keep them from leaving: in memory, and nowhere else.
struct EventScrubbing: Sendable {
  /// Without its secrets.
  let event: FailureEvent
  let redactions: [Redaction]
  private let scrubber: Scrubber
  private let scrubbed: Scrubbed
  private let original: FailureEvent
  private let place: @Sendable (FailureEvent) -> FailureEvent
  private let held: @Sendable (Set<String>) -> Set<String>
  private let isHeld: @Sendable (String) -> Bool
  private let check: LeakCheck

  init(
    of event: FailureEvent, in repository: Repository, at revisions: Set<Revision>,
    _ settings: Configuration.Scrub, mayWrite: Bool,
    placing place: @escaping @Sendable (FailureEvent) -> FailureEvent
  ) {
    // Where no key is kept, what stands for a secret is another thing in the next run.
    let key = ScrubKey { repository.ownKey(length: ScrubKey.length, isMade: mayWrite) }
    scrubber = Scrubber(
      key: key, names: settings.names, keep: settings.keep, rules: settings.rules)
    held = { texts in Self.held(texts, in: repository, at: revisions) }
    isHeld = { part in
      revisions.contains {
        (try? repository.held(among: [part], at: $0, asParts: true))?.isEmpty == false
      }
    }
    original = event
    self.place = place
    scrubbed = scrubber.scrubbed(event, held: held)
    self.event = place(scrubbed.event)
    redactions = scrubbed.redactions
    check = LeakCheck(scrubbed.ledger)
  }

  /// What the failure has in common with others, without what was replaced.
  var identity: FailureSignature { event.signature(without: scrubbed.ledger) }

  /// The first secret that would be seen in what is about to be written.
  func leak(in texts: [[UInt8]]) -> Redaction? {
    texts.lazy.compactMap { self.check.leak(in: $0, isHeld: self.isHeld) }.first
  }

  /// A repository's own words, and the names of its commits.
  private static func held(
    _ texts: Set<String>, in repository: Repository, at revisions: Set<Revision>
  ) -> Set<String> {
    var found: Set<String> = []
    for revision in revisions {
      found.formUnion((try? repository.held(among: texts, at: revision)) ?? [])
    }
    for text in texts where text.wholeMatch(of: /[0-9a-f]{40}/) != nil {
      if let commit = try? repository.resolve(text), commit.id == text { found.insert(text) }
    }
    return found
  }

  // MARK: trials in memory

  /// The event as it came. Nothing of it may be printed or stored.
  var unscrubbed: FailureEvent { place(original) }

  /// Its secrets, one at a time, each as a change that leaves it as it is.
  func restorations(limit: Int) -> [(change: ScrubChange, redaction: Redaction)] {
    scrubbed.restorations(limit: limit)
  }

  /// The event with one secret treated otherwise.
  func event(with change: ScrubChange) -> FailureEvent {
    place(scrubber.retried(scrubbed, of: original, change).event)
  }
}
