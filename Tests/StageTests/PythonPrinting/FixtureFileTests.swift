import Failures
import Testing

@testable import PythonTarget

@Suite struct FixtureFileTests {
  private static let script =
    PythonProcess.prelude + PythonProcess.canonical + """
      import json
      results = []
      for line in lines:
          suffix, text, literal = line.split(" ", 2)
          text = bytes.fromhex(text)
          if suffix == "json":
              value = json.loads(text)
          elif suffix == "txt":
              value = text.decode()
          else:
              value = bytes.fromhex(text.decode())
          same = canonical(value) == canonical(eval(literal))
          results.append("same" if same else "different " + literal[:200])
      write(results)
      """

  /// Values of the kinds that files can hold, and of some that they cannot.
  private func value(_ random: inout RandomValues, _ depth: Int) -> CapturedValue {
    switch random.generator.below(depth > 0 ? 9 : 6) {
    case 0: return .null
    case 1: return .integer(random.integer())
    case 2: return .float(random.float())
    case 3, 4: return .string(random.string())
    case 5: return .bytes(random.bytes(), mutable: false)
    case 6, 7: return .list((0..<random.generator.below(4)).map { _ in value(&random, depth - 1) })
    default:
      return .map(
        (0..<random.generator.below(4)).map { index in
          MapEntry(key: .string("\(index)" + random.string()), value: value(&random, depth - 1))
        })
    }
  }

  @Test func `what a file holds is read back exactly equal`() throws {
    var random = RandomValues(seed: 5)
    var lines: [String] = []
    for _ in 0..<8000 {
      let value = value(&random, 3)
      guard let form = FixtureForm(value) else { continue }
      let text = form.text.utf8.map { TextNotation.hexadecimal(UInt32($0), width: 2) }.joined()
      lines.append("\(form.suffix) \(text) \(try PythonPrinter().literal(value))")
    }
    #expect(lines.count > 4000)
    let results = try PythonProcess.run(Self.script, lines: lines)
    #expect(results.count == lines.count)
    #expect(results.filter { $0 != "same" }.prefix(3) == [])
  }

  @Test func `what JSON would change is not put into it`() {
    let unfit: [CapturedValue] = [
      .tuple([]), .float(.nan), .list([.float(.infinity)]), .illFormedString([0xD800]),
      .integer(String(repeating: "9", count: 5000)), .list([.bytes([], mutable: false)]),
      .map([MapEntry(key: .integer("1"), value: .null)]), .decimal("1"),
    ]
    for value in unfit { #expect(FixtureForm(value) == nil) }
  }
}
