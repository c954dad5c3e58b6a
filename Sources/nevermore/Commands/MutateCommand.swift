import ArgumentParser
import Foundation

/// Says what the suite would not notice: small changes of the code that no test fails for.
struct MutateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate",
    abstract: "Show the small changes of the code that no test notices.",
    discussion: """
      Judges the committed tree: HEAD, or the end of the range. Exits 0 when every mutant was killed, 2 when some survived, \
      3 when none survived but some took too long, 4 when the tests fail without any mutant.
      """)

  @Option(help: "The checkout.")
  var repo: String = "."

  @Option(
    help: ArgumentHelp(
      "Only lines that a range of commits changed: A..B, A...B, or A for A..HEAD.",
      valueName: "range"))
  var diff: String?

  @Option(
    help: ArgumentHelp(
      "Only these lines: FILE, FILE:LINE or FILE:FIRST-LAST; can be given several times.",
      valueName: "lines"))
  var lines: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Test files or identifiers to judge with; the whole suite by default.")
  var tests: [String] = []

  @Option(help: "Seconds for all of it; what they leave out is said.")
  var seconds: Double = 600

  @Option(help: "The configuration; `nevermore.yaml` at the repository's root by default.")
  var config: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Option(
    help: "Where the target's code runs: bubblewrap, or none, which is not safe for foreign code.")
  var sandbox: CaseOptions.SandboxName = .bubblewrap

  func validate() throws {
    guard diff == nil || lines.isEmpty else {
      throw ValidationError("`--diff` and `--lines` exclude each other\nhint: give one of them")
    }
    guard seconds > 0, seconds.isFinite else {
      throw ValidationError("`\(seconds)` are no seconds\nhint: `--seconds 600`")
    }
  }

  func run() throws {
    let report = try MutationCase(
      workspace: try Workspace(repo: repo, config: config, sandbox: sandbox), diff: diff,
      lines: lines, tests: tests, seconds: seconds
    ).finish()
    for warning in report.warnings { Terminal.talk("warning: \(warning)") }
    try Terminal.print(json ? report.json.text(.compact) : report.text)
    throw ExitCode(report.status.rawValue)
  }
}
