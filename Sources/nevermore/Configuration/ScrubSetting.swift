import Intake

/// Reads `scrub`: names, names that are kept, and rules.
struct ScrubSetting {
  let name: String

  func scrub(_ value: Any) throws(CommandFailure) -> Configuration.Scrub {
    guard let map = value as? [String: Any] else {
      throw refusal("`scrub` in `\(name)` is no map", "indent `names`, `keep` and `rules` below it")
    }
    for key in map.keys.sorted() where !["names", "keep", "rules"].contains(key) {
      let near = ["names", "keep", "rules"].min { key.distance(to: $0) < key.distance(to: $1) }
      throw refusal(
        "`scrub.\(key)` in `\(name)` is no setting", "did you mean `scrub.\(near ?? "names")`?")
    }
    return Configuration.Scrub(
      names: try names(map["names"], "names"), keep: try names(map["keep"], "keep"),
      rules: try rules(map["rules"]))
  }

  private func names(_ value: Any?, _ key: String) throws(CommandFailure) -> [String] {
    guard let value else { return [] }
    guard let names = value as? [String],
      names.allSatisfy({ $0.utf8.count <= 100 && $0.contains(where: \.isLetter) })
    else {
      throw refusal("`scrub.\(key)` in `\(name)` is no list of names", "`\(key): [national_id]`")
    }
    return names
  }

  private func rules(_ value: Any?) throws(CommandFailure) -> [ScrubRule] {
    guard let value else { return [] }
    guard let entries = value as? [Any] else {
      throw refusal(
        "`scrub.rules` in `\(name)` is no list", "`- { kind: ticket, pattern: 'T-[0-9]{8}' }`")
    }
    var rules: [ScrubRule] = []
    for entry in entries {
      guard let map = entry as? [String: String], Set(map.keys) == ["kind", "pattern"],
        let kind = map["kind"], let pattern = map["pattern"]
      else {
        throw refusal(
          "an entry of `scrub.rules` in `\(name)` is no kind and pattern",
          "`- { kind: ticket, pattern: 'T-[0-9]{8}' }`")
      }
      let rule = ScrubRule(kind: kind, pattern: pattern)
      if let objection = rule.objection {
        throw refusal(
          "the rule for `\(kind)` in `scrub.rules` of `\(name)` cannot be used: \(objection)",
          "`- { kind: ticket, pattern: 'T-[0-9]{8}' }`")
      }
      rules.append(rule)
    }
    return rules
  }

  private func refusal(_ what: String, _ hint: String) -> CommandFailure {
    CommandFailure(.usage, "\(what)\nhint: \(hint)")
  }
}
