import ArgumentParser

/// Stops after reproducing, and shows the recipe.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Reproduce one event and show the recipe, without writing anything.",
    discussion: "Exits 0 when the failure was reproduced for the same cause, 11 when it was not.")

  @OptionGroup var options: CaseOptions

  func run() throws {
    let report = try CaseRun(options: options, goal: .reproduced, body: nil).finish()
    try report.show(asJSON: options.json)
    throw ExitCode(report.status.rawValue)
  }
}
