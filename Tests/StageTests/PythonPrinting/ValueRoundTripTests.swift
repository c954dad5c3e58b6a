import Failures
import Testing

@testable import PythonTarget

@Suite struct ValueRoundTripTests {
  private static let script =
    PythonProcess.prelude + PythonProcess.canonical + """
      limit = getattr(sys, "set_int_max_str_digits", lambda digits: None)
      results = []
      for line in lines:
          limit(4300)
          try:
              value = eval(line)
          except Exception as error:
              results += ["unreadable " + repr(error), ""]
              continue
          limit(0)
          results += [canonical(value), repr(value)]
      write(results)
      """

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `a printed value reads back equal in Python, and Python's own notation of it here`(
    seed: UInt64
  ) throws {
    var random = RandomValues(seed: seed)
    let values = (0..<25_000).map { _ in random.value() }
    let printer = PythonPrinter()
    let results = try PythonProcess.run(Self.script, lines: values.map { try printer.literal($0) })
    try #require(results.count == 2 * values.count)
    var differences = 0
    for (index, value) in values.enumerated() where differences < 5 {
      let expected = CanonicalForm.of(value)
      if results[2 * index].utf8.elementsEqual(expected.utf8) == false {
        differences += 1
        Issue.record(
          "printed differently: \(try printer.literal(value).prefix(300)) \(results[2 * index].prefix(200))"
        )
      }
      let notation = results[2 * index + 1]
      let read = CanonicalForm.of(NotationReader().read(notation))
      if !read.utf8.elementsEqual(expected.utf8) {
        differences += 1
        Issue.record("read differently: \(notation.prefix(300)) \(read.prefix(300))")
      }
    }
  }

  @Test func `a printed line of source holds no character that a reader cannot see`() throws {
    var random = RandomValues(seed: 9)
    for _ in 0..<5000 {
      let text = try PythonPrinter().literal(.string(random.string() + random.string()))
      for scalar in text.unicodeScalars {
        let category = scalar.properties.generalCategory
        #expect(
          ![.control, .format, .lineSeparator, .paragraphSeparator, .unassigned].contains(category))
      }
    }
  }
}
