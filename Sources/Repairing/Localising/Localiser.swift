import Failures
import Languages

/// Finds where a failure could be mended: where it was raised, then its callers.
struct Localiser {
  let reproduction: Reproduction
  let session: TargetSession
  let instruments: Instruments
  /// How many callers are looked at.
  var callers = 3

  /// The sites, innermost first, and what the failing program did.
  func sites() throws -> [CrashSite] {
    guard
      let observed = try instruments.observe([reproduction.program], [:]).first,
      let raised = observed.report.exception
    else { return [] }
    return try sites(of: raised, states: observed.report.crashState)
  }

  /// The sites of an exception whose lines are those of the unchanged files.
  func sites(of raised: RaisedException, states: [OperandState]) throws -> [CrashSite] {
    let frames = raised.frames.filter { frame in
      frame.repositoryPath.map { instruments.notation.conventions.role($0) == .source } ?? false
    }
    let nature = session.nature(record(of: raised))
    var found: [CrashSite] = []
    for (depth, frame) in frames.reversed().prefix(callers + 1).enumerated() {
      guard let path = frame.repositoryPath,
        let file = try instruments.syntax(path, nil)
      else { continue }
      let source = Source(file)
      guard let chain = Self.chain(to: frame.line, in: file.root), let statement = chain.last else {
        continue
      }
      found.append(
        CrashSite(
          source: source, line: frame.line, depth: depth, around: Array(chain.dropLast()),
          statement: statement, states: states.filter { $0.depth == depth }, raised: raised,
          nature: nature))
    }
    return found
  }

  private func record(of raised: RaisedException) -> ExceptionRecord {
    ExceptionRecord(
      type: raised.type, module: raised.module, message: raised.message,
      frames: [])
  }

  /// The nodes from the whole file to the innermost statement on a line.
  static func chain(to line: Int, in root: SourceNode) -> [SourceNode]? {
    var chain = [root]
    var deepest: [SourceNode]?
    while let next = chain.last?.children.last(where: {
      $0.span.lines.contains(line) && $0.isBlockPart
    }) {
      chain.append(next)
      if next.isStatement { deepest = chain }
    }
    return deepest
  }
}

extension SourceNode {
  /// Whether it is, or may hold, a statement.
  fileprivate var isBlockPart: Bool {
    isStatement || kind == .handler || Self.blocks.contains(role)
  }
}
