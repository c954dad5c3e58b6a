import Failures
import Foundation
import Languages
import Testing

@testable import PythonTarget

enum PythonPrinterLiteral {
  static func of(_ value: CapturedValue) throws -> String { try PythonPrinter().literal(value) }
}

@Suite struct ExpressionRoundTripTests {
  /// Each line is two hexadecimal texts that must parse to the same tree.
  private static let script =
    PythonProcess.prelude + """
      import ast
      limit = getattr(sys, "set_int_max_str_digits", lambda digits: None)
      results = []
      for line in lines:
          texts = [bytes.fromhex(part).decode() for part in line.split(" ")]
          try:
              limit(4300)
              trees = [ast.parse(text) for text in texts]
              limit(0)
              trees = [ast.dump(tree) for tree in trees]
          except Exception as error:
              results.append("unreadable " + repr(error))
              continue
          results.append("same" if trees[0] == trees[1] else "different")
      write(results)
      """

  private static func hexadecimal(_ text: String) -> String {
    text.utf8.map { TextNotation.hexadecimal(UInt32($0), width: 2) }.joined()
  }

  private func check(_ pairs: [(String, String)]) throws {
    let lines = pairs.map { Self.hexadecimal($0.0) + " " + Self.hexadecimal($0.1) }
    let results = try PythonProcess.run(Self.script, lines: lines)
    try #require(results.count == pairs.count)
    for (pair, result) in zip(pairs, results).filter({ $0.1 != "same" }).prefix(3) {
      Issue.record("\(result):\n\(pair.0.prefix(600))\n\(pair.1.prefix(600))")
    }
  }

  @Test(arguments: [20, 40, 88])
  func `no parenthesis is missing, on one line or on many`(lineLength: Int) throws {
    var random = RandomExpressions(seed: UInt64(lineLength))
    let printer = PythonPrinter(lineLength: lineLength)
    let pairs = try (0..<3000).map { index in
      let value = random.expression(2 + index % 3)
      let test = random.expression(2)
      let statements = [
        Statement(.bind(.name("found"), value)), Statement(.check(test, message: nil)),
        Statement(.evaluate(.call(.name("use"), [Argument(.positional, value)]))),
      ]
      let full =
        "found = \(ParenthesisedForm.of(value))\nassert \(ParenthesisedForm.of(test))\n"
        + "use(\(ParenthesisedForm.of(value)))\n"
      return (try printer.source(of: statements).text, full)
    }
    try check(pairs)
    if let path = ProcessInfo.processInfo.environment["NEVERMORE_KEEP_PRINTED"] {
      try pairs.map(\.0).joined().write(
        toFile: path + "\(lineLength).py", atomically: true, encoding: .utf8)
    }
  }

  @Test(arguments: [30, 88])
  func `a value on many lines is the value on one`(lineLength: Int) throws {
    var random = RandomValues(seed: UInt64(lineLength))
    let printer = PythonPrinter(lineLength: lineLength)
    let pairs = try (0..<1500).map { _ in
      let value = Languages.Expression.value(.list([random.value(), random.value(depth: 4)]))
      let statements = [
        Statement(.bind(.name("x"), value)),
        Statement(.evaluate(.call(.name("f"), [Argument(.positional, value)]))),
      ]
      let text = try printer.source(of: value).text
      return (try printer.source(of: statements).text, "x = \(text)\nf(\(text))\n")
    }
    try check(pairs)
    if let path = ProcessInfo.processInfo.environment["NEVERMORE_KEEP_PRINTED"] {
      let text = pairs.prefix(150).map(\.0).joined()
      try text.write(toFile: path + "v\(lineLength).py", atomically: true, encoding: .utf8)
    }
  }

  @Test func `every form of statement is printed as it is meant`() throws {
    let a = Languages.Expression.name("a")
    let pass = [Statement(.pass)]
    let parameters = [
      Parameter(name: "first", kind: .positionalOnly),
      Parameter(name: "second", annotation: .name("int")),
      Parameter(name: "rest", kind: .rest), Parameter(name: "key", kind: .named, standard: a),
      Parameter(name: "more", kind: .namedRest),
    ]
    let function = FunctionDefinition(
      name: "f", parameters: parameters, isAsynchronous: true, decorators: [a],
      returns: .name("int"),
      body: [Statement(.give(.awaited(.call(a, []))))])
    let handler = ExceptionHandler(types: [.name("KeyError"), a], name: "error", body: pass)
    let forms: [(Statement.Kind, String)] = [
      (.bind(.tuple([a, .name("b")]), a), "a, b = a\n"),
      (.update(a, "+=", .tuple([a])), "a += (a,)\n"),
      (.update(a, "+", a), "a += a\n"), (.give(nil), "return\n"), (.fail(nil), "raise\n"),
      (.check(a, message: .value(.string("no"))), "assert a, \"no\"\n"),
      (
        .branch(
          test: a, then: [], otherwise: [Statement(.branch(test: a, then: pass, otherwise: pass))]),
        "if a:\n    pass\nelif a:\n    pass\nelse:\n    pass\n"
      ),
      (.forEach(target: .tuple([a, a]), iterable: a, body: pass), "for a, a in a:\n    pass\n"),
      (.loop(test: a, body: pass), "while a:\n    pass\n"),
      (
        .with([ContextItem(resource: a, target: .name("b"))], body: pass),
        "with a as b:\n    pass\n"
      ),
      (
        .attempt(body: pass, handlers: [handler], otherwise: pass, finally: pass),
        "try:\n    pass\nexcept (KeyError, a) as error:\n    pass\nelse:\n    pass\nfinally:\n    pass\n"
      ),
      (
        .define(function),
        "@a\nasync def f(first, /, second: int, *rest, key=a, **more) -> int:\n    return await a()\n"
      ),
      (.importing([Import(module: "a.b", member: "c", name: "d")]), "from a.b import c as d\n"),
      (.importing([Import(module: "a.b", member: nil, name: "a.b")]), "import a.b\n"),
    ]
    for (kind, expected) in forms {
      #expect(try PythonPrinter().source(of: [Statement(kind)]).text == expected)
    }
    #expect(throws: PrintingError.unsupported("Yield")) {
      try PythonPrinter().source(of: [Statement(.unsupported("Yield"))])
    }
  }

  @Test func `what runs to its end is run by asyncio, call or not`() throws {
    let printer = PythonPrinter()
    let call = Languages.Expression.call(.name("fetch"), [])
    #expect(try printer.source(of: .completed(call)).text == "asyncio.run(fetch())")
    #expect(
      try printer.source(of: .completed(.name("task"))).text
        == "asyncio.run(asyncio.wait_for(task, timeout=None))")
    #expect(try printer.source(of: .drained(call)).imports == [])
    #expect(
      try printer.source(of: .drained(call), reserved: ["list"]).text == "builtins.list(fetch())")
  }

  @Test func `names that are taken are imported under others`() throws {
    let symbols = [
      Symbol(module: "shop.cart", path: ["total"]), Symbol(module: "shop.bill", path: ["total"]),
      Symbol(module: "shop.tools", path: ["list"]),
      Symbol(module: "shop.cart", path: ["Cart", "add"]),
      Symbol(module: "os.path"), Symbol(module: "builtins", path: ["len"]),
    ]
    let source = try PythonPrinter().source(of: .list(symbols.map(Languages.Expression.symbol)))
    #expect(
      source.text == "[total, bill_total, tools_list, Cart.add, os.path, len]")
    let clash = try PythonPrinter().source(
      of: .tuple([.name("datetime"), .value(.date(Moment(kind: .date, fields: [2026, 1, 2])))]))
    #expect(clash.text == "(datetime, datetime_module.date(2026, 1, 2))")
    #expect(clash.imports == [Import(module: "datetime", member: nil, name: "datetime_module")])
  }
}
