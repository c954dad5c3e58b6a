import ArgumentParser
import Foundation
import Interchange
import Reproducing

/// Has the probe keep the arguments of a failure's functions as they come in.
struct ArmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arm",
    abstract:
      "Arm the functions of a failure: the next event holds their arguments as they came in.",
    discussion: """
      Writes the file that the probe reads (NEVERMORE_ARMED names it). Functions that are armed already stay so until \
      their time is over. Exits 0 when it was written.
      """)

  @OptionGroup var options: CaseOptions

  @Option(help: "The file that the service's probe reads; standard output by default.")
  var file: String?

  @Option(help: "Hours until the functions are disarmed.")
  var hours: Double = 24

  func validate() throws {
    guard hours > 0, hours <= 24 * 30 else {
      throw ValidationError(
        "`\(hours)` are no hours to be armed for\nhint: `--hours 24`, at most 720")
    }
  }

  func run() throws {
    let bench = try Workbench(options)
    defer { bench.close() }
    let session = try bench.session(at: bench.revision)
    guard let evidence = try Evidence(of: bench.event, in: session) else {
      throw CommandFailure(
        .usage, "`\(options.event)` holds no exception\nhint: give the event of a failure")
    }
    var list = try ArmedList(at: file)
    let added = list.arm(evidence, until: Date().addingTimeInterval(hours * 3600))
    guard !added.isEmpty else {
      throw CommandFailure(
        .usage,
        "no frame of the failure is a function of the repository\nhint: give the repository with `--repo`, and its revision with `--at`"
      )
    }
    try list.write(to: file)
    if options.json, file != nil {
      let report: JSON = ["armed": .array(added.map(JSON.string))]
      try Terminal.print(report.text(.compact))
    }
    for function in added { Terminal.talk("armed \(function)") }
  }
}
