import Failures
import Languages

/// What the repository's own code and pages say, asked once each.
final class Evidence: @unchecked Sendable {
  let reproduction: Reproduction
  let session: TargetSession
  let instruments: Instruments
  var notation: Notation { instruments.notation }
  private var sources: [String: Source?] = [:]
  /// What has been proposed, by the texts that it makes.
  var drafts: [[String: String]: Draft] = [:]
  private var matches: [String: [SourceMatch]] = [:]

  init(reproduction: Reproduction, session: TargetSession, instruments: Instruments) {
    self.reproduction = reproduction
    self.session = session
    self.instruments = instruments
  }

  func source(_ path: String) throws -> Source? {
    if let known = sources[path] { return known }
    let source = try instruments.syntax(path, nil).map(Source.init)
    sources[path] = source
    return source
  }

  func matches(_ text: String) throws -> [SourceMatch] {
    if let known = matches[text] { return known }
    let found = try session.search(text)
    matches[text] = found
    return found
  }

  /// Source files that mention a text, this one first; at most six.
  func sources(mentioning text: String, from source: Source) throws -> [Source] {
    var paths = [source.file.path]
    for match in try matches(text) where !paths.contains(match.path) && !Self.isTest(match.path) {
      paths.append(match.path)
    }
    return try paths.prefix(6).compactMap(self.source)
  }

  static func isTest(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0.hasPrefix("test") }
  }
}
