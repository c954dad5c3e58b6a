import Failures
import Foundation
import Languages

/// A database that a migration of the repository has not reached.
enum Schema {
  /// A name that no migration knows is a mistake of the query, and goes on.
  static let behind = TriageRule("a table or column that a migration adds") { scene in
    guard scene.nature == .schema, let wanted = missing(in: scene.exception.message) else {
      return nil
    }
    for name in wanted.spellings {
      let matches = try scene.session.search(name)
      guard let match = matches.first(where: { isMigration($0) && holds($0.text, name) }),
        try concerns(match, scene)
      else { continue }
      return Stop(
        .dataMigrationNeeded,
        "The query \(scene.whereabouts) needs `\(name)`, which the migration `\(match.path):\(match.line)` adds; "
          + "the database has not got it, so the migration has not run there.",
        remedy:
          "run the pending migrations of this deployment (`\(match.path)`) before the new code starts"
      )
    }
    return nil
  }

  struct Missing {
    var spellings: [String]
  }

  /// The table or column that the message says is missing, as migrations may spell it.
  static func missing(in message: String) -> Missing? {
    guard let name = patterns.lazy.compactMap({ message.firstGroup($0) }).first else { return nil }
    let last = name.lastComponent.trimmingCharacters(in: CharacterSet(charactersIn: "\"'`"))
    guard last.count > 1 else { return nil }
    // A framework that derives tables from types writes `app_orderline` for `OrderLine`.
    let derived = last.split(separator: "_", maxSplits: 1).dropFirst().flatMap { part -> [String] in
      let letters = Array(part.replacing("_", with: ""))
      let whole = [String(letters).capitalizedFirst]
      return whole
        + letters.indices.dropFirst().map {
          String(letters[..<$0]).capitalizedFirst + String(letters[$0...]).capitalizedFirst
        }
    }
    let relation = last.hasSuffix("_id") ? [String(last.dropLast(3))] : []
    return Missing(spellings: [last] + relation + derived.prefix(24))
  }

  private static let patterns = [
    #"no such (?:table|column): ([\w."`]+)"#, #"has no column named ["'`]?([\w.]+)"#,
    #"[Cc]olumn "?([\w."]+?)"? of relation"#, #"[Cc]olumn "?([\w."]+?)"? does not exist"#,
    #"relation "([\w.]+)" does not exist"#, #"Unknown column '([\w.`]+)'"#,
    #"Table '([\w.]+)' doesn't exist"#, #"enum \w+: "([\w.-]+)""#,
    #"Invalid (?:column|object) name '([\w.]+)'"#, #"UndefinedColumn\W+column "?([\w.]+)"#,
  ]

  private static func isMigration(_ match: SourceMatch) -> Bool {
    let path = match.path.lowercased()
    if path.contains("test") { return false }
    return path.contains("migrat") || path.contains("alembic") || path.contains("versions/")
      || path.contains("upgrade") || path.hasSuffix(".sql") || match.text.mentions(definitions)
  }

  private static let definitions = [
    "add column", "alter table", "create table", "add_column(", "create_table(", "addfield(",
    "createmodel(",
  ]

  /// Whether a line holds a name as a whole word.
  private static func holds(_ line: String, _ name: String) -> Bool {
    line.firstGroup(
      "(?<![A-Za-z0-9_])(\(NSRegularExpression.escapedPattern(for: name)))(?![A-Za-z0-9_])") != nil
  }

  /// Whether the migration is about a table that the query names, where both say which.
  private static func concerns(_ match: SourceMatch, _ scene: Scene) throws -> Bool {
    guard
      let table = match.text.firstGroup(#"(?i)alter table (?:if exists )?["`]?([\w.]+)"#)
        ?? match.text.firstGroup(#"add_column\(\s*["']([\w.]+)["']"#)
    else { return true }
    guard let site = scene.site, let function = scene.function(site) else { return true }
    let texts = function.definition.body.flatMap(\.flattened).flatMap(\.expressions).flatMap(\.all)
      .compactMap(\.text).filter {
        $0.mentions(["select ", " from ", "into ", "update ", "join "])
      }
    return texts.isEmpty || texts.contains { holds($0, table.lastComponent) }
  }
}

extension String {
  /// What the first group of a regular expression matches.
  func firstGroup(_ pattern: String) -> String? {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return nil }
    let text = String(prefix(4000))
    guard
      let match = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)),
      match.numberOfRanges > 1, let range = Range(match.range(at: 1), in: text)
    else { return nil }
    return String(text[range])
  }

  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
