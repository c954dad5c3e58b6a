import Foundation
import Languages
import Testing
import Validating

@testable import PythonTarget

/// Mutants of real modules, as the real kit reads them.
@Suite struct RealMutantTests {
  @Test(arguments: ["textwrap", "shlex", "fractions"])
  func `every mutant of a module compiles, and is another program`(_ module: String) throws {
    let interpreter = try RealRepository.interpreter.get()
    let text = try Self.run(
      [interpreter, "-c", "import \(module) as m; print(open(m.__file__).read(), end='')"])
    let repository = try RealRepository(["shop/a.py": text])
    let instruments = repository.target.instruments()
    let file = try #require(try instruments.syntax("shop/a.py", nil))
    let mutants = MutantFinder(notation: instruments.notation).mutants(of: file)
    #expect(mutants.count > 100)
    #expect(Set(mutants.map(\.identifier)).count == mutants.count)
    let changes = mutants.map {
      [$0.span.bytes.lowerBound, $0.span.bytes.upperBound].map(String.init) + [$0.replacement]
    }
    let folder = FileManager.default.temporaryDirectory.path + "/mutants-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: folder + "/a.py", atomically: true, encoding: .utf8)
    try JSONEncoder().encode(changes).write(to: URL(fileURLWithPath: folder + "/mutants.json"))
    let said = try Self.run([interpreter, "-W", "ignore", "-c", Self.compiler, folder])
    let broken = said.split(separator: "\n").compactMap { Int($0) }.map { mutants[$0].identifier }
    #expect(broken.isEmpty, "\(broken.prefix(12).joined(separator: "\n"))")
  }

  /// Prints the positions of those that do not compile.
  private static let compiler = """
    import json, sys
    raw = open(sys.argv[1] + "/a.py", "rb").read()
    for place, (first, last, text) in enumerate(json.load(open(sys.argv[1] + "/mutants.json"))):
        try:
            compile(raw[:int(first)] + text.encode() + raw[int(last):], "a.py", "exec")
        except SyntaxError:
            print(place)
    """

  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}
