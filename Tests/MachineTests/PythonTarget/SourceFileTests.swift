import Foundation
import Languages
import Testing

@testable import PythonTarget

/// Files of a real tree with their syntax, as the real kit gives it.
@Suite struct SourceFileTests {
  private static let code = """
    import os.path
    from .a import b as c

    @cached(1)
    def total(prices: list, *more, rate=(2), **rest) -> int:
        '''Sum.'''
        found: int
        sum = {**rest, "é": prices[0:1], 'n': None}
        if rate > 1 and not more:
            raise ValueError("bad") from None
        elif 0 < rate <= 5:
            return [x for x in prices if x]
        for x in prices:
            sum += x if x else -x
            continue
        with open(rate) as file, lock:
            pass
        try:
            a.b(c, *more, d=1, **rest)
        except (KeyError, ValueError) as error:
            del sum
        return sum


    class Basket(Base, kind=1):
        async def of(self):
            return await self.x(lambda y: f"{y}")
    """

  private func file(_ text: String = code, _ lines: [ClosedRange<Int>]? = nil) throws -> SourceFile?
  {
    let repository = try RealRepository(["shop/a.py": text])
    return try repository.target.instruments().syntax("shop/a.py", lines)
  }

  private func texts(_ file: SourceFile, _ kind: SourceNode.Kind) -> [String] {
    file.root.flattened.filter { $0.kind == kind }.map { file.text(of: $0.span) }
  }

  @Test func `nodes have the words that languages share, and the text of their spans`() throws {
    let file = try #require(try file())
    #expect(texts(file, .comparison) == ["rate > 1", "0 < rate <= 5"])
    #expect(texts(file, .fail) == ["raise ValueError(\"bad\") from None"])
    #expect(texts(file, .entry) == ["\"é\": prices[0:1]", "'n': None"])
    #expect(texts(file, .spread) == ["**rest", "*more", "**rest"])
    #expect(
      texts(file, .parameter) == ["prices: list", "*more", "rate=(2)", "**rest", "self", "y"])
    #expect(texts(file, .annotation) == ["found: int"])
    #expect(texts(file, .argument) == ["d=1", "kind=1"])
    #expect(texts(file, .clause) == ["for x in prices if x"])
    #expect(texts(file, .awaited) == ["await self.x(lambda y: f\"{y}\")"])
    let function = try #require(file.root.flattened.first { $0.kind == .function })
    #expect(function.label == "total")
    #expect(function.span.lines == 4...22)
    #expect(function.child(.decorators)?.kind == .decorator)
    #expect(function.child(.annotation)?.label == "int")
    #expect(function.children(.parameters).map(\.label) == ["prices", "more", "rate", "rest"])
    let branch = try #require(file.root.flattened.first { $0.kind == .branch })
    #expect(branch.span.column == 4)
    #expect(branch.child(.test)?.label == "and")
    #expect(branch.child(.otherwise)?.label == "chained")
    let handler = try #require(file.root.flattened.first { $0.kind == .handler })
    #expect(handler.label == "error" && handler.child(.types)?.kind == .tuple)
    #expect(file.root.flattened.filter { $0.kind == .other }.map(\.label) == ["Delete"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `edits by span leave the rest as it is`(
    lineBreak: String
  ) throws {
    let code = "\u{feff}" + Self.code.replacing("\n", with: lineBreak) + lineBreak
    let file = try #require(try file(code))
    #expect(Array(file.text.utf8) == Array(code.utf8))
    let names = file.root.flattened.filter { $0.kind == .name && $0.label == "prices" }
    let edited = file.applying(
      names.map {
        SourceEdit(path: file.path, bytes: $0.span.bytes, text: "costs")
      })
    #expect(names.count == 3)
    #expect(
      edited == code.replacing("prices[", with: "costs[").replacing("in prices", with: "in costs"))
    let first = try #require(file.root.children.first)
    #expect(first.span.column == 0 && first.span.lines == 1...1)
  }

  @Test func `what does not parse, or lies elsewhere, is nothing`() throws {
    #expect(try file("a = (") == nil)
    let repository = try RealRepository(["a.py": "a = 1\n"])
    #expect(try repository.target.instruments().syntax("../a.py", nil) == nil)
    #expect(try repository.target.instruments().syntax("b.py", nil) == nil)
  }

  @Test func `bodies come only for the lines that are wanted`() throws {
    let file = try #require(try file(Self.code, [27...27]))
    let functions = file.root.flattened.filter { $0.kind == .function }
    #expect(functions.map { $0.children(.body).isEmpty } == [true, false])
  }
}
