import Failures
import Languages

/// What the repository's own code and pages say, asked once each.
final class Evidence: @unchecked Sendable {
  let reproduction: Reproduction
  let session: TargetSession
  let instruments: Instruments
  var notation: Notation { instruments.notation }
  private var sources: [String: Source?] = [:]
  /// The statements on the way to the failure, innermost first.
  var sites: [CrashSite] = []
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
    let source = try instruments.syntax(path, nil).map { Source($0) }
    sources[path] = source
    return source
  }

  func caller(of site: CrashSite) -> CrashSite? { sites.first { $0.depth == site.depth + 1 } }

  /// The texts of all files that edits change.
  func changes(_ edits: [SourceEdit]) throws -> [String: String] {
    var changes: [String: String] = [:]
    for (path, edits) in Dictionary(grouping: edits, by: \.path) {
      changes[path] = try source(path)?.file.applying(edits)
    }
    return changes
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
    for match in try matches(text) where !paths.contains(match.path) && !isTest(match.path) {
      paths.append(match.path)
    }
    return try paths.prefix(6).compactMap(self.source)
  }

  func isTest(_ path: String) -> Bool { notation.conventions.role(path) == .test }

  /// Whether a type of exceptions is that of most others too.
  func isBroad(_ type: String) -> Bool {
    notation.conventions.catchAll.contains(type) || notation.conventions.outages.contains(type)
  }

  /// Whether a name means a narrow type of exceptions that the repository defines, and is no kind of the failure.
  func isOwnException(_ name: String, of site: CrashSite) throws -> Bool {
    let module = reproduction.path.first { $0.path == site.source.file.path }?.symbol.module
    let meaning = try session.resolve([name], module.map { [$0] } ?? [])[name]
    guard let meaning, meaning.isOfRepository, meaning.isNarrowException else { return false }
    return meaning.lineage.first.map { !reproduction.lineage.contains($0) } ?? false
  }
}
