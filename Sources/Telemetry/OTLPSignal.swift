/// The kinds of OTLP bodies that failures are read from: each has an address of its own.
public enum OTLPSignal: String, CaseIterable, Sendable {
  case logs, traces

  /// Where OTLP/HTTP senders post it.
  public var path: String { "/v1/\(rawValue)" }
}
