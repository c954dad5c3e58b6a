import Failures
import Languages

/// A program that may lead to the failure, before it was run.
struct Candidate: Sendable {
  var strategy: Reproduction.Strategy
  var entry: String
  /// The position of the entry's frame: what lies inside must come back in the same order.
  var frameIndex: Int
  var program: Program
  /// What of the program's setup has to be as production found it; what is not needed is left out in the end.
  var state: [Replay] = []
  var assumptions: [String] = []
  var expectedExceptions: [Meaning] = []
  /// Whether the program names anything of the repository; one that does not shows nothing about it.
  var entersRepository = true
  /// Whether the receiver is a new object, of which nothing but the type is known.
  var assumesReceiver = false
}

extension Candidate {
  /// The same after more of the state that production found.
  func with(_ parts: [Replay]) -> Candidate {
    var changed = self
    let whole = parts.reduce(Replay(), +)
    changed.state += parts
    changed.program.setup = whole.setup + changed.program.setup
    changed.program.fixtures += whole.fixtures.filter { !changed.program.fixtures.contains($0) }
    changed.assumptions += whole.assumptions
    return changed
  }

  /// The same without one part of its state.
  func without(_ part: Replay) -> Candidate {
    var changed = self
    changed.state.removeAll { $0 == part }
    let statements = Set(part.setup)
    changed.program.setup.removeAll { statement in
      statements.contains(statement)
        && !changed.state.contains { $0.setup.contains(statement) }
    }
    let needed = Set(changed.state.flatMap(\.fixtures))
    changed.program.fixtures.removeAll { part.fixtures.contains($0) && !needed.contains($0) }
    changed.assumptions.removeAll { part.assumptions.contains($0) }
    return changed
  }

  /// Whether the rest of the program uses what a part of its state makes, and nothing else does.
  func uses(_ part: Replay) -> Bool {
    let rest = without(part).program
    let made = Set(
      part.setup.compactMap { statement -> String? in
        guard case .bind(.name(let name), _) = statement.kind, !rest.setup.contains(statement)
        else { return nil }
        return name
      })
    let names = rest.setup.flatMap(\.expressions).reduce(into: rest.entry.freeNames) {
      $0.formUnion($1.freeNames)
    }
    return !names.isDisjoint(with: made)
  }
}

/// What a strategy found out: programs to try, and what kept it from making others.
struct Proposal: Sendable {
  var candidates: [Candidate] = []
  var missing: [Missing] = []
}

extension Proposal {
  /// What `candidates` makes of each function of the repository on the stack, outermost first and each once; `nil` passes a
  /// frame over. Values that could not be rebuilt are noted.
  init(
    of evidence: Evidence,
    candidates: (_ frameIndex: Int, FunctionDescription) throws -> [Candidate]?
  ) throws {
    self.init()
    var tried = Set<Symbol>()
    for index in evidence.repositoryFrames {
      guard let function = evidence.frames[index].function else {
        let frame = evidence.frames[index].frame
        if !frame.function.hasPrefix("<") { missing.append(Missing(frame: frame)) }
        continue
      }
      guard !tried.contains(function.symbol) else { continue }
      do {
        guard let found = try candidates(index, function) else { continue }
        self.candidates += found
      } catch let failure as Rebuilder.Failure {
        missing.append(failure.missing)
      }
      tried.insert(function.symbol)
    }
  }
}

/// A value that a strategy needed and the event does not hold.
struct Missing: Sendable, Hashable {
  /// `cart.items of shop.pricing:total`
  var what: String
  /// `truncated at 10`
  var why: String

  /// The noun in front: most of what is missing is a value.
  var kind = "value of"

  init(what: String, why: String) {
    self.what = what
    self.why = why
  }

  /// A frame of the repository at whose line its function does not stand.
  init(frame: Frame) {
    what = "`\(frame.function)` at \(frame.repositoryPath ?? ""):\(frame.line)"
    why = "this revision has no such function there; give the deployed one with `--at`"
    kind = "source of"
  }

  var description: String { "\(kind) \(what): \(why)" }

  /// The loss of a captured value in words.
  static func reason(of loss: CapturedValue) -> String {
    switch loss {
    case .truncated(let known, _):
      "truncated at \(known.children.isEmpty ? "its limit" : "\(known.children.count)")"
    case .opaque(let type?, _): "only its type is known, \(type)"
    case .opaque: "only a description is known"
    case .redacted(let kind): "redacted (\(kind))"
    case .absent: "not sent"
    case .unread: "not read"
    default: "not rebuilt"
    }
  }
}
