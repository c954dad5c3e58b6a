import Failures

/// Takes secrets out of events: each is replaced by something of its shape, everywhere alike.
///
/// Laws: equal in, equal out, with one key; whoever has not got the key cannot tell what a replacement stands for; what a scrubber has
/// put in a secret's place it leaves as it is.
public struct Scrubber: Sendable {
  let disguise: Disguise
  let names: SecretNames
  let rules: [ScrubRule]

  /// `names` announce secrets besides those that are known; what stands under names of `keep` is no secret, whatever it looks like.
  public init(
    key: ScrubKey, names: [String] = [], keep: [String] = [], rules: [ScrubRule] = []
  ) {
    disguise = Disguise(key: key)
    self.names = SecretNames(added: names, kept: keep)
    self.rules = rules
  }

  /// An event without its secrets.
  ///
  /// `held` is asked once which of the texts that look like secrets stand in the repository itself: these are none. `ledger` is what
  /// was taken out before.
  public func scrubbed(
    _ event: FailureEvent, after ledger: ScrubLedger = ScrubLedger(),
    held: (Set<String>) -> Set<String> = { _ in [] }
  ) -> Scrubbed {
    let look = TextPass(looking: self, given: ledger.given)
    let search = EventWalk(names: names) { look.covered($0, at: $1) }
    _ = search.walked(event)
    let kept = keeping(search.kept)
    let candidates = look.candidates
    let excused = held(Set(candidates.map(\.whole))).union(kept)
    return replacing(candidates, in: event, held: excused, ledger: ledger)
  }

  /// What stands under kept names, and what of it looks like a secret.
  private func keeping(_ texts: [String]) -> Set<String> {
    let look = TextPass(looking: self, given: [])
    for text in texts { _ = look.covered(Array(text.utf8), at: TextPass.Spot(place: "")) }
    return Set(texts).union(look.candidates.map(\.whole))
  }

  private func replacing(
    _ candidates: [TextPass.Candidate], in event: FailureEvent, held: Set<String>,
    ledger: ScrubLedger, manners: [[UInt8]: Disguise.Manner] = [:]
  ) -> Scrubbed {
    let secrets = candidates.filter { !held.contains($0.whole) }
    let known = KnownSecrets(
      secrets.filter(\.spreads).map { ($0.text, $0.form) }, given: ledger.given)
    let pass = TextPass(replacing: known, self, held: held, manners: manners)
    for secret in secrets { pass.kinds[secret.text.folded] = secret.kind }
    let result = EventWalk(names: names) { pass.covered($0, at: $1) }.walked(event)
    var after = ledger
    after.given.formUnion(pass.given)
    after.add(secrets, by: disguise)
    return Scrubbed(
      event: result, redactions: pass.redactions, ledger: after, candidates: candidates, held: held)
  }

  /// The same event with other replacements: `kept` secrets stay, others are replaced in another manner.
  ///
  /// Only for trials in memory, which tell whether a secret matters to the failure.
  public func retried(
    _ scrubbed: Scrubbed, of event: FailureEvent, _ change: ScrubChange
  ) -> Scrubbed {
    var held = scrubbed.held
    var manners: [[UInt8]: Disguise.Manner] = [:]
    let candidate = scrubbed.candidates[change.secret]
    if let manner = change.manner {
      for each in scrubbed.candidates where each.text.folded == candidate.text.folded {
        manners[each.text.folded] = Disguise.Manner(rawValue: manner) ?? .strict
      }
    } else {
      for each in scrubbed.candidates where each.text.folded == candidate.text.folded {
        held.insert(each.whole)
      }
    }
    return replacing(
      scrubbed.candidates, in: event, held: held, ledger: ScrubLedger(), manners: manners)
  }
}

/// An event without its secrets, and what was done to it.
public struct Scrubbed: Sendable {
  public var event: FailureEvent
  public var redactions: [Redaction]
  /// What must not be seen in anything that is written.
  public var ledger: ScrubLedger
  let candidates: [TextPass.Candidate]
  let held: Set<String>
}

/// One secret treated otherwise.
public struct ScrubChange: Sendable {
  var secret: Int
  /// `nil` where it is left as it is.
  var manner: Int?
}

extension Scrubbed {
  /// The distinct secrets that were replaced, as changes that leave one of them as it is; at most `limit`.
  public func restorations(limit: Int) -> [(change: ScrubChange, redaction: Redaction)] {
    var seen: Set<[UInt8]> = []
    var found: [(ScrubChange, Redaction)] = []
    for (index, candidate) in candidates.enumerated()
    where !held.contains(candidate.whole) && seen.insert(candidate.text.folded).inserted {
      found.append(
        (ScrubChange(secret: index), Redaction(kind: candidate.kind, place: candidate.place)))
    }
    return Array(found.prefix(limit)).map { (change: $0.0, redaction: $0.1) }
  }
}

extension ScrubChange {
  /// The same secret replaced in each of the ways that keep more of it, the ones that keep least first.
  public var gentler: [ScrubChange] {
    Disguise.Manner.allCases.filter { $0 != .strict }.map {
      ScrubChange(secret: secret, manner: $0.rawValue)
    }
  }
}
