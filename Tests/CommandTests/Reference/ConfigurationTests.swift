import Foundation
import Intake
import Testing

@testable import nevermore

struct ConfigurationTests {
  private func parse(_ text: String) throws -> Configuration {
    try Configuration.parse(text, name: "nevermore.yaml")
  }

  /// The message of the refusal.
  private func refusal(_ text: String) throws -> String {
    let failure = #expect(throws: CommandFailure.self) {
      try Configuration.parse(text, name: "nevermore.yaml")
    }
    #expect(failure?.code == .usage)
    return try #require(failure?.message)
  }

  @Test func `every setting is read`() throws {
    let configuration = try parse(
      """
      language: python
      python:
        interpreter: .venv/bin/python
        setup: pip install -r requirements.txt
        paths: [src, lib]
        tests: tests/unit
        application: shop.app:create_app
      scrub:
        names: [national_id]
        keep: [csrf_token]
        rules:
          - { kind: ticket, pattern: 'T-[0-9]+' }
      """)
    #expect(
      configuration.scrub
        == .init(
          names: ["national_id"], keep: ["csrf_token"],
          rules: [ScrubRule(kind: "ticket", pattern: "T-[0-9]+")]))
    #expect(
      configuration.python
        == .init(
          interpreter: ".venv/bin/python", setup: "pip install -r requirements.txt",
          paths: ["src", "lib"], tests: "tests/unit", application: "shop.app:create_app"))
  }

  @Test(arguments: ["", "# nothing yet\n", "language: python\n", "{}"])
  func `what is left out has its default`(_ text: String) throws {
    #expect(try parse(text) == Configuration())
  }

  @Test(arguments: [
    ("langage: python", "language"), ("Python: {}", "python"),
    ("python:\n  interpretor: x", "python.interpreter"), ("python:\n  path: [src]", "python.paths"),
    ("python:\n  test: tests", "python.tests"), ("python:\n  app: a:b", "python."),
    ("python:\n  aplication: a:b", "python.application"), ("scrub:\n  name: [a]", "scrub.names"),
  ])
  func `an unknown setting is refused with a suggestion`(_ text: String, _ near: String) throws {
    let message = try refusal(text)
    #expect(message.contains("is no setting\nhint: did you mean `\(near)"))
  }

  @Test(arguments: [
    "scrub: names", "scrub:\n  names: x", "scrub:\n  keep: [1]", "scrub:\n  rules: {}",
    "scrub:\n  rules:\n    - { kind: a }", "scrub:\n  rules:\n    - { kind: a, pattern: '(' }",
    "scrub:\n  rules:\n    - { kind: A B, pattern: 'x' }",
  ])
  func `a rule of scrubbing that cannot be used is refused`(_ text: String) throws {
    #expect(try refusal(text).contains("\nhint: "))
  }

  @Test(arguments: [
    "python: [", "python:\n\t- x", "a: b: c", "\"unclosed", "python:\n  paths: [src\n  tests: x",
    "x: 'a",
  ])
  func `what is not YAML is refused with the place`(_ text: String) throws {
    let message = try refusal(text)
    #expect(message.hasPrefix("`nevermore.yaml` is not YAML\nhint: "))
  }

  @Test(arguments: [
    "python", "- python", "3", "python: true", "python: [interpreter]", "language: 3",
    "language: swift", "language: [python]", "python:\n  interpreter: 3",
    "python:\n  interpreter: [a]", "python:\n  interpreter: ''", "python:\n  paths: src",
    "python:\n  paths: []", "python:\n  paths: [1]", "python:\n  tests: {a: b}",
    "python:\n  application: 2.5", "!!python/object:os.system x",
    "python:\n  setup: [pip, install]", "1: python",
  ])
  func `a value of another type is refused with a hint`(_ text: String) throws {
    #expect(try refusal(text).contains("\nhint: "))
  }

  @Test(arguments: [
    "paths: [/etc]", "paths: [..]", "paths: [src/../../other]", "tests: ../elsewhere",
    "tests: /etc", "tests: a/../../b",
  ])
  func `a folder outside the repository is refused`(_ setting: String) throws {
    #expect(try refusal("python:\n  \(setting)").contains("leaves the repository"))
  }

  @Test func `repairers are read in their order, words without a shell`() throws {
    #expect(try parse("language: python").repair == [.templates])
    let configuration = try parse(
      """
      repair:
        - command: tools/fix.py --model "big one" 'a $b' c\\ d
          seconds: 30
        - templates
        - command: [sh, -c, "a | b"]
      """)
    #expect(
      configuration.repair == [
        .command(["tools/fix.py", "--model", "big one", "a $b", "c d"], seconds: 30), .templates,
        .command(["sh", "-c", "a | b"], seconds: nil),
      ])
  }

  @Test(arguments: [
    "templates", "[]", "[template]", "[3]", "[{}]", "[{command: ''}]", "[{command: []}]",
    "[{command: [a, 1]}]", "[{command: 'a | b'}]", "[{command: 'a $b'}]", "[{command: \"a 'b\"}]",
    "[{command: 'a; b'}]", "[{command: a > b}]", "[{command: a, second: 3}]",
    "[{command: a, seconds: 0}]", "[{command: a, seconds: x}]", "[templates, templates]",
    "{command: a}", "[{command: [['a']]}]", "[{command: ['']}]", "[{command: 'a `b`'}]",
  ])
  func `a repairer that cannot be meant is refused with a hint`(_ setting: String) throws {
    let message = try refusal("repair: \(setting)")
    #expect(message.hasPrefix("`") || message.hasPrefix("an entry"))
    #expect(message.contains("\nhint: "))
  }

  @Test func `values of settings that are refused for their type are not shown`() throws {
    #expect(try !refusal("python:\n  setup: [token-1234]").contains("token-1234"))
  }

  @Test func `aliases that grow without end are refused before they are followed`() throws {
    let checkout = try Checkout()
    let bomb = (1...30).reduce("a0: &a0 [x, x]\n") { text, level in
      text + "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    try checkout.folder.write(bomb, to: "bomb.yaml")
    try checkout.folder.write(SentryEvent.average().text, to: "event.json")
    let said = try Program.run(
      ["fix", "event.json", "--repo", checkout.path, "--config", "bomb.yaml", "--no-ship"],
      at: checkout.folder.path, memoryBytes: 1 << 29)
    #expect(said.status == 64, "\(said.talk.prefix(400))")
  }

  @Test(arguments: [("python", "python", 0), ("path", "paths", 1), ("kitten", "sitting", 3)])
  func `distance counts edits`(_ one: String, _ other: String, _ edits: Int) {
    #expect(one.distance(to: other) == edits)
    #expect(other.distance(to: one) == edits)
  }

  @Test func `what init writes is a configuration`() throws {
    let folder = try Folder()
    try folder.write("", to: "src/a.py")
    try folder.write("", to: "test/test_a.py")
    let python = try parse(InitCommand.text(for: folder.path)).python
    #expect(python.paths == ["src"])
    #expect(python.tests == "test")
  }
}
