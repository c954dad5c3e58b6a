import Languages

/// The question whether a key or a position exists, in the words of the target.
struct Existence {
  let site: CrashSite
  let item: SourceNode
  let base: SourceNode
  let key: SourceNode
  let notation: Notation

  /// `nil` for what is no plain item: a slice, a spread, an item whose base has effects.
  init?(_ item: SourceNode, at site: CrashSite, _ notation: Notation) {
    guard item.kind == .item, let base = item.child(.value) ?? item.children.first,
      let key = item.child(.key) ?? item.children.last, base != key, key.kind != .slice,
      key.kind != .tuple, !base.mayHaveEffect, Self.isRepeatable(key, at: site)
    else { return nil }
    self.site = site
    self.item = item
    self.base = base
    self.key = key
    self.notation = notation
  }

  /// Without effects, as far as can be told: a call without arguments counts where the function repeats it anyway.
  private static func isRepeatable(_ key: SourceNode, at site: CrashSite) -> Bool {
    guard key.mayHaveEffect else { return true }
    guard key.kind == .call, key.children(.arguments).isEmpty else { return false }
    let same = site.function?.running.filter {
      $0.kind == .call && site.spelled($0) == site.spelled(key)
    }
    return same?.count ?? 0 > 1
  }

  var isPosition: Bool { site.nature == .missingPosition }

  /// `i < len(base)`, `key in base`.
  var holds: String {
    let collection = site.text(base)
    guard isPosition else { return notation.contains(collection, site.text(key)) }
    let count = notation.count(site.text(base))
    if let number = literalPosition {
      return number < 0
        ? (number == -1 ? "\(count) > 0" : "\(count) >= \(-number)")
        : (number == 0 ? "\(count) > 0" : "\(count) > \(number)")
    }
    return "\(site.text(key)) < \(count)"
  }

  var fails: String {
    guard isPosition else { return notation.lacks(site.text(base), site.text(key)) }
    let count = notation.count(site.text(base))
    if let number = literalPosition {
      return number < 0 ? "\(count) < \(-number)" : "\(count) < \(number + 1)"
    }
    return "\(site.text(key)) >= \(count)"
  }

  private var literalPosition: Int? { Int(site.spelled(key)) }
}
