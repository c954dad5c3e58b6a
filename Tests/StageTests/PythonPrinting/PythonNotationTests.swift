import Languages
import Testing

@testable import PythonTarget

@Suite struct PythonNotationTests {
  private let notation = Notation.python

  @Test(arguments: [
    ("a", "a is None"), ("a.b[0](c, d)", "a.b[0](c, d) is None"), ("a or b", "(a or b) is None"),
    ("a < b", "(a < b) is None"), ("a + 'or'", "a + 'or' is None"), ("not a", "(not a) is None"),
    ("lambda: a", "(lambda: a) is None"), ("a if b else c", "(a if b else c) is None"),
    ("x := a", "(x := a) is None"), ("a, b", "(a, b) is None"), ("a\n+ b", "(a\n+ b) is None"),
    ("-a ** b", "-a ** b is None"), ("\"\"\"a\" or b\"\"\"", "\"\"\"a\" or b\"\"\" is None"),
    ("await a", "await a is None"), ("(a\n or b)", "(a\n or b) is None"),
    ("[a for b in c]", "[a for b in c] is None"), ("1e-5", "1e-5 is None"),
    ("rb'\\'' % x", "rb'\\'' % x is None"), ("élan", "élan is None"),
  ])
  func `operands of a comparison get parentheses where they are looser`(
    operand: String, text: String
  ) {
    #expect(notation.isNothing(operand) == text)
  }

  @Test func `tests keep their words together`() {
    #expect(notation.not("a == b") == "not a == b")
    #expect(notation.not("a is not b") == "not a is not b")
    #expect(notation.not("a not in b") == "not a not in b")
    #expect(notation.not("a and b") == "not (a and b)")
    #expect(notation.all(["a", "b or c", "not d"]) == "a and (b or c) and not d")
    #expect(notation.any(["a and b", "c if d else e"]) == "a and b or (c if d else e)")
    #expect(notation.all(["a or b"]) == "a or b")
    #expect(notation.contains("a | b", "c and d") == "(c and d) in a | b")
    #expect(notation.isInstance("a", ["int"]) == "isinstance(a, int)")
    #expect(notation.isInstance("a, b", ["int", "str"]) == "isinstance((a, b), (int, str))")
    #expect(
      notation.conditional("a or b", "c if d else e", "f if g else h")
        == "(c if d else e) if a or b else f if g else h")
  }

  @Test func `members and calls hang on what holds together`() {
    #expect(notation.valueOfKey("a or b", "k", "None") == "(a or b).get(k)")
    #expect(notation.valueOfKey("a['x']", "k", "{}") == "a['x'].get(k, {})")
    #expect(notation.copy("1") == "(1).copy()")
    #expect(notation.copy("-a") == "(-a).copy()")
    #expect(notation.valueOfAttribute("a", "b", "0") == "getattr(a, \"b\", 0)")
    #expect(notation.awaiting("a + b") == "await (a + b)")
    #expect(
      notation.fail("ValueError", notation.textLiteral("a \"b\"\n"))
        == "raise ValueError('a \"b\"\\n')")
  }

  @Test func `statements are lines that can be indented`() {
    #expect(notation.branch("a", ["return b"]) == ["if a:", "    return b"])
    #expect(notation.branch("x := a", []) == ["if (x := a):", "    pass"])
    #expect(
      notation.attempt(["b = a"], ["KeyError", "ValueError"], ["b = None"]) == [
        "try:", "    b = a", "except (KeyError, ValueError):", "    b = None",
      ])
  }
}
