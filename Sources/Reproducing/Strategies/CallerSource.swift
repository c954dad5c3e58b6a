import Failures
import Languages

/// Takes over what the caller's own source shows: the call into the repository with the receivers and arguments that it
/// built there, over captured values.
struct CallerSource {
  let evidence: Evidence
  let session: TargetSession
  /// Callers and what they called, outermost first.
  private let boundaries: [Boundary]
  /// The statements that the source of frames outside the repository, and of the callers, shows.
  private let fragments: [Int: Fragment]
  /// Functions whose source some frame outside the repository shows whole.
  private let definitions: [String: FunctionDefinition]
  /// Modules on the stack and the packages around them.
  private let nearby: [String]

  init(evidence: Evidence, session: TargetSession) throws {
    self.evidence = evidence
    self.session = session
    boundaries = Boundary.all(in: evidence)
    let outside = evidence.frames.indices.filter { evidence.frames[$0].frame.origin == .elsewhere }
    var fragments: [Int: Fragment] = [:]
    for index in Set(boundaries.map(\.caller)).union(outside) {
      fragments[index] = try Fragment(of: evidence.frames[index], in: session)
    }
    self.fragments = fragments
    definitions = Self.definitions(in: outside.compactMap { fragments[$0] })
    nearby = Self.modules(in: evidence)
  }

  /// Candidates for the calls from outside the repository, or for those inside it.
  func propose(outside: Bool) throws -> Proposal {
    var proposal = Proposal()
    for (caller, callee) in boundaries.map({ ($0.caller, $0.callee) })
    where outside == (evidence.frames[caller].frame.repositoryPath == nil) {
      do {
        for prefersBuilders in [outside, !outside] {
          if let candidate = try candidate(caller, callee, prefersBuilders: prefersBuilders),
            proposal.candidates.last?.program != candidate.program
          {
            proposal.candidates.append(candidate)
          }
        }
      } catch let failure as Rebuilder.Failure {
        proposal.missing.append(failure.missing)
      }
    }
    return proposal
  }

  private func candidate(
    _ caller: Int, _ callee: Int?, prefersBuilders: Bool
  ) throws -> Candidate? {
    guard let fragment = fragments[caller], let focus = fragment.focus,
      let whole = focus.expression
    else { return nil }
    let function = callee.flatMap { evidence.frames[$0].function }
    let entry =
      function.map { chosen(in: whole, function: $0, callee: callee) } ?? whole.withoutDisplay
    var slicer = slicer(for: caller, focus)
    slicer.prefersBuilders = prefersBuilders
    var assumptions: [String] = []
    let sliced: (setup: [Statement], entry: Expression)
    do {
      sliced = try slicer.slice(entry)
    } catch let failure as Rebuilder.Failure {
      guard let callee, let function,
        let supplied = try CalleeArguments(
          frame: evidence.frames[callee].frame, function: function, slicer: slicer
        ).supply(entry)
      else { throw failure }
      assumptions = supplied.assumptions
      sliced = try slicer.slice(supplied.entry)
    }
    var candidate = Candidate(
      strategy: .callerSource,
      entry: function?.symbol.entry ?? entry.spelledCallee ?? "the caller's expression",
      frameIndex: callee ?? evidence.frames.count,
      program: Program(
        setup: slicer.rebuilder.setup + sliced.setup, entry: Self.completed(sliced.entry),
        fixtures: slicer.rebuilder.fixtures),
      assumptions: assumptions + slicer.rebuilder.assumptions,
      expectedExceptions: try meanings(of: focus.handled, caller: caller))
    candidate.entersRepository =
      slicer.entersRepository || slicer.rebuilder.buildsOwnType
      || evidence.frames[caller].frame.repositoryPath != nil
    return candidate
  }

  private func slicer(for caller: Int, _ focus: Focus) -> Slicer {
    Slicer(
      session: session, before: focus.before, variables: variables(of: caller),
      definitions: definitions, imports: imports(caller), nearby: nearby)
  }

  /// Exceptions for which code outside the repository is prepared where it calls a frame.
  func expectedExceptions(at frameIndex: Int) throws -> [Meaning] {
    guard
      let boundary = boundaries.last(where: { boundary in
        evidence.frames[boundary.caller].frame.repositoryPath == nil
          && (boundary.callee ?? Int.max) <= frameIndex
      }), let focus = fragments[boundary.caller]?.focus
    else { return [] }
    return try meanings(of: focus.handled, caller: boundary.caller)
  }

  /// The part of the caller's expression that made the call, driven to its end.
  private func chosen(
    in whole: Expression, function: FunctionDescription, callee: Int?
  ) -> Expression {
    var constructed: String?
    if let callee, function.role == .initializer,
      case .opaque(let type?, _)? = evidence.frames[callee].frame.variables.first?.value
    {
      constructed = type.lastComponent
    }
    guard let found = EntryMatch(function: function, constructed: constructed).smallest(in: whole)
    else {
      return whole.withoutDisplay
    }
    guard case .call = found else { return found }
    return FrameCall.driven(found, function)
  }

  /// An awaited expression is completed where no function awaits it.
  private static func completed(_ entry: Expression) -> Expression {
    if case .awaited(let inner) = entry { return .completed(inner) }
    return entry
  }

  // MARK: what the evidence shows

  private func variables(of caller: Int) -> [String: CapturedValue] {
    Dictionary(evidence.frames[caller].frame.variables.map { ($0.name, $0.value) }) { first, _ in
      first
    }
  }

  private static func definitions(in fragments: [Fragment]) -> [String: FunctionDefinition] {
    var found: [String: FunctionDefinition] = [:]
    for case .define(let function) in fragments.flatMap(\.statements).flatMap(\.flattened).map(
      \.kind)
    where function.decorators.isEmpty {
      found[function.name] = found[function.name] ?? function
    }
    return found
  }

  private func imports(_ caller: Int) -> [String: Import] {
    let shown = (fragments[caller]?.statements ?? []).flatMap(\.flattened)
    var found: [String: Import] = [:]
    for case .importing(let imports) in shown.map(\.kind) {
      for item in imports { found[item.name] = item }
    }
    return found
  }

  private static func modules(in evidence: Evidence) -> [String] {
    var modules: [String] = []
    for index in evidence.repositoryFrames {
      guard let module = evidence.frames[index].function?.symbol.module, modules.last != module
      else {
        continue
      }
      let top = String(module.prefix { $0 != "." })
      for name in [top, module] where !modules.contains(name) { modules.append(name) }
    }
    return modules
  }

  private func meanings(of types: [Expression], caller: Int) throws -> [Meaning] {
    let imports = imports(caller)
    return try types.flatMap { type -> [Expression] in
      if case .tuple(let items) = type { return items }
      return [type]
    }.compactMap { type in
      guard let names = type.dottedNames, let head = names.first else { return nil }
      let start = imports[head].map {
        [$0.module, $0.member].compactMap(\.self).joined(separator: ".")
      }
      let spelled = ([start ?? head] + names.dropFirst()).joined(separator: ".")
      guard let meaning = try session.resolve([spelled], nearby)[spelled], meaning.isNarrowException
      else { return nil }
      return meaning
    }
  }
}

/// The statements that one frame's source shows.
struct Fragment {
  var statements: [Statement]
  var focus: Focus?

  init?(of evidence: EvidenceFrame, in session: TargetSession) throws {
    let frame = evidence.frame
    if let function = evidence.function, function.role != .module {
      statements = function.definition.body
      focus = Focus(line: frame.line, in: statements)
      return
    }
    guard frame.repositoryPath == nil, frame.origin == .elsewhere, let line = frame.sourceLine
    else {
      return nil
    }
    statements = try session.parse(
      frame.linesBefore + [line] + frame.linesAfter, frame.linesBefore.count)
    focus = Focus(line: frame.linesBefore.count + 1, in: statements)
  }
}

extension Expression {
  /// The part with a call, where the expression only packs results into a list or a map.
  var withoutDisplay: Expression {
    switch self {
    case .map, .list, .tuple, .set:
      let calling = children.filter(\.computes)
      return calling.count == 1 ? calling[0].withoutDisplay : self
    default: return self
    }
  }

  /// Whether evaluating it runs anything.
  private var computes: Bool {
    switch self {
    case .value, .name, .symbol: false
    case .list, .tuple, .set, .map: children.contains(where: \.computes)
    default: true
    }
  }

  fileprivate var spelledCallee: String? {
    if case .call(let callee, _) = self { callee.dottedNames?.joined(separator: ".") } else { nil }
  }
}
