import Failures
import Languages
import Testing

@testable import Reproducing

struct VendorRuleTests {
  /// `book.rate(name)` in line 5 fails in the package's `return self._rates[name]`.
  private func looking(
    up statement: Statement.Kind, given value: CapturedValue = .string("EUR"),
    message: String = "'EUR'", nature: ExceptionNature = .missingKey, before: [String] = []
  ) -> Situation {
    var situation = Situation(nature: nature)
    situation.exception = ExceptionRecord(type: "KeyError", message: message)
    situation.frames = [
      .own("work", line: 5),
      .package(
        "vend", "rate", source: "the line", before: before,
        variables: [
          NamedValue("self", .opaque(type: "Book", description: "")), NamedValue("name", value),
        ]),
    ]
    situation.functions = [
      .own("work", taking: ["name"], [.at(5, .give(.calling("book.rate", .name("name"))))])
    ]
    situation.parsed = [Statement(statement, lines: (before.count + 1)...(before.count + 1))]
    situation.packages = ["vend": "1.4.0"]
    return situation
  }

  private let lookup = Statement.Kind.give(.item(.dotted("self._rates"), .name("name")))

  @Test func `a package that fails over what it saw to itself has a bug`() throws {
    let stop = try #require(
      try looking(
        up: lookup, before: ["if name not in self._rates:", "    self._load(name)"]
      ).verdict())
    #expect(stop.reason == .vendorBug)
    #expect(stop.remedy.contains("`vend` 1.4.0"))
  }

  @Test func `a key that the repository handed in and nobody vouched for is the repository's`()
    throws
  {
    #expect(try looking(up: lookup).verdict() == nil)
  }

  @Test func `a package's own state is its own`() throws {
    let position = Statement.Kind.give(.item(.dotted("self._order"), .value(.integer("-1"))))
    let situation = looking(up: position, message: "out of range", nature: .missingPosition)
    #expect(try situation.verdict()?.reason == .vendorBug)
  }

  @Test(arguments: [
    CapturedValue.null, .string(""), .opaque(type: "Money", description: ""), .list([]),
    .float(.nan),
  ])
  func `a package that was given nothing sound is not to blame`(value: CapturedValue) throws {
    let position = Statement.Kind.give(.item(.dotted("self._order"), .value(.integer("-1"))))
    let situation = looking(
      up: position, given: value, message: "out of range", nature: .missingPosition)
    #expect(try situation.verdict() == nil)
  }

  @Test func `a package that refuses says something about its caller`() throws {
    let refusal = Statement.Kind.fail(.calling("KeyError", .name("name")))
    #expect(try looking(up: refusal, message: "'other'").verdict() == nil)
  }

  @Test func `a division by the caller's own zero is the caller's`() throws {
    func dividing(by divisor: Languages.Expression) -> Situation {
      looking(
        up: .give(.binary(.name("name"), "/", divisor)), given: .integer("12"),
        message: "division by zero", nature: .other)
    }
    #expect(try dividing(by: .dotted("self._parts")).verdict()?.reason == .vendorBug)
    #expect(try dividing(by: .name("name")).verdict() == nil)
  }
}
