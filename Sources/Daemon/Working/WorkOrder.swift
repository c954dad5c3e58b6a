import Failures
import Intake
import Interchange

/// What a worker process is told, in one line of JSON on its standard input: all that it gets to know.
public struct WorkOrder: Sendable {
  public var event: FailureEvent
  /// What the failure is called.
  public var failure: String
  /// The folder of the checkout.
  public var repository: String
  /// The commit that the event's release names; `nil` where that is not known.
  public var revision: String?
  /// Where its environment is made; `nil` where the checkout has its own.
  public var environments: String?

  public init(
    event: FailureEvent, failure: String, repository: String, revision: String? = nil,
    environments: String? = nil
  ) {
    self.event = event
    self.failure = failure
    self.repository = repository
    self.revision = revision
    self.environments = environments
  }

  public var line: [UInt8] {
    let json: JSON = [
      "event": .string(String(decoding: event.stored(), as: UTF8.self)),
      "failure": .string(failure), "repository": .string(repository),
      "revision": .optional(revision), "environments": .optional(environments),
    ]
    return json.bytes() + [UInt8(ascii: "\n")]
  }

  public init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line), let stored = json["event"]?.text,
      let event = FailureEvent(stored: Array(stored.utf8)), let failure = json["failure"]?.text,
      let repository = json["repository"]?.text
    else { return nil }
    self.init(
      event: event, failure: failure, repository: repository, revision: json["revision"]?.text,
      environments: json["environments"]?.text)
  }
}
