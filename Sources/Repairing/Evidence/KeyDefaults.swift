import Languages

/// What the rest of the repository takes a missing key to mean.
struct KeyDefaults {
  let key: SourceNode
  let site: CrashSite
  let evidence: Evidence

  /// A default with which other code reads the same key.
  struct Use {
    var standard: String
    var count = 0
    var place: String
    /// Whether some map that it is read from has a name like the one here.
    var isOfLikeMap = false
  }

  /// The defaults with which the same key is read elsewhere, the most frequent first.
  func usedElsewhere(than base: SourceNode) throws -> [Use] {
    let spelled = site.spelled(key)
    let words = Self.words(base)
    var found: [String: Use] = [:]
    for source in try evidence.sources(mentioning: site.text(key) + ",", from: site.source) {
      for call in source.file.root.flattened where call.kind == .call {
        guard let standard = standard(of: call, in: source, key: spelled) else { continue }
        let place = "\(source.file.path):\(call.span.lines.lowerBound)"
        var use = found[standard] ?? Use(standard: standard, place: place)
        use.count += 1
        if let map = call.child(.callee)?.child(.value), !words.isDisjoint(with: Self.words(map)) {
          use.isOfLikeMap = true
        }
        found[standard] = use
      }
    }
    return found.values.sorted { ($1.count, $0.standard) < ($0.count, $1.standard) }
  }

  private static func words(_ map: SourceNode) -> Set<Substring> {
    Set(map.label.split(separator: "_"))
  }

  /// The default of a call that reads this key with one, where others can write it too.
  private func standard(of call: SourceNode, in source: Source, key: String) -> String? {
    guard let callee = call.child(.callee), callee.kind == .attribute,
      let map = callee.child(.value)
    else { return nil }
    let arguments = call.children(.arguments)
    guard arguments.count == 2, source.spelled(arguments[0]) == key,
      arguments[1].flattened.allSatisfy({ [.literal, .list, .map, .tuple].contains($0.kind) })
    else { return nil }
    let standard = source.text(arguments[1])
    let spelled = evidence.notation.valueOfKey(
      source.text(map), source.text(arguments[0]), standard)
    return Source.spelled(spelled) == source.spelled(call) ? standard : nil
  }

  /// A value that a page, a comment or a documentation names beside the key and a word of absence.
  func documented() throws -> (standard: String, place: String)? {
    let name = String(site.text(key).dropFirst().dropLast())
    for match in try evidence.matches(name) where !evidence.isTest(match.path) {
      guard let value = StatedDefault.of(name, in: match.text) else { continue }
      return (spelling(value), "\(match.path):\(match.line)")
    }
    return nil
  }

  private func spelling(_ value: String) -> String {
    if Double(value) != nil
      || [evidence.notation.nothing, evidence.notation.yes, evidence.notation.no].contains(value)
    {
      return value
    }
    if let quote = value.first, quote == "\"" || quote == "'" { return value }
    let literal = evidence.notation.textLiteral(value)
    return site.text(key).hasPrefix("\"") && !value.contains("\"") ? "\"\(value)\"" : literal
  }
}

/// Reads one line of prose: `` `reason` may be left out; then it is `other` ``.
enum StatedDefault {
  private static let absence = [
    "leaves out", "left out", "leave out", "omit", "optional", "missing", "absent", "without",
    "default", "not given", "not set", "not sent",
  ]

  /// The one other quoted value of a line that speaks of the absence of `name`.
  static func of(_ name: String, in line: String) -> String? {
    let words = line.lowercased()
    guard absence.contains(where: words.contains) else { return nil }
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count >= 5, parts.count % 2 == 1 else { return nil }
    let quoted = parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    let others = quoted.filter { $0 != name }
    guard quoted.contains(name), others.count == 1, let value = others.first, !value.isEmpty,
      value.allSatisfy({ $0.isLetter || $0.isNumber || "_-.'\" ".contains($0) })
    else { return nil }
    return value
  }
}
