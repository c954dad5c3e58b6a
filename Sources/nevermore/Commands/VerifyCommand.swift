import ArgumentParser

/// A patch from anyone in; what it is worth out.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Judge a patch against the failure that it claims to mend, whoever wrote it.",
    discussion: """
      The failure is reproduced and tested as `fix` does it; then the patch passes seven gates in a private copy of the \
      repository. Nothing is written to the repository. Exits 0 when the patch is accepted, 10 when it is not, 11 when \
      the failure could not be reproduced, so that nothing could be judged.
      """)

  @OptionGroup var options: CaseOptions

  @Option(help: "The patch: a unified diff of any kind; `-` for standard input.")
  var patch: String

  @Flag(help: "Stop at the first gate that fails.")
  var failFast = false

  func validate() throws {
    if patch == "-", options.event == "-" {
      throw ValidationError("only one of EVENT and --patch can be read from standard input")
    }
  }

  func run() throws {
    let report = try VerifyRun(options: options, patch: patch, failFast: failFast).finish()
    try report.show(asJSON: options.json)
    throw ExitCode(report.status.rawValue)
  }
}
