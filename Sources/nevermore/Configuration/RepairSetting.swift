import Repairing

/// Reads `repair`: a list of `templates` and of programs.
struct RepairSetting {
  let name: String

  func repairers(_ value: Any) throws(CommandFailure) -> [Configuration.Repairer] {
    guard let entries = value as? [Any], !entries.isEmpty else {
      throw refusal("`repair` in `\(name)` is no list", "`repair: [templates]`")
    }
    var repairers: [Configuration.Repairer] = []
    for entry in entries {
      let next = try repairer(entry)
      guard !repairers.contains(next) else {
        throw refusal("`repair` in `\(name)` names one repairer twice", "leave one of them out")
      }
      repairers.append(next)
    }
    return repairers
  }

  private func repairer(_ entry: Any) throws(CommandFailure) -> Configuration.Repairer {
    if let word = entry as? String {
      guard word == "templates" else {
        throw refusal(
          "`repair` in `\(name)` holds a word that is no repairer",
          "`templates`, or `command: \"program arguments\"`")
      }
      return .templates
    }
    guard let map = entry as? [String: Any], let command = map["command"] else {
      throw refusal(
        "an entry of `repair` in `\(name)` is neither `templates` nor a `command`",
        "`- command: \"program arguments\"`")
    }
    for key in map.keys.sorted() where key != "command" && key != "seconds" {
      throw refusal(
        "`\(key)` beside `command` in `\(name)` is no setting", "`command` and `seconds` are")
    }
    return .command(try words(command), seconds: try seconds(map["seconds"]))
  }

  private func words(_ value: Any) throws(CommandFailure) -> [String] {
    if let list = value as? [String] {
      guard let first = list.first, !first.isEmpty, !list.joined().utf8.contains(0) else {
        throw refusal(
          "`command` in `\(name)` names no program", "`command: [program, argument]`")
      }
      return list
    }
    guard let text = value as? String else {
      throw refusal(
        "`command` in `\(name)` is neither a text nor a list of texts", "put each word in quotes")
    }
    do {
      return try CommandWords.split(text)
    } catch {
      throw refusal(
        "`command` in `\(name)` cannot be split into words: \(error)",
        "give a list, `command: [program, argument]`")
    }
  }

  private func seconds(_ value: Any?) throws(CommandFailure) -> Int? {
    guard let value else { return nil }
    guard let seconds = value as? Int, (1...86_400).contains(seconds) else {
      throw refusal("`seconds` in `\(name)` is no number from 1 to 86400", "`seconds: 600`")
    }
    return seconds
  }

  private func refusal(_ what: String, _ hint: String) -> CommandFailure {
    CommandFailure(.usage, "\(what)\nhint: \(hint)")
  }
}
