import Failures

/// What one OTLP body tells of failures.
///
/// Each record ends in exactly one of the four: their counts add up to ``records``. A record is a log record, an exception
/// event of a span, or a span without any.
public struct OTLPBatch: Sendable {
  /// One failure, in the order of the body.
  public struct Occurrence: Sendable {
    /// Frames have no origin yet, and nothing is scrubbed.
    public var event: FailureEvent
    /// Equal for the same raising of an exception, told once more: senders record it on the span and in the log, and send
    /// a body again. `nil` where nothing ties it to a trace.
    public var key: String?
  }

  public internal(set) var occurrences: [Occurrence] = []
  /// Records that tell of no failure.
  public internal(set) var ignored = 0
  /// Records of a failure that this body has told before.
  public internal(set) var repeated = 0
  /// Records beyond a bound: too large, or too many failures in one body.
  public internal(set) var refused = 0

  public var events: [FailureEvent] { occurrences.map(\.event) }
  public var records: Int { occurrences.count + ignored + repeated + refused }
}
