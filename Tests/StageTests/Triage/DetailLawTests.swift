import Failures
import Languages
import Testing

@testable import Reproducing

struct DetailLawTests {
  /// Captured values are other people's: what triage writes goes into logs and pull requests.
  @Test(arguments: 0..<40)
  func `nothing that triage says holds a captured value`(seed: Int) throws {
    let secret = "captured\(seed &* 2_654_435_761)"
    for nature in natures {
      let stop = try situation(nature, secret).verdict()
      let said = [stop?.detail, stop?.remedy].compactMap(\.self) + (stop?.missing ?? [])
      #expect(said.allSatisfy { !$0.contains(secret) }, "\(nature.rawValue)")
    }
  }

  @Test func `the situations of the law do stop`() throws {
    let stops = try natures.filter { try situation($0, "x").verdict() != nil }
    #expect(stops.count > 10)
  }

  private let natures: [ExceptionNature] = [
    .network, .dependency, .schema, .memory, .storage, .descriptors, .clientGone, .cancelled,
    .missingModule, .missingFile, .permission, .notImplemented, .configuration, .rejectedInput,
    .excessiveInput, .usage, .conversion, .missingKey, .missingPosition, .refusal, .other,
  ]

  private func situation(_ nature: ExceptionNature, _ secret: String) -> Situation {
    var situation = Situation(nature: nature)
    situation.exception = ExceptionRecord(
      type: "Failure",
      message: nature == .schema
        ? "no such column: note" : "No module named '\(secret)': '\(secret)'")
    let value = NamedValue("path", .string(secret))
    var site = Frame.own("work", line: 5, source: "ask(path)")
    site.variables = [value]
    situation.frames = [site]
    if nature == .missingPosition {
      situation.frames.append(.package("vend", "ask", source: "x", variables: [value]))
      situation.parsed = [.at(1, .give(.item(.name("order"), .value(.integer("0")))))]
    }
    let call = Languages.Expression.calling("ask", .name("path"))
    let thrown = Languages.Expression.calling("Failure", .name("path"))
    let isRaised = [.notImplemented, .refusal].contains(nature)
    situation.functions = [
      .own(
        "work", taking: ["path"],
        [.at(5, isRaised ? .fail(thrown) : .evaluate(call))])
    ]
    if [.missingFile, .conversion].contains(nature) {
      situation.functions[0].definition.body.insert(
        .at(4, .bind(.name("path"), .calling("os.getenv", .string("LIMITS")))), at: 0)
    }
    situation.texts = [
      SourceMatch(path: "migrations/2.sql", line: 1, text: "ADD COLUMN note")
    ]
    situation.dependencies = [
      DeclaredDependency(
        package: "sheets", place: SourceMatch(path: "requirements.txt", line: 1, text: "sheets"))
    ]
    situation.request =
      nature == .refusal
      ? RequestRecord(method: "GET", url: "http://x/\(secret)", query: [value]) : nil
    return situation
  }
}
