import ArgumentParser

/// What every command that works on an event takes.
struct CaseOptions: ParsableArguments {
  enum SandboxName: String, ExpressibleByArgument, CaseIterable { case bubblewrap, none }

  @Argument(
    help: ArgumentHelp(
      "A Sentry envelope, event, the JSON of Sentry's page or API, the probe's snapshot, an OTLP export, or a log; `-` for standard input."
    ))
  var event: String

  @Option(help: "The repository that the failure belongs to.")
  var repo: String = "."

  @Option(help: "The revision to reproduce at; the event's release if it names one, else HEAD.")
  var at: String?

  @Option(help: "The configuration; `nevermore.yaml` at the repository's root by default.")
  var config: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Option(
    help:
      "Where the target's code runs: bubblewrap, or none, which is not safe for events that you do not trust."
  )
  var sandbox: SandboxName = .bubblewrap
}
