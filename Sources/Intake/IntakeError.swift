import Interchange

/// Why bytes are no event. None of it holds a captured value.
public enum IntakeError: Error, Hashable, Sendable {
  case empty
  case tooLarge(limit: Int)
  /// The compressed body grows beyond the limit.
  case inflatesTooLarge(limit: Int)
  case damagedCompression
  /// A `Content-Encoding` that is none of ours, or several; as its sender named it.
  case unknownEncoding(String)
  case notJSON(JSONError)
  /// An envelope whose items cannot be told apart.
  case malformedEnvelope(problem: String, offset: Int)
  /// An envelope of other things; their types as its sender named them.
  case noEventItem(types: [String])
  case notAnEvent
  /// An OTLP body or export that is not of its format, or beyond a bound of it.
  case malformedExport(format: String)
  /// An OTLP export of other things: so many records.
  case noFailure(records: Int)
  /// A part of the event has another shape than the protocol gives it.
  case wrongShape(path: String, expected: String)
}

extension IntakeError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "the event is empty\nhint: save the event's JSON or envelope to a file, or pipe it in with `-`"
    case .tooLarge(let limit):
      "the event is larger than \(Self.megabytes(limit)): senders cut theirs far below that"
    case .inflatesTooLarge(let limit):
      "the event inflates to more than \(Self.megabytes(limit)): it was refused unread"
    case .damagedCompression:
      "the event cannot be decompressed: its stream is damaged, cut off, or followed by something else"
    case .unknownEncoding(let name):
      "the event is encoded as `\(name)`, which is not understood\n"
        + "hint: send it with one of gzip, deflate, br and zstd, or with none"
    case .notJSON(let error):
      "the event is not JSON: \(error)"
    case .malformedEnvelope(let problem, let offset):
      "the envelope cannot be read: \(problem), at byte \(offset)"
    case .noEventItem(let types):
      "the envelope holds no event, only \(Self.list(types))\n"
        + "hint: an error event is an item of the type `event`"
    case .notAnEvent:
      "the JSON is not an event: it has neither an exception nor a message\n"
        + "hint: a Sentry envelope, an event, and the JSON of Sentry's page or API are understood"
    case .malformedExport(let format):
      "the OTLP \(format) cannot be read: it is damaged, cut off, nested too deep, or too much at once"
    case .noFailure(let records):
      "the OTLP export tells of no failure: none of its \(records) records is an error with an exception\n"
        + "hint: record it on the span, or log it with the error's level"
    case .wrongShape(let path, let expected):
      "the event cannot be read: `\(path)` is not \(expected)"
    }
  }

  private static func megabytes(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(bytes) bytes"
  }

  private static func list(_ types: [String]) -> String {
    if types.isEmpty { return "a header" }
    return types.map { "`\($0)`" }.joined(separator: ", ")
  }
}
