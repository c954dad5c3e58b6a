import Failures
import Languages

/// What a right fix may do, as far as the repository itself says: the highest step that evidence carries comes first.
struct ExpectationLadder {
  struct Step {
    var expectation: TestPlan.Expectation
    var rung: RegressionTest.Rung
    var reason: String
  }

  let reproduction: Reproduction
  let session: TargetSession

  func steps() throws -> [Step] {
    let allowed = try allowedExceptions()
    let plain = Step(
      expectation: .noFailure(allowed: allowed), rung: .noFailure,
      reason: allowed.isEmpty
        ? "the code states no more about this input than that it is to be answered"
        : "the code answers malformed input with \(allowed.map(\.spelled).joined(separator: ", ")), so that is accepted as well"
    )
    guard allowed.isEmpty, let type = declaredResult else { return [plain] }
    let property = Step(
      expectation: .resultType(type, allowed: []), rung: .property,
      reason: "the function declares, and nearby inputs show, that it returns `\(type.spelled)`")
    return [property, plain]
  }

  // MARK: exceptions of the repository's own

  /// Narrow types that the code around or below the entry uses to answer such an input, the failure's own lineage left out.
  private func allowedExceptions() throws -> [Symbol] {
    if reproduction.strategy == .requestReplay { return [] }
    var found = reproduction.expectedExceptions
    for function in reproduction.path {
      for name in raisedNames(in: function) {
        guard let meaning = try ownException(name, in: function.symbol.module) else { continue }
        found.append(meaning)
      }
    }
    return Array(Self.widest(of: found).prefix(3)).map(\.symbol)
  }

  /// Each type once, and none that another one of them covers.
  private static func widest(of meanings: [Meaning]) -> [Meaning] {
    var kept: [Meaning] = []
    for meaning in meanings {
      guard !kept.contains(where: { $0.lineage.first.map(meaning.lineage.contains) ?? false })
      else {
        continue
      }
      kept.removeAll { meaning.lineage.first.map($0.lineage.contains) ?? false }
      kept.append(meaning)
    }
    return kept
  }

  private func ownException(_ name: String, in module: String) throws -> Meaning? {
    let spelled = module + "." + name
    let meanings = try session.resolve([name, spelled], [module])
    guard let meaning = meanings[spelled] ?? meanings[name], meaning.isOfRepository,
      meaning.kind == .type, meaning.isNarrowException
    else { return nil }
    // The failure's own type, or one that would catch it, is no answer.
    guard let type = meaning.lineage.first, !reproduction.lineage.contains(type) else { return nil }
    return meaning
  }

  /// Types that a function raises by name, and those that its documentation says it raises.
  private func raisedNames(in function: FunctionDescription) -> [String] {
    var names: [String] = []
    for statement in function.definition.body.flatMap(\.flattened) {
      guard case .fail(let raised?) = statement.kind else { continue }
      if case .call(let callee, _) = raised, let name = callee.dotted { names.append(name) }
      if let name = raised.dotted { names.append(name) }
    }
    return names.filter { $0.split(separator: ".").last?.first?.isUppercase ?? false }
  }

  // MARK: results

  /// A plain type that the entry's function declares to return, and was seen to return for a nearby input.
  private var declaredResult: Symbol? {
    guard reproduction.strategy != .requestReplay, let function = reproduction.path.first,
      !function.isLazy, function.role != .initializer, entryIsCall(of: function),
      case .name(let name)? = function.definition.returns,
      ["str", "int", "bool", "bytes", "list", "dict", "set", "tuple"].contains(name),
      case .passes(_, result: name) = reproduction.certificate.counterfactual
    else { return nil }
    return Symbol(module: "builtins", path: [name])
  }

  private func entryIsCall(of function: FunctionDescription) -> Bool {
    guard case .call(let callee, _) = reproduction.program.entry else { return false }
    switch callee {
    case .symbol(let symbol): return symbol.path.last == function.definition.name
    case .attribute(_, let name): return name == function.definition.name
    default: return false
    }
  }
}

extension Symbol {
  fileprivate var spelled: String { path.last ?? module }
}

extension Expression {
  /// `a.b.c` for a chain of names.
  fileprivate var dotted: String? {
    switch self {
    case .name(let name): name
    case .attribute(let base, let name): base.dotted.map { $0 + "." + name }
    default: nil
    }
  }
}
