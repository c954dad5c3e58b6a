import Failures
import Foundation
import Languages
import Testing

@testable import PythonTarget

/// Test files as they are shipped. `NEVERMORE_RECORD_GOLDENS=1` writes them anew, and fails.
@Suite struct GoldenTestFileTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  private func check(_ text: TestText, _ folder: String) throws {
    var files = text.fixtures
    files[text.path] = text.source
    for (path, content) in files {
      let golden = Self.folder.appendingPathComponent(folder).appendingPathComponent(path)
      if ProcessInfo.processInfo.environment["NEVERMORE_RECORD_GOLDENS"] != nil {
        try FileManager.default.createDirectory(
          at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: golden)
        Issue.record("recorded `\(folder)/\(path)`")
      } else {
        let expected = try? Data(contentsOf: golden)
        #expect(expected == Data(content.utf8), "`\(folder)/\(path)` differs from its golden")
      }
    }
  }

  private let comment = [
    "Failure 7c1e: KeyError in shop/cart.py:discount, first seen 2026-03-01.",
    "", "v1 KeyError at shop/cart.py:discount: #",
  ]

  private func positional(_ values: Languages.Expression...) -> [Argument] {
    values.map { Argument(.positional, $0) }
  }

  private func style(_ framework: SuiteStyle.Framework) -> SuiteStyle {
    SuiteStyle(framework: framework, folder: "tests")
  }

  private func symbol(_ module: String, _ path: String...) -> Languages.Expression {
    .symbol(Symbol(module: module, path: path))
  }

  @Test func `a pytest file with fixtures, environment and an answer`() throws {
    let cart = CapturedValue.map([
      MapEntry(
        key: .string("lines"),
        value: .list([
          .map([
            MapEntry(key: .string("sku"), value: .string("A-1")),
            MapEntry(key: .string("price"), value: .decimal("19.990")),
          ])
        ])),
      MapEntry(
        key: .string("placed"),
        value: .date(Moment(kind: .dateTime, fields: [2026, 3, 1, 12, 30], zone: .utc))),
      MapEntry(key: .string("note"), value: .string("café \u{202E}it's \"fine\"")),
    ])
    let rate = RecordedAnswer(
      symbol: Symbol(module: "shop.rates", path: ["fetch"]), answer: .value(.float(1.5)))
    let program = Program(
      setup: [
        Statement(.bind(.name("cart"), .value(cart))),
        Statement(
          .bind(
            .name("text"),
            .value(
              .string(
                "Dear customer,\nyour order could not be sent.\nWrite to us, or \"call\".\n\nThe shop"
              )))),
        Statement(
          .bind(
            .name("customer"),
            .call(
              symbol("shop.people", "Customer"),
              [
                Argument(.named("name"), .value(.string("Ann Example of the long name"))),
                Argument(.named("address"), .value(.tuple([.string("Street"), .integer("12")]))),
              ]))),
      ],
      entry: .call(
        .attribute(.name("customer"), "discount"), positional(.name("cart"), .name("text"))),
      conditions: Conditions(environment: ["CURRENCY": "EUR"], answers: [rate]), fixtures: ["db"])
    let plan = TestPlan(
      style: style(.pytest), path: "tests/test_discount.py",
      name: "discount of a customer without one", comment: comment, program: program,
      expectation: .noFailure(allowed: [Symbol(module: "shop.errors", path: ["CartError"])]))
    try check(try PythonPrinter().test(plan), "pytest")
  }

  @Test func `a unittest file with a known issue, a standing clock and a value`() throws {
    let program = Program(
      setup: [Statement(.bind(.name("basket"), .call(symbol("shop.cart", "Basket"), [])))],
      entry: .completed(
        .call(symbol("shop.tasks", "total"), positional(.name("basket"), .value(.bool(true))))),
      conditions: Conditions(
        environment: ["MODE": "live"], instant: Date(timeIntervalSince1970: 1_772_368_200),
        answers: [
          RecordedAnswer(
            symbol: Symbol(module: "shop.rates", path: ["Rates", "fetch"]),
            answer: .value(.map([])))
        ]))
    let plan = TestPlan(
      style: style(.unittest), path: "tests/test_total.py", name: "total of an empty basket",
      comment: comment, program: program, expectation: .value(.value(.integer("0")), allowed: []),
      knownIssue: "the total of nothing is not defined")
    try check(try PythonPrinter().test(plan), "unittest")
  }

  @Test func `a pytest file with values in files beside it`() throws {
    let rows = (0..<60).map { index in
      CapturedValue.map([
        MapEntry(key: .string("id"), value: .integer("\(index)")),
        MapEntry(key: .string("rate"), value: .float(Double(index) / 8)),
        MapEntry(key: .string("name"), value: .string("row é\u{2028}\(index)")),
      ])
    }
    let text = String(repeating: "A line of text, as it was uploaded.\n", count: 70)
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let program = Program(
      setup: [Statement(.bind(.name("rows"), .value(.list(rows))))],
      entry: .call(
        symbol("shop.imports", "load"),
        [
          Argument(.positional, .name("rows")),
          Argument(.named("text"), .value(.string(text))),
          Argument(.positional, .value(.bytes(bytes, mutable: true))),
        ].sorted { $0.label == .positional && $1.label != .positional }))
    let plan = TestPlan(
      style: style(.pytest), path: "tests/imports/test_load.py", name: "load of an import",
      comment: comment, program: program,
      expectation: .resultType(
        Symbol(module: "shop.imports", path: ["Import"]),
        allowed: [Symbol(module: "shop.errors", path: ["ImportFailed"])]),
      knownIssue: "not fixed yet")
    try check(try PythonPrinter().test(plan), "files")
  }

  @Test func `a trial's program ends with its result`() throws {
    let program = Program(
      setup: [
        Statement(.importing([Import(module: "shop.cart", member: "total", name: "count")])),
        Statement(.bind(.name("total"), .value(.integer("1")))),
      ],
      entry: .drained(
        .call(symbol("shop.cart", "total"), positional(.name("total"), .name("count")))),
      conditions: Conditions(
        environment: ["MODE": "li\"ve"], instant: Date(timeIntervalSince1970: 5),
        answers: [
          RecordedAnswer(
            symbol: Symbol(module: "shop.rates", path: ["fetch"]), answer: .value(.null))
        ]))
    let text = try PythonPrinter().program(program)
    try check(TestText(path: "program.py", source: text), "program")
  }
}
