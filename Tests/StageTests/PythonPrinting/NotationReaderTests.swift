import Failures
import Foundation
import Testing

@testable import PythonTarget

@Suite struct NotationReaderTests {
  private func read(_ text: String) -> CapturedValue { NotationReader().read(text) }

  @Test(
    arguments: [
      ("<Colour.RED: 1>", .enumeration(type: "Colour", member: "RED", raw: .integer("1"))),
      ("<Perm.R|W: 3>", .enumeration(type: "Perm", member: "R|W", raw: .integer("3"))),
      ("<Kind.A: 'a: b'>", .enumeration(type: "Kind", member: "A", raw: .string("a: b"))),
      (
        "<shop.Basket object at 0x7f58a9dc8ad0>",
        .opaque(type: "shop.Basket", description: "<shop.Basket object>")
      ),
      ("<class 'shop.Line'>", .opaque(type: "type", description: "<class 'shop.Line'>")),
      (
        "<function f.<locals>.g at 0x7f10>",
        .opaque(type: "function", description: "<function f.<locals>.g>")
      ),
      (
        "<bound method A.b of <shop.A object at 0x1f>>",
        .opaque(type: "method", description: "<bound method A.b of <shop.A object>>")
      ),
      (
        "<generator object call.<locals>.<genexpr> at 0x7f58>",
        .opaque(type: "generator", description: "<generator object call.<locals>.<genexpr>>")
      ),
      (
        "<built-in function len>",
        .opaque(type: "builtin_function_or_method", description: "<built-in function len>")
      ),
      ("<Flask 'shopweb'>", .opaque(type: "Flask", description: "<Flask 'shopweb'>")),
      ("<p>a</p>", .opaque(type: nil, description: "<p>a</p>")),
      ("<cyclic>", .opaque(type: "cycle", description: "<cyclic>")),
      ("<broken repr>", .opaque(type: nil, description: "<broken repr>")),
      ("[Filtered]", .redacted(kind: "filtered")),
      ("no repr at all", .opaque(type: nil, description: "no repr at all")),
      ("'abc...", .truncated(known: .string("abc"), certain: true)),
      ("'abc...'", .string("abc...")),
      ("b'ab...", .truncated(known: .bytes([0x61, 0x62], mutable: false), certain: true)),
      (
        "['a', 'b...",
        .truncated(
          known: .list([.string("a"), .truncated(known: .string("b"), certain: true)]),
          certain: true)
      ),
      (
        "[1, 12, 34...",
        .truncated(known: .list([.integer("1"), .integer("12")]), certain: true)
      ),
      (
        "{'a': 1, 'b': 2...",
        .truncated(
          known: .map([
            MapEntry(key: .string("a"), value: .integer("1")),
            MapEntry(key: .string("b"), value: .unread),
          ]), certain: true)
      ),
      (
        "Line(sku='A', qty=1...",
        .truncated(
          known: .object(ObjectValue(type: "Line", named: [NamedValue("sku", .string("A"))])),
          certain: true)
      ),
      ("12...", .opaque(type: nil, description: "12...")),
      ("set()", .set([], frozen: false)), ("frozenset({1})", .set([.integer("1")], frozen: true)),
      ("{}", .map([])), ("()", .tuple([])), ("(1,)", .tuple([.integer("1")])), ("[ ]", .list([])),
      ("-0.0", .float(-0.0)), ("1e+308", .float(1e308)), ("-inf", .float(-.infinity)),
      ("1.5.2", .opaque(type: nil, description: "1.5.2")),
      ("007", .opaque(type: nil, description: "007")),
      ("R'a\\n'", .string("a\\n")), ("u'\\u00e9\\101'", .string("éA")),
      ("'\\ud800'", .illFormedString([0xD800])),
      ("bytearray(b'xy')", .bytes([0x78, 0x79], mutable: true)),
      (
        "StateBlock(line=0,level=-3)",
        .object(
          ObjectValue(
            type: "StateBlock",
            named: [NamedValue("line", .integer("0")), NamedValue("level", .integer("-3"))]))
      ),
      (
        "ValueError('x', 3)",
        .object(ObjectValue(type: "ValueError", positional: [.string("x"), .integer("3")]))
      ),
      (
        "[1, <a.B object at 0x1>, what is this, 2]",
        .list([
          .integer("1"), .opaque(type: "a.B", description: "<a.B object>"),
          .opaque(type: nil, description: "what is this"), .integer("2"),
        ])
      ),
      (
        "{'a': <x y>, 'b': Table([1])}",
        .map([
          MapEntry(key: .string("a"), value: .opaque(type: "x", description: "<x y>")),
          MapEntry(
            key: .string("b"),
            value: .object(ObjectValue(type: "Table", positional: [.list([.integer("1")])]))),
        ])
      ),
      (
        "defaultdict(<class 'int'>, {})",
        .object(
          ObjectValue(
            type: "collections.defaultdict",
            positional: [.opaque(type: "type", description: "<class 'int'>"), .map([])]))
      ),
      (
        "datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.timezone.utc)",
        .date(Moment(kind: .dateTime, fields: [2026, 3, 1, 12, 30], zone: .utc))
      ),
      (
        "datetime.timezone(datetime.timedelta(days=-1, seconds=68400), 'EST')",
        .date(Moment(kind: .zone, fields: [], zone: .offset(seconds: -18000, name: "EST")))
      ),
      ("PosixPath('/var/x')", .path("/var/x")), ("Decimal('19.990')", .decimal("19.990")),
      (
        "Fraction(1, 2)",
        .object(
          ObjectValue(type: "fractions.Fraction", positional: [.integer("1"), .integer("2")]))
      ),
      (
        "datetime.datetime(2026, 3, 1, 0, 0, tzinfo=<UTC>)",
        .object(
          ObjectValue(
            type: "datetime.datetime",
            positional: ["2026", "3", "1", "0", "0"].map(CapturedValue.integer),
            named: [NamedValue("tzinfo", .opaque(type: "UTC", description: "<UTC>"))]))
      ),
    ] as [(String, CapturedValue)])
  func `a leaf is read for what it says`(text: String, expected: CapturedValue) {
    #expect(read(text) == expected)
  }

  @Test func `a repr is never evaluated past its depth, its end or its size`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(read(deep).isLoss)
    #expect(read("[x" + String(repeating: "'\\", count: 50_000) + "]").isLoss)
    #expect(read(String(repeating: "[<a.b: ", count: 20_000)).isLoss)
    let closed = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(!read(closed).isExact)
    #expect(read("[" + String(repeating: "1,", count: 50_000) + "]").isExact)
    let digits = String(repeating: "9", count: 400)
    #expect(read(digits) == .integer(digits))
    if case .opaque(_, let description) = read(String(repeating: "? ", count: 5000)) {
      #expect(description.count == 200)
    } else {
      Issue.record("not opaque")
    }
  }

  @Test func `any prefix and any damage of a notation is read without harm`() throws {
    var random = RandomValues(seed: 77)
    for _ in 0..<300 {
      var scalars = Array(try PythonPrinter().literal(random.value()).unicodeScalars.prefix(300))
      for _ in 0..<5 where !scalars.isEmpty {
        let place = random.generator.below(scalars.count)
        let marks: [Unicode.Scalar] = ["(", "]", "'", "<", ">", "\\", ".", ",", "{", "=", "x"]
        scalars[place] = marks[random.generator.below(marks.count)]
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        _ = read(String(text))
        _ = read(String(text) + "...")
      }
    }
  }
}
