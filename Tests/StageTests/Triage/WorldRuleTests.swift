import Failures
import Languages
import Testing

@testable import Reproducing

/// What the world around the code did: clients, machines, networks, operators.
struct WorldRuleTests {
  private func failing(_ nature: ExceptionNature, _ statement: Statement) -> Situation {
    var situation = Situation(nature: nature)
    situation.frames = [.own("work", line: 5)]
    situation.functions = [.own("work", taking: ["path"], [statement])]
    return situation
  }

  private let call = Statement.at(5, .evaluate(.calling("service.ask", .name("path"))))

  @Test(arguments: [
    (ExceptionNature.cancelled, Stop.Reason.cancelled), (.clientGone, .clientGone),
    (.storage, .resourceExhausted), (.memory, .resourceExhausted),
    (.descriptors, .resourceExhausted), (.network, .flakyNetwork), (.dependency, .dependencyDown),
    (.permission, .configuration), (.configuration, .configuration), (.usage, .operatorAction),
    (.excessiveInput, .callerError), (.rejectedInput, .callerError),
  ])
  func `what an exception is about decides where the code had no part in it`(
    nature: ExceptionNature, reason: Stop.Reason
  ) throws {
    let stop = try #require(try failing(nature, call).verdict())
    #expect(stop.reason == reason)
    #expect(stop.detail.contains("shop/core.py:5"))
    #expect(!stop.remedy.isEmpty)
  }

  @Test(arguments: [
    ExceptionNature.other, .missingKey, .missingPosition, .nothing, .conversion, .depth, .signature,
    .refusal, .missingFile, .schema, .missingModule, .notImplemented,
  ])
  func `a crash over a value goes on`(nature: ExceptionNature) throws {
    #expect(try failing(nature, call).verdict() == nil)
  }

  @Test func `a type of the repository's own is not judged by what others mean by its name`() throws
  {
    var situation = failing(.network, call)
    situation.exception = ExceptionRecord(type: "Timeout", module: "shop", message: "x")
    situation.ownTypes = ["shop.Timeout"]
    #expect(try situation.verdict() == nil)
  }

  // MARK: signals

  /// `def stop(number, frame): raise Stopped(…)` in line 5, called while `watch` stood in line 19.
  private func signalled(by registration: String, taking parameters: [String]) -> Situation {
    var situation = Situation()
    situation.exception = ExceptionRecord(type: "Stopped", module: "shop", message: "SIGTERM")
    situation.ownTypes = ["shop.Stopped"]
    situation.frames = [.own("watch", line: 19), .own("stop", line: 5)]
    situation.functions = [
      .own("watch", lines: 15...20, [.at(19, .evaluate(.calling("time.sleep", .name("pause"))))]),
      .own(
        "stop", taking: parameters, lines: 4...6,
        [.at(5, .fail(.calling("Stopped", .string("x"))))]),
    ]
    situation.texts = [SourceMatch(path: "shop/core.py", line: 16, text: registration)]
    return situation
  }

  @Test(arguments: [
    ("signal.signal(signal.SIGTERM, stop)", Stop.Reason.cancelled),
    ("loop.add_signal_handler(signal.SIGINT, stop)", .cancelled),
    ("signal.signal(signal.SIGTERM, stopped)", .deliberate),
    ("signal.signal(signal.SIGALRM, stop)", .deliberate), ("queue.append(stop)", .deliberate),
  ])
  func `what is registered for signals from outside ends the work, whatever it raises`(
    registration: String, reason: Stop.Reason
  ) throws {
    let stop = try #require(
      try signalled(by: registration, taking: ["number", "frame"]).verdict())
    #expect(stop.reason == reason)
    #expect((reason == .cancelled) == stop.detail.contains("shop/core.py:19"))
  }

  // MARK: outages

  @Test(arguments: [
    ("certificate verify failed: certificate has expired (_ssl.c:1006)", "expired"),
    ("certificate verify failed: Hostname mismatch, certificate is not valid for 'x'", "name"),
  ])
  func `a certificate that was rejected is named with its fault`(message: String, fault: String)
    throws
  {
    var situation = failing(.network, call)
    situation.exception.message = message
    let stop = try #require(try situation.verdict())
    #expect(stop.detail.contains("certificate") && stop.detail.contains(fault))
    #expect(stop.remedy.contains("renew"))
    situation.exception.message = "[SSL: WRONG_VERSION_NUMBER] wrong version number"
    #expect(try situation.verdict()?.remedy.contains("renew") == false)
  }

  @Test func `an outage that slips through a fallback for outages is a bug`() throws {
    let fallback = ExceptionHandler(
      types: [.name("Refused")], body: [.at(7, .give(.name("last")))])
    let passing = ExceptionHandler(types: [.name("Refused")], body: [.at(7, .fail(nil))])
    for (handler, goesOn) in [(fallback, true), (passing, false)] {
      var situation = failing(
        .network,
        .block(4, 7, .attempt(body: [call], handlers: [handler], otherwise: [], finally: [])))
      situation.natures = ["Refused": .network]
      #expect(try (situation.verdict() == nil) == goesOn)
    }
  }

  private func translated(_ cause: ExceptionNature, from types: [Languages.Expression]) -> Situation
  {
    let handler = ExceptionHandler(
      types: types, body: [.at(7, .fail(.calling("RatesGone", .string("no rates"))))])
    var situation = failing(
      .other, .block(4, 7, .attempt(body: [call], handlers: [handler], otherwise: [], finally: [])))
    situation.exception = ExceptionRecord(type: "RatesGone", module: "shop", message: "x")
    situation.ownTypes = ["shop.RatesGone"]
    situation.frames = [.own("work", line: 7)]
    situation.causes = [
      ExceptionRecord(type: "Cause", message: "", frames: [.own("work", line: 5)])
    ]
    situation.natures = ["Cause": cause, "Refused": .network]
    return situation
  }

  @Test func `what an exception translates decides`() throws {
    let outage = try #require(try translated(.network, from: [.name("Cause")]).verdict())
    #expect(outage.reason == .flakyNetwork)
    #expect(outage.detail.contains("`RatesGone`"))
    #expect(try translated(.nothing, from: [.name("Exception")]).verdict() == nil)
  }

  @Test func `where the cause was cut off the handler's types tell it`() throws {
    var situation = translated(.other, from: [.name("Refused")])
    situation.causes = []
    #expect(try situation.verdict()?.reason == .flakyNetwork)
  }

  @Test func `giving up after attempts that met outages is an outage`() throws {
    for (type, reason) in [("Refused", Stop.Reason.flakyNetwork), ("BadRow", .deliberate)] {
      var situation = translated(.other, from: [])
      situation.causes = []
      let again = ExceptionHandler(types: [.name(type)], body: [.at(5, .pass)])
      situation.functions[0].definition.body = [
        .block(
          3, 5, .attempt(body: [.at(4, .pass)], handlers: [again], otherwise: [], finally: [])),
        .at(7, .fail(.calling("RatesGone", .string("gave up")))),
      ]
      #expect(try situation.verdict()?.reason == reason)
    }
  }

  // MARK: operators

  private func command(_ nature: ExceptionNature, _ inner: Languages.Expression) -> Situation {
    var situation = Situation(nature: nature)
    situation.frames = [.own("command", line: 9), .own("read", line: 5)]
    situation.functions = [
      .own(
        "command", taking: ["args"], [.at(9, .evaluate(.calling("read", .dotted("args.path"))))]),
      .own("read", taking: ["path"], [.at(5, .give(inner))]),
    ]
    return situation
  }

  @Test func `a file from the command line that is not there is the operator's`() throws {
    let situation = command(.missingFile, .calling("open", .name("path")))
    #expect(try situation.verdict()?.reason == .operatorAction)
  }

  /// `main` gives a word of its list on to `write`, under a name of its own.
  private func listed(_ nature: ExceptionNature, opening path: String) -> Situation {
    var situation = Situation(nature: nature)
    situation.exception = ExceptionRecord(type: "OSError", message: "[Errno 13] no: '\(path)'")
    situation.frames = [.own("main", line: 9), .own("write", line: 5)]
    situation.frames[0].variables = [
      NamedValue("words", .list([.string("report"), .string("/srv/out")]))
    ]
    situation.functions = [
      .own("main", taking: ["words"], [.at(9, .evaluate(.calling("write", .name("last"))))]),
      .own("write", taking: ["path"], [.at(5, .give(.calling("open", .name("path"))))]),
    ]
    return situation
  }

  @Test(arguments: [
    (ExceptionNature.permission, "/srv/out", Stop.Reason.operatorAction),
    (.permission, "/srv/out/a.txt", .operatorAction), (.permission, "/srv/data", .configuration),
    (.missingFile, "/srv/out", .operatorAction),
  ])
  func `a path that is a word of the command line is the operator's before the deployment's`(
    nature: ExceptionNature, path: String, reason: Stop.Reason
  ) throws {
    #expect(try listed(nature, opening: path).verdict()?.reason == reason)
  }

  @Test func `a file that is missing in a folder of the command line is the code's own affair`()
    throws
  {
    #expect(try listed(.missingFile, opening: "/srv/out/a.txt").verdict() == nil)
  }

  @Test func `a path that a request names is no operator's`() throws {
    var situation = listed(.missingFile, opening: "/srv/out")
    situation.request = RequestRecord(method: "GET", url: "http://shop/x")
    #expect(try situation.verdict() == nil)
  }

  @Test func `a request's arguments are no command line`() throws {
    var situation = command(.missingFile, .calling("open", .name("path")))
    situation.request = RequestRecord(method: "GET", url: "http://shop/x")
    #expect(try situation.verdict() == nil)
  }

  @Test func `options of a function that no program's entry called are no command line`() throws {
    var situation = command(.missingFile, .calling("open", .name("path")))
    situation.frames[0].function = "render"
    situation.functions[0].definition.name = "render"
    #expect(try situation.verdict() == nil)
  }

  @Test func `only an argument that is converted as it came is the operator's`() throws {
    for (message, isOperator) in [("no number: 'many'", true), ("no number: 'first line'", false)] {
      var situation = command(.conversion, .calling("int", .name("path")))
      situation.exception.message = message
      situation.frames[1].variables = [NamedValue("path", .string("many"))]
      #expect(try (situation.verdict()?.reason == .operatorAction) == isOperator)
    }
  }
}
