import Languages

extension SuiteComparison {
  /// A changed function that gives the failing input a kind of result that it gives nobody else.
  ///
  /// What a rule found evidence for is left alone.
  func oddAnswers(_ harm: [Finding]) -> [Finding] {
    guard let before, let after,
      !harm.contains(where: { $0.weight == .note && $0.text.contains("answers with") })
    else { return [] }
    var known: [FunctionPlace: Set<String>] = [:]
    var counts: [FunctionPlace: Int] = [:]
    for call in before.calls where !call.test.hasPrefix(test.text.path) {
      guard let type = call.resultType else { continue }
      known[call.function, default: []].insert(type)
      counts[call.function, default: 0] += 1
    }
    var found: [Finding] = []
    for call in after.calls where call.test.hasPrefix(test.text.path) {
      guard let type = call.resultType, let types = known[call.function], !types.contains(type),
        counts[call.function, default: 0] > 2, failed(call, before)
      else { continue }
      let finding = Finding.doubt(
        "`\(call.function.name)` gives the failing input a `\(type)`, where \(counts[call.function, default: 0]) recorded calls give \(types.sorted().map { "`\($0)`" }.joined(separator: " or "))"
      )
      if !found.contains(finding) { found.append(finding) }
    }
    return found
  }

  /// Whether this call raised without the patch.
  private func failed(_ call: CallRecord, _ before: SuiteReport) -> Bool {
    before.calls.contains {
      $0.test == call.test && $0.function == call.function && $0.input == call.input
        && $0.raised != nil
    }
  }
}
