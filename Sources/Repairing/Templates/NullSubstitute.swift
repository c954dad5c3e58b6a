import Languages

/// A value may be nothing, and the code says elsewhere what is taken then.
struct NullSubstitute: Template {
  func drafts(at site: CrashSite, _ evidence: Evidence) throws -> [Draft] {
    guard site.nature == .nothing || site.nature == .other else { return [] }
    return site.nulls.flatMap { operand -> [Draft] in
      let substitutes = NullHandling(of: operand, at: site).substitutes
      return substitutes.map { text, count, line in
        let whole = evidence.notation.conditional(
          evidence.notation.isSomething(site.text(operand)), site.text(operand), text)
        return Draft(
          "null-substitute", [site.source.replacing(operand, with: "(\(whole))")],
          substitutes.count == 1 ? .supported : .plausible, fit: count,
          reason: "line \(line) takes `\(text)` where `\(site.text(operand))` is nothing")
      }
    }
  }
}
