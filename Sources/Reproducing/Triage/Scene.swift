import Failures
import Languages

/// What the rules look at: a failure's evidence, and what follows from it at once.
struct Scene {
  let evidence: Evidence
  let session: TargetSession
  let nature: ExceptionNature
  /// The innermost frame of the repository.
  let site: Int?

  /// Whether one of the repository's own types was raised.
  let isOwnType: Bool

  init(evidence: Evidence, session: TargetSession) throws {
    self.evidence = evidence
    self.session = session
    site = evidence.repositoryFrames.last
    let name = evidence.exception.type.lastComponent
    if let module = evidence.exception.module, !module.isEmpty {
      isOwnType = try session.findType(module + "." + name)?.isOfRepository ?? false
    } else {
      isOwnType = false
    }
    // A type of the repository's own means what the repository says, whatever others mean by its name.
    nature = isOwnType ? .other : session.nature(evidence.exception)
  }

  var event: FailureEvent { evidence.event }
  var exception: ExceptionRecord { evidence.exception }
  /// The exception's type without its module.
  var typeName: String { exception.type.lastComponent }

  /// Calls below the repository's innermost frame.
  var below: ArraySlice<EvidenceFrame> {
    guard let site else { return evidence.frames[...] }
    return evidence.frames[(site + 1)...]
  }

  /// `path:line` of a frame of the repository.
  func place(_ index: Int) -> String {
    let frame = evidence.frames[index].frame
    return "\(frame.repositoryPath ?? frame.file):\(frame.line)"
  }

  /// Where the repository's innermost frame stands, for a sentence.
  var whereabouts: String { site.map { "at `\(place($0))`" } ?? "outside the repository" }

  func function(_ index: Int) -> FunctionDescription? { evidence.frames[index].function }

  /// How a frame stands in its function; in a module's body it is read from the lines that the sender kept.
  func standing(_ index: Int) throws -> Standing? {
    let frame = evidence.frames[index].frame
    if let function = function(index), function.role != .module,
      let standing = Standing(line: frame.line, in: function.definition.body)
    {
      return standing
    }
    guard let source = frame.sourceLine else { return nil }
    let statements = try session.parse(
      frame.linesBefore + [source] + frame.linesAfter, frame.linesBefore.count)
    return Standing(line: frame.linesBefore.count + 1, in: statements)
  }

  /// Where the exception was raised, if the repository raised it on purpose: by name, as its own innermost frame.
  func raised() throws -> (index: Int, standing: Standing, exception: Expression)? {
    guard let site, site == evidence.frames.indices.last, let standing = try standing(site),
      case .fail(let thrown?) = standing.statement.kind
    else { return nil }
    var name = thrown
    if case .call(let callee, _) = thrown { name = callee }
    guard name.spelledName == typeName else { return nil }
    return (site, standing, thrown)
  }

  /// Whether somebody else's code called the repository as a library: no framework above it, no entry of a program in it.
  var isLibraryCall: Bool {
    guard let first = evidence.repositoryFrames.first, event.request == nil,
      event.transaction == nil, first > 0
    else { return false }
    let above = evidence.frames[..<first].map(\.frame.origin)
    let isFramed = above.contains { if case .package = $0 { true } else { false } }
    return above.contains(.elsewhere) && !isFramed && !isProgram
  }

  /// Whether a frame of the repository is the entry of a program that people start.
  var isProgram: Bool {
    if evidence.repositoryFrames.first == 0, event.transaction == nil { return true }
    return evidence.repositoryFrames.contains { index in
      let frame = evidence.frames[index].frame
      return Self.entries.contains(frame.function.lastComponent)
        || Self.entries.contains(String(frame.file.lastPathPart.prefix { $0 != "." }))
        || frame.file.contains("commands/")
    }
  }

  private static let entries: Set<String> = [
    "main", "__main__", "cli", "manage", "command",
  ]
}

extension String {
  /// What stands after the last slash.
  var lastPathPart: String { split(separator: "/").last.map(String.init) ?? self }

  /// Whether it holds one of these words, in any case.
  func mentions(_ words: [String]) -> Bool {
    let lower = lowercased()
    return words.contains(where: lower.contains)
  }
}
