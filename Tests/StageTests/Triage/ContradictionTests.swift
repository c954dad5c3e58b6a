import Failures
import Languages
import Testing

@testable import Reproducing

/// Guards against values that the repository itself writes.
struct ContradictionTests {
  private let unlisted = Languages.Expression.comparison(
    .name("state"), [ComparisonPart("not in", .name("ORDER"))])

  /// `if state not in ORDER: raise ValueError(f"unknown state {state!r}")` in line 5, for "parked" out of a field.
  private func refused(
    _ test: Languages.Expression? = nil, writing line: String = "    self.jobs[name] = \"parked\""
  ) -> Situation {
    var situation = Situation(nature: .refusal)
    situation.exception = ExceptionRecord(
      type: "ValueError", message: "unknown state 'parked'")
    situation.frames = [.own("listing", line: 19), .own("rank", line: 5)]
    situation.frames[1].variables = [NamedValue("state", .string("parked"))]
    situation.functions = [
      .own(
        "listing", lines: 15...20,
        [.at(19, .give(.calling("rank", .item(.dotted("self.jobs"), .name("name")))))]),
      .own(
        "rank", taking: ["state"], lines: 1...6,
        [
          .block(
            4, 5,
            .branch(
              test: test ?? unlisted,
              then: [.at(5, .fail(.calling("ValueError", .string("unknown state"))))],
              otherwise: []))
        ]),
    ]
    situation.texts = [SourceMatch(path: "shop/core.py", line: 30, text: line)]
    return situation
  }

  @Test func `a value that the code writes and does not know is a bug of the code`() throws {
    #expect(try refused().verdict() == nil)
  }

  @Test(arguments: [
    "    if jobs.get(\"parked\"):", "    row[\"parked\"]", "# like \"parked\"",
    "STATE = \"paused\"",
  ])
  func `a value that the code does not write is refused on purpose`(line: String) throws {
    #expect(try refused(writing: line).verdict()?.reason == .deliberate)
  }

  @Test func `what only tests, documents or the guard itself spell is not written by the code`()
    throws
  {
    for (path, line) in [("tests/test_core.py", 3), ("README.md", 3), ("shop/core.py", 2)] {
      var situation = refused()
      situation.texts = [SourceMatch(path: path, line: line, text: "x = \"parked\"")]
      #expect(try situation.verdict()?.reason == .deliberate)
    }
  }

  @Test func `a value that came from outside is the caller's affair`() throws {
    var called = refused()
    called.frames[0].variables = [NamedValue("state", .list([.string("park parked")]))]
    called.functions[0].definition.parameters = [Parameter(name: "state")]
    #expect(try called.verdict()?.reason == .deliberate)

    var asked = refused()
    asked.request = RequestRecord(method: "POST", url: "http://shop/jobs/parked")
    #expect(try asked.verdict()?.reason == .callerError)

    var started = refused()
    started.arguments = ["shop", "--state=parked"]
    #expect(try started.verdict()?.reason == .deliberate)
  }

  @Test func `a word in a path of the machine is no input`() throws {
    var situation = refused()
    situation.arguments = ["/srv/status-parked/run"]
    #expect(try situation.verdict() == nil)
  }

  @Test func `a guard that tests for the very value knows it`() throws {
    let tested = Languages.Expression.comparison(
      .name("state"), [ComparisonPart("==", .string("parked"))])
    #expect(try refused(tested).verdict()?.reason == .deliberate)
    let listed = Languages.Expression.comparison(
      .name("state"), [ComparisonPart("in", .name("FINISHED"))])
    #expect(try refused(listed).verdict()?.reason == .deliberate)
  }

  @Test func `what one state does not lead to is refused on purpose`() throws {
    let next = Languages.Expression.comparison(
      .name("state"),
      [ComparisonPart("not in", .item(.name("NEXT"), .dotted("self.state")))])
    #expect(try refused(next).verdict()?.reason == .deliberate)
  }

  @Test func `a field that was not captured is told by the message`() throws {
    var situation = refused(
      .comparison(.dotted("self.state"), [ComparisonPart("not in", .name("ORDER"))]))
    situation.frames[1].variables = []
    #expect(try situation.verdict() == nil)
  }
}
