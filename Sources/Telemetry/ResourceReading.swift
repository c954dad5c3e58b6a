import Failures
import OpenTelemetry

/// What a resource says of the service that failed.
struct ResourceReading {
  private let attributes: Attributes

  init(_ resource: Opentelemetry_Proto_Resource_V1_Resource) {
    attributes = Attributes(resource.attributes)
  }

  private static let known: Set<String> = [
    "service.version", "deployment.environment", "deployment.environment.name",
    "process.runtime.version", "process.command_args",
  ]

  /// An event with all that is the same for every record of the resource.
  func event(_ exceptions: [ExceptionRecord]) -> FailureEvent {
    FailureEvent(
      identifier: "",
      platform: attributes.text("telemetry.sdk.language") ?? "other",
      release: attributes.text("service.version"),
      environment: attributes.text("deployment.environment.name", "deployment.environment"),
      exceptions: exceptions,
      arguments: attributes.texts("process.command_args"),
      runtime: attributes.text("process.runtime.version"),
      facts: attributes.facts.filter { !Self.known.contains($0.name) })
  }
}
