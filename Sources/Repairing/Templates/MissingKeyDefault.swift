import Languages

/// A key that may be left out is read without a default, and the code or its pages say what its absence means.
struct MissingKeyDefault: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .missingKey, site.raised.missingVariable == nil else { return [] }
    return try site.suspects(.missing, [.item]).flatMap { item -> [Draft] in
      guard let existence = Existence(item, at: site, evidence.notation),
        existence.key.kind == .literal, existence.key.label == "string",
        !Settings.isSetting(site.text(existence.base))
      else { return [] }
      return try drafts(existence, site, evidence)
    }
  }

  private func drafts(
    _ existence: Existence, _ site: CrashSite, _ evidence: Evidence
  ) throws -> [Draft] {
    let defaults = KeyDefaults(key: existence.key, site: site, evidence: evidence)
    let base = site.text(existence.base)
    let key = site.text(existence.key)
    let uses = try defaults.usedElsewhere(than: existence.base)
    var drafts = uses.enumerated().map { rank, use in
      Draft(
        "default-for-key",
        [
          site.source.replacing(
            existence.item, with: evidence.notation.valueOfKey(base, key, use.standard))
        ], rank == 0 && use.isOfLikeMap ? .supported : .plausible, fit: use.count,
        reason: "`\(use.place)` reads \(key) with the default `\(use.standard)`")
    }
    if let (standard, place) = try defaults.documented() {
      drafts.append(
        Draft(
          "default-for-key",
          [
            site.source.replacing(
              existence.item, with: evidence.notation.valueOfKey(base, key, standard))
          ], .stated, reason: "`\(place)` says what a missing \(key) means"))
    }
    return drafts
  }
}

/// Names of what is set by operators: what is missing there is to be set, not to be made up.
enum Settings {
  static func isSetting(_ text: String) -> Bool {
    let words = text.lowercased()
    return ["environ", "getenv", "config", "setting", "secret", "credential"].contains {
      words.contains($0)
    }
  }
}
