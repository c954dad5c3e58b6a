import Interchange
import Languages

extension PythonRepository {
  /// Judges mutants on a copy of the tree, by the cheapest way that says of each what a fresh process would say.
  func mutate(_ request: MutationRequest) throws -> MutationReport {
    guard !request.mutants.isEmpty else { return MutationReport(entries: []) }
    let answer = try inCopy { copy in
      try copy.kit.ask(
        "mutate",
        [
          .init("tests", request.tests.map { .array($0.map { .string($0) }) } ?? .null),
          .init("files", Self.texts(request.files)),
          .init("mutants", .array(request.mutants.map(Self.record))),
          .init("seconds", .double(request.seconds)), .init("folder", .optional(settings.tests)),
        ], seconds: request.seconds * 2 + 180)
    }
    return Self.report(answer, of: request.mutants)
  }

  private static func record(_ mutant: Mutant) -> JSON {
    [
      "path": .string(mutant.path), "start": .integer(mutant.span.bytes.lowerBound),
      "end": .integer(mutant.span.bytes.upperBound), "replacement": .string(mutant.replacement),
      "lines": [.integer(mutant.span.lines.lowerBound), .integer(mutant.span.lines.upperBound)],
    ]
  }

  private static func report(_ answer: JSON, of mutants: [Mutant]) -> MutationReport {
    let records = answer["records"]?.items ?? []
    let judged = records.compactMap { record in record["index"]?.integer.map { ($0, record) } }
    let byPosition = Dictionary(judged) { first, _ in first }
    let entries = mutants.enumerated().compactMap { position, mutant in
      byPosition[position].flatMap { entry($0, of: mutant) }
    }
    let preparation = records.first { $0["preparation"] != nil }
    let isReady = (preparation?["collected"]?.integer ?? 0) > 0
    return MutationReport(
      entries: entries,
      failingBaseline: (preparation?["failing"]?.items ?? []).compactMap(\.text),
      trouble: isReady ? nil : trouble(answer, records),
      preparationCPUSeconds: preparation?["preparation"]?.double ?? 0,
      isCut: entries.count < mutants.count)
  }

  private static func entry(_ record: JSON, of mutant: Mutant) -> MutationReport.Entry? {
    let outcome: MutantOutcome
    switch record["outcome"]?.text {
    case "killed": outcome = .killed(by: record["by"]?.text ?? "")
    case "survived": outcome = .survived
    case "timedOut": outcome = .timedOut
    case "unviable": outcome = .unviable
    case "equivalent": outcome = .equivalent
    case "notCovered": outcome = .notCovered
    default: return nil
    }
    return MutationReport.Entry(
      mutant: mutant, outcome: outcome, tier: record["tier"]?.text ?? "",
      cpuSeconds: record["cpu"]?.double ?? 0)
  }

  private static func trouble(_ answer: JSON, _ records: [JSON]) -> String {
    let told = records.compactMap { $0["trouble"]?.text }
    if !told.isEmpty { return told.prefix(5).joined(separator: "; ") }
    let lines = (answer["output"]?.text ?? "").split(separator: "\n").map(String.init)
    return lines.last ?? "no test was found"
  }
}
