import Failures
import OpenTelemetry

/// What a resource says of the service that failed.
struct ResourceReading {
  private let outline: FailureEvent

  private static let known: Set<String> = [
    "service.version", "deployment.environment", "deployment.environment.name",
    "process.runtime.version", "process.command_args",
  ]

  init(_ resource: Opentelemetry_Proto_Resource_V1_Resource) {
    let attributes = Attributes(resource.attributes)
    outline = FailureEvent(
      identifier: "",
      platform: attributes.name("telemetry.sdk.language") ?? "other",
      release: attributes.name("service.version"),
      environment: attributes.name("deployment.environment.name", "deployment.environment"),
      arguments: attributes.names("process.command_args"),
      runtime: attributes.name("process.runtime.version"),
      facts: attributes.facts(without: Self.known))
  }

  /// An event with all that is the same for every record of the resource.
  func event(_ exceptions: [ExceptionRecord]) -> FailureEvent {
    var event = outline
    event.exceptions = exceptions
    return event
  }
}
