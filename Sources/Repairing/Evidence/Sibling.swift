import Languages

/// Another function of the same type or module that does much the same.
struct Sibling {
  let function: SourceNode
  /// How much alike the two are.
  let likeness: Int

  /// Functions beside the one of a site, the likest first.
  static func all(of site: CrashSite) -> [Sibling] {
    guard let function = site.function,
      let home = site.around.last(where: { $0.kind == .type || $0.kind == .module })
    else { return [] }
    let calls = calls(in: site.statement)
    return home.children(.body).filter { $0.kind == .function && $0 != function }
      .map { Sibling(function: $0, likeness: likeness($0, function, calls)) }
      .sorted { $0.likeness > $1.likeness }
  }

  private static func likeness(
    _ other: SourceNode, _ function: SourceNode, _ calls: Set<String>
  ) -> Int {
    var likeness = 8 * calls.intersection(Self.calls(in: other)).count
    likeness += words(other.label).intersection(words(function.label)).count
    let parameters = Set(function.children(.parameters).map(\.label))
    likeness += other.children(.parameters).filter { parameters.contains($0.label) }.count
    if other.children(.parameters).count == function.children(.parameters).count { likeness += 1 }
    return likeness
  }

  private static func words(_ name: String) -> Set<Substring> { Set(name.split(separator: "_")) }

  /// Names of the plain functions that are called in a piece of code.
  static func calls(in node: SourceNode) -> Set<String> {
    Set(
      node.flattened.compactMap {
        $0.kind == .call && $0.child(.callee)?.kind == .name ? $0.child(.callee)?.label : nil
      })
  }
}

/// What a function gives for a parameter that holds nothing.
struct EmptyCase {
  /// The parameter's place among the function's.
  let position: Int
  let parameter: String
  /// What it gives: a literal or the parameter itself.
  let result: SourceNode
  let line: Int

  /// The cases that a function's own statements show: `if not items: return x`, `if items: return … else: return x`.
  static func all(of function: SourceNode) -> [EmptyCase] {
    let parameters = function.children(.parameters).map(\.label)
    let body = function.children(.body)
    return body.enumerated().compactMap { index, statement in
      guard statement.kind == .branch, let test = statement.child(.test) else { return nil }
      let result: SourceNode?
      let name: String
      if test.kind == .unary, test.label == "not", let inner = test.children.first,
        inner.kind == .name
      {
        name = inner.label
        result = given(by: statement.children(.body))
      } else if test.kind == .name {
        name = test.label
        guard given(by: statement.children(.body)) != nil else { return nil }
        let rest = Array(body.dropFirst(index + 1))
        result = given(by: statement.children(.otherwise)) ?? given(by: rest)
      } else {
        return nil
      }
      guard let result, let position = parameters.firstIndex(of: name),
        result.kind == .literal
          || result.children.isEmpty && [.list, .map, .tuple].contains(result.kind)
          || result.kind == .name && result.label == name
      else { return nil }
      return EmptyCase(
        position: position, parameter: name, result: result,
        line: statement.span.lines.lowerBound)
    }
  }

  private static func given(by statements: [SourceNode]) -> SourceNode? {
    guard statements.count == 1, let only = statements.first, only.kind == .give else { return nil }
    return only.child(.value)
  }
}
