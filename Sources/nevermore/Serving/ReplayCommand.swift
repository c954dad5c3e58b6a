import ArgumentParser
import Failures
import Foundation
import Intake
import Storage

/// A stored event, worked here and now before a person's eyes.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Work a stored event here and now, and write nothing.",
    discussion: """
      Shows what `nevermore fix --no-ship` shows of the event, or of the richest one that is kept of a failure. No branch \
      is written, and the daemon knows nothing of it; `nevermore retry` is what it is asked with.
      """)

  @Argument(help: "The identifier of an event or a failure, or the beginning of it.")
  var identifier: String

  @OptionGroup var data: DataOption

  @Option(help: "Of this project alone.")
  var project: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Option(help: "Where the target's code runs: bubblewrap, or none, which is not safe.")
  var sandbox: CaseOptions.SandboxName = .bubblewrap

  func run() throws {
    let store = try data.store()
    let kept = try kept(in: store)
    guard let bytes = kept.data, let event = FailureEvent(stored: bytes) else {
      throw CommandFailure(
        .usage,
        "no data of `\(identifier.withoutControls)` is kept\nhint: `nevermore show` names the events, and which of them are"
      )
    }
    let project = try asking { () throws(StorageError) in
      try store.projects().first { $0.id == kept.project }
    }
    guard let project else { return }
    let site = ProjectSite(project: project, data: data.folder)
    let options = try CaseOptions.parse([
      "-", "--repo", site.root, "--sandbox", sandbox.rawValue,
    ])
    let report = try CaseRun(
      options: options, goal: .tested, body: nil,
      given: OrderedEvent(
        event: event, failure: kept.failure, environments: try site.site().environments)
    ).finish()
    try report.show(asJSON: json)
    throw ExitCode(report.status.rawValue)
  }

  /// Whose it is, what its failure is called, and its data.
  private func kept(in store: Store) throws -> (project: Int64, failure: String, data: [UInt8]?) {
    switch try store.called(identifier, in: project) {
    case .event(let event):
      return (
        event.project, event.failure ?? "",
        try asking { () throws(StorageError) in try store.data(ofEvent: event.id) }
      )
    default:
      let failure = try store.failure(calledBy: identifier, in: project)
      return (
        failure.project, failure.identity,
        try asking { () throws(StorageError) in try store.exemplar(ofFailure: failure.id) }
      )
    }
  }
}
