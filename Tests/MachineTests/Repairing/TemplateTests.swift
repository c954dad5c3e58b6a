import Failures
import Languages
import Repairing
import Testing

/// Templates on small functions of other trades: what they change, and where they keep still.
@Suite struct TemplateTests {
  struct Mend: Sendable, CustomTestStringConvertible {
    var name: String
    var source: String
    var function = "work"
    var arguments: [CapturedValue]
    /// Lines of the mended file.
    var expected: [String]
    var testDescription: String { name }
  }

  static let mends = [
    Mend(
      name: "a missing position equals nothing",
      source: """
        def work(code, at):
          if code[at] != "%":
            return False
          return True
        """, arguments: [.string("ab"), .integer("2")],
      expected: [#"  if at >= len(code) or code[at] != "%":"#]),
    Mend(
      name: "a guard asks for as much as is taken",
      source: """
        def work(parts):
            return parts[1] if parts else ""
        """, arguments: [.list([.string("a")])],
      expected: [#"    return parts[1] if parts and len(parts) > 1 else """#]),
    Mend(
      name: "an endless walk ends at the end",
      source: """
        def work(tokens):
            at = 0
            while True:
                if tokens[at] == ";":
                    break
                at += 1
            return at
        """, arguments: [.list([.string("a")])],
      expected: ["    while at < len(tokens):"]),
    Mend(
      name: "a key has the default that it has elsewhere",
      source: """
        def shipping(order):
            return order.get("country", "DE")

        def work(order):
            return order["country"].lower()
        """, arguments: [.map([MapEntry(key: .string("id"), value: .integer("1"))])],
      expected: [#"    return order.get("country", "DE").lower()"#]),
    Mend(
      name: "what is there may be nothing",
      source: """
        def work(row):
            result = {}
            if "age" in row:
                result["born"] = 2020 - row["age"]
            return result
        """, arguments: [.map([MapEntry(key: .string("age"), value: .null)])],
      expected: [#"    if "age" in row and row["age"] is not None:"#]),
    Mend(
      name: "what holds nothing is answered as siblings answer it",
      source: """
        def largest(readings):
            if not readings:
                return None
            return max(readings)

        def work(readings):
            return sum(readings) / len(readings)
        """, arguments: [.list([])],
      expected: [
        "    if not readings:", "        return None", "    return sum(readings) / len(readings)",
      ]),
    Mend(
      name: "bad text is refused as other bad values are",
      source: """
        class BadLimit(Exception):
            pass

        def work(text, name="limit"):
            limit = int(text)
            if limit < 0:
                raise BadLimit(name, "is negative")
            return limit
        """, arguments: [.string("many")],
      expected: ["    try:", "        limit = int(text)", "    except ValueError:"]),
    Mend(
      name: "a handler answers all that its statement raises",
      source: """
        import binascii

        def work(text):
            try:
                text = binascii.unhexlify(text).decode("ascii")
            except binascii.Error:
                pass
            return text
        """, arguments: [.string("ff")],
      expected: ["    except (binascii.Error, UnicodeDecodeError):"]),
    Mend(
      name: "an override takes what the overridden method takes",
      source: """
        class Page:
            def render(self, width, indent=0):
                return " " * indent + "x" * width

            def nested(self):
                return self.render(3, indent=2)

        class Cover(Page):
            def render(self, width):
                return super().render(width) + "!"

        def work():
            return Cover().nested()
        """, arguments: [],
      expected: [
        "    def render(self, width, indent=0):",
        #"        return super().render(width, indent=indent) + "!""#,
      ]),
    Mend(
      name: "what cannot be tested is refused as what fails the test",
      source: """
        class RangeError(Exception):
            pass

        def work(level):
            if level < 1:
                raise RangeError(
                    "too low")
            return level
        """, arguments: [.string("x")],
      expected: ["        if level < 1:", "    except TypeError:", "        raise RangeError("]),
    Mend(
      name: "nothing gives what loops over it leave",
      source: """
        def work(lines):
            width = len(lines[0])
            padded = []
            for line in lines:
                padded.append(line.ljust(width))
            return padded
        """, arguments: [.list([])], expected: ["    if not lines:", "        return []"]),
    Mend(
      name: "bytes of another encoding are refused as other bad values are",
      source: """
        class NameProblem(Exception):
            pass

        def work(raw):
            text = raw.decode("ascii")
            if not text:
                raise NameProblem("no name")
            return text
        """, arguments: [.bytes([0xE9], mutable: false)],
      expected: [
        "    except UnicodeDecodeError:", #"        raise NameProblem("raw is not valid")"#,
      ]),
    Mend(
      name: "an average of nothing is what the largest of nothing is",
      source: """
        def work(marks):
            return {"mean": sum(marks) / len(marks), "best": max(marks, default=0)}
        """, arguments: [.list([])],
      expected: [
        #"    return {"mean": (sum(marks) / len(marks) if marks else 0), "best": max(marks, default=0)}"#
      ]),
    Mend(
      name: "the present is taken in the zone of what it is compared with",
      source: """
        from datetime import datetime

        def age(born):
            now = datetime.utcnow()
            return now - born

        def work(text):
            return age(datetime.fromisoformat(text)).days > 0
        """, arguments: [.string("2020-01-01T00:00:00+00:00")],
      expected: [
        "    now = datetime.utcnow() if born.tzinfo is None else datetime.now(born.tzinfo)"
      ]),
  ]

  @Test(arguments: mends)
  func `a failing function is mended in the words of its own code`(mend: Mend) throws {
    let scene = try MendingScene(["shop.py": mend.source + "\n"], mend.function, mend.arguments)
    let outcome = try scene.mended()
    let text = try #require(outcome.accepted?.proposal.changes["shop.py"], "\(outcome.left)")
    for line in mend.expected { #expect(text.split(separator: "\n").contains(line[...])) }
    #expect(outcome.accepted!.proposal.strength > .guess)
  }

  static let still = [
    Mend(
      name: "a key without any word of its absence",
      source: """
        def work(order):
            return order["country"].lower()
        """, arguments: [.map([])], expected: []),
    Mend(
      name: "a setting that is missing",
      source: """
        import os

        def region():
            return os.environ.get("REGION", "eu")

        def work():
            return os.environ["REGION"]
        """, arguments: [], expected: []),
    Mend(
      name: "a test that refuses with a type of everybody's",
      source: """
        def work(level):
            if level < 1:
                raise ValueError("too low")
            return level
        """, arguments: [.string("x")], expected: []),
    Mend(
      name: "a list that more than the loop fills",
      source: """
        def work(lines):
            width = len(lines[0])
            padded = []
            padded.append("-" * width)
            for line in lines:
                padded.append(line.ljust(width))
            return padded
        """, arguments: [.list([])], expected: []),
    Mend(
      name: "a refusal on purpose",
      source: """
        class Unsupported(Exception):
            pass

        def work(plan):
            if plan == "custom":
                raise Unsupported(plan)
            return 10
        """, arguments: [.string("custom")], expected: []),
    Mend(
      name: "a row with too few columns",
      source: """
        class RowError(Exception):
            pass

        def work(row):
            name, price, stock = row
            if not name:
                raise RowError("no name")
            return name
        """, arguments: [.list([.string("a")])], expected: []),
    Mend(
      name: "a row with too few columns that are cleaned on the way",
      source: """
        class RowError(Exception):
            pass

        def work(row):
            name, price, stock = (column.strip() for column in row)
            if not name:
                raise RowError("no name")
            return name
        """, arguments: [.list([.string("a")])], expected: []),
    Mend(
      name: "a divisor of zero without a word about it",
      source: """
        def work(total, count):
            return total / count
        """, arguments: [.integer("1"), .integer("0")], expected: []),
  ]

  @Test(arguments: still)
  func `without evidence nothing is proposed`(mend: Mend) throws {
    let scene = try MendingScene(["shop.py": mend.source + "\n"], mend.function, mend.arguments)
    let outcome = try scene.mended()
    #expect(outcome.proposed == 0)
    #expect(outcome.accepted == nil && outcome.alternatives.isEmpty)
  }
}
