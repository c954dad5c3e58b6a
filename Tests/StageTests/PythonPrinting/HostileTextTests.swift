import Failures
import Languages
import Testing

@testable import PythonTarget

@Suite struct HostileTextTests {
  private func plan(_ name: String, comment: [String], entry: Expression) -> TestPlan {
    TestPlan(
      style: SuiteStyle(framework: .pytest, folder: "tests"), path: "tests/test_a.py", name: name,
      comment: comment, program: Program(entry: entry), expectation: .noFailure(allowed: []))
  }

  @Test func `a comment cannot end itself or say how the file is read`() throws {
    let lines = [
      "-*- coding: utf-7 -*-", "a\nimport os", "b\rimport os", "c\u{2028}d\u{202E}", "\u{C}e",
    ]
    let text = try PythonPrinter().test(plan("a", comment: lines, entry: .name("a"))).source
    #expect(
      text == """
        # -*- coding : utf-7 -*-
        # a
        # import os
        # b import os
        # c d
        #  e


        def test_a():
            a

        """)
  }

  @Test(arguments: [
    "import", "a b", "", "a;b", "a\nb", "x.y", "None", "1a", "a-b", "é\u{301}", "ﬁ", "𝐚",
    "__import__('os')",
  ])
  func `what is no name is refused`(name: String) {
    let printer = PythonPrinter()
    #expect(throws: PrintingError.invalidName(name)) { try printer.source(of: .name(name)) }
    #expect(throws: PrintingError.invalidName(name)) {
      try printer.source(of: .attribute(.name("a"), name))
    }
    #expect(throws: PrintingError.self) {
      try printer.source(of: .symbol(Symbol(module: "a", path: [name])))
    }
    #expect(throws: PrintingError.self) {
      try printer.source(of: .call(.name("a"), [Argument(.named(name), .name("b"))]))
    }
  }

  @Test(arguments: ["==", "; import os;", "and", "if"])
  func `an operator of another kind is refused`(operation: String) {
    #expect(throws: PrintingError.self) {
      try PythonPrinter().source(of: .binary(.name("a"), operation, .name("b")))
    }
  }

  @Test(arguments: [
    (CapturedValue.opaque(type: "X", description: "secret"), "opaque"), (.absent, "absent"),
    (.unread, "unread"), (.truncated(known: .string("secret"), certain: true), "truncated"),
  ])
  func `a loss is refused by its kind, and its value is not named`(
    value: CapturedValue, kind: String
  ) {
    #expect(throws: PrintingError.loss(kind: kind)) { try PythonPrinter().literal(.list([value])) }
    #expect(!PrintingError.loss(kind: kind).description.contains("secret"))
  }

  @Test func `what is nearly known is printed`() throws {
    let printer = PythonPrinter()
    #expect(try printer.literal(.redacted(kind: "filtered")) == "\"redacted\"")
    #expect(try printer.literal(.truncated(known: .list([]), certain: false)) == "[]")
    #expect(throws: PrintingError.cycle) { try printer.literal(.reference(1)) }
    #expect(throws: PrintingError.unknownType("shop.Line")) {
      try printer.literal(.object(ObjectValue(type: "shop.Line")))
    }
  }

  @Test func `a type of the repository is constructed by the class that is known for it`() throws {
    let printer = PythonPrinter { $0 == "Line" ? Symbol(module: "shop.cart", path: ["Line"]) : nil }
    let line = CapturedValue.object(
      ObjectValue(type: "Line", positional: [.integer("-1")], named: [NamedValue("sku", .null)]))
    let source = try printer.source(
      of: .list([.value(line), .value(.enumeration(type: "Line", member: "RED", raw: nil))]))
    #expect(source.text == "[Line(-1, sku=None), Line.RED]")
    #expect(source.imports == [Import(module: "shop.cart", member: "Line", name: "Line")])
  }

  @Test func `a notation of the standard library is read and printed as it was`() throws {
    for text in ["re.compile(\"a+\")", "datetime.datetime(2026, 3, 1, 0, 0)", "Fraction(1, 2)"] {
      #expect(try PythonPrinter().literal(NotationReader().read(text)) == text)
    }
    let counts = NotationReader().read("defaultdict(<class 'int'>, {'a': 1})")
    #expect(try PythonPrinter().literal(counts) == "defaultdict(int, {\"a\": 1})")
  }

  @Test(arguments: [
    "", "class", "1 2 3", "Ünï — ??", String(repeating: "long word ", count: 30),
    String(repeating: "x", count: 300), "a\"; import os #",
  ])
  func `a test's name is a short identifier whatever its words are`(words: String) {
    for prefix in ["", "test_"] {
      let name = SnakeCase.name(words, prefix: prefix)
      #expect(PythonName.isIdentifier(name) && name.count <= 70 && name.hasPrefix(prefix))
    }
  }

  @Test func `a broad type is never allowed`() {
    var plan = plan("a", comment: [], entry: .name("a"))
    plan.expectation = .noFailure(allowed: [Symbol(module: "builtins", path: ["Exception"])])
    let broad = plan
    #expect(throws: PrintingError.unsupported("an allowed Exception")) {
      try PythonPrinter().test(broad)
    }
  }

  @Test func `what is nested more deeply than Python reads is refused`() {
    var value = CapturedValue.null
    for _ in 0..<150 { value = .list([value]) }
    let deep = value
    #expect(throws: PrintingError.tooDeep) { try PythonPrinter().literal(deep) }
  }
}
