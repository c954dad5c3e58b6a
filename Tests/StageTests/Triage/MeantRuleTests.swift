import Failures
import Languages
import Testing

@testable import Reproducing

struct MeantRuleTests {
  /// `if amount <= 0: raise TYPE(…)` in line 5, called by `view` in line 19.
  private func guarded(
    _ type: String, own: Bool, nature: ExceptionNature = .other,
    arguments: [Languages.Expression] = [.string("no")],
    function: String = "check"
  ) -> Situation {
    var situation = Situation(nature: nature)
    situation.exception = ExceptionRecord(type: type, module: own ? "shop" : nil, message: "no")
    situation.ownTypes = own ? ["shop." + type] : []
    situation.frames = [.own("view", line: 19), .own(function, line: 5)]
    let thrown = Languages.Expression.call(.name(type), arguments.map { Argument(.positional, $0) })
    situation.functions = [
      .own("view", lines: 15...20, [.at(19, .give(.calling(function, .dotted("request.json"))))]),
      .own(
        function, taking: ["amount"], lines: 1...6,
        [
          .block(
            4, 5,
            .branch(
              test: .comparison(.name("amount"), [ComparisonPart("<=", .value(.integer("0")))]),
              then: [.at(5, .fail(thrown))], otherwise: []))
        ]),
    ]
    return situation
  }

  @Test func `a guard with a type of the repository's own is meant, and its condition is named`()
    throws
  {
    let stop = try #require(try guarded("BadAmount", own: true).verdict())
    #expect(stop.reason == .callerError)
    #expect(stop.detail.contains("shop/core.py:5") && stop.detail.contains("line 4"))
  }

  @Test func `a general refusal with a message is meant, one without is in doubt`() throws {
    #expect(
      try guarded("ValueError", own: false, nature: .refusal).verdict()?.reason == .callerError)
    #expect(try guarded("ValueError", own: false, nature: .refusal, arguments: []).verdict() == nil)
  }

  @Test func `exceptions of the language's own protocols go on`() throws {
    #expect(try guarded("KeyError", own: false, nature: .missingKey).verdict() == nil)
    let situation = guarded("Missing", own: true, function: "__getitem__")
    #expect(try situation.verdict() == nil)
  }

  @Test func `a guard of a library that somebody calls is in doubt`() throws {
    var situation = guarded("BadAmount", own: true)
    situation.transaction = nil
    situation.frames.insert(Frame(file: "their.py", function: "handle", line: 3), at: 0)
    #expect(try situation.verdict() == nil)
  }

  @Test func `where another caller answers the exception this one forgot to`() throws {
    var situation = guarded("ValueError", own: false, nature: .refusal)
    situation.handlers = [SourceMatch(path: "shop/core.py", line: 32, text: "ValueError")]
    func sibling(calling name: String) -> FunctionDescription {
      let handler = ExceptionHandler(
        types: [.name("ValueError")], body: [.at(33, .give(.value(.null)))])
      return .own(
        "other", lines: 30...33,
        [
          .block(
            31, 33,
            .attempt(
              body: [.at(31, .give(.calling(name)))], handlers: [handler], otherwise: [],
              finally: []))
        ])
    }
    var prepared = situation
    prepared.functions.append(sibling(calling: "check"))
    #expect(try prepared.verdict() == nil)
    situation.functions.append(sibling(calling: "something_else"))
    #expect(try situation.verdict()?.reason == .callerError)
  }

  @Test func `an exception that stands for any failure is not meant`() throws {
    var situation = guarded("Failed", own: true)
    let handler = ExceptionHandler(
      types: [.name("Exception")], body: [.at(5, .fail(.calling("Failed", .string("x"))))])
    situation.functions[1].definition.body = [
      .block(2, 5, .attempt(body: [.at(3, .pass)], handlers: [handler], otherwise: [], finally: []))
    ]
    #expect(try situation.verdict() == nil)
  }

  @Test func `an exception that the repository handles and reports is meant`() throws {
    var situation = guarded("Rejected", own: true)
    situation.exception.isHandled = true
    let handler = ExceptionHandler(types: [.name("Rejected")], body: [.at(20, .pass)])
    situation.functions[0].definition.body = [
      .block(
        18, 20,
        .attempt(
          body: [.at(19, .give(.calling("check", .name("x"))))], handlers: [handler], otherwise: [],
          finally: []))
    ]
    #expect(try situation.verdict()?.reason == .deliberate)
  }

  @Test(arguments: [
    (Languages.Expression.item(.dotted("app.config"), .string("BULK")), true),
    (.comparison(.dotted("settings.BULK"), [ComparisonPart("==", .string("1"))]), true),
    (.comparison(.name("amount"), [ComparisonPart("<", .dotted("settings.BULK"))]), false),
    (.item(.dotted("request.json"), .string("BULK")), false),
  ])
  func `the switch that leads to an unconditional refusal is named`(
    test: Languages.Expression, isSwitch: Bool
  ) throws {
    var situation = guarded("RuntimeError", own: false, nature: .refusal)
    situation.functions[0].definition.body = [
      .block(
        18, 19,
        .branch(test: test, then: [.at(19, .evaluate(.calling("check")))], otherwise: []))
    ]
    #expect(try situation.verdict()?.detail.contains("BULK") == false)
    situation.functions[1].definition.body = [
      .at(5, .fail(.calling("RuntimeError", .string("not released"))))
    ]
    let stop = try #require(try situation.verdict())
    #expect(stop.reason == .deliberate)
    #expect(stop.detail.contains("`BULK` that `shop/core.py:18`") == isSwitch)
    #expect(stop.remedy.contains("switch `BULK` off") == isSwitch)
  }

  // MARK: what does not exist

  private func unfinished(
    gate: Languages.Expression? = nil, message: String? = "split payouts",
    role: FunctionDescription.Role = .function
  ) -> Situation {
    var situation = Situation(nature: .notImplemented)
    situation.exception = ExceptionRecord(type: "NotImplementedError", message: message ?? "")
    situation.frames = [.own("view", line: 19), .own("split", line: 5)]
    let thrown: Languages.Expression =
      message.map { .calling("NotImplementedError", .string($0)) }
      ?? .name("NotImplementedError")
    let call = Statement.at(19, .give(.calling("split")))
    situation.functions = [
      .own(
        "view", lines: 15...20,
        [gate.map { .block(18, 19, .branch(test: $0, then: [call], otherwise: [])) } ?? call]),
      .own("split", lines: 1...6, role: role, [.at(5, .fail(thrown))]),
    ]
    return situation
  }

  @Test func `a feature that does not exist is a decision`() throws {
    #expect(try unfinished().verdict()?.reason == .deliberate)
  }

  @Test func `a feature behind a switch that is on is an operator's`() throws {
    let stop = try #require(
      try unfinished(gate: .calling("flags.enabled", .string("split"))).verdict())
    #expect(stop.reason == .operatorAction)
    #expect(stop.detail.contains("shop/core.py:18"))
  }

  @Test func `what a base type leaves to its subtypes is a bug of the subtype`() throws {
    #expect(try unfinished(message: nil, role: .method).verdict() == nil)
    #expect(try unfinished(message: "subclasses must implement it", role: .method).verdict() == nil)
  }
}
