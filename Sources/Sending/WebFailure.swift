/// Why there is no answer. A request's address and headers can hold secrets, so none of them is in here.
public enum WebFailure: Error, Sendable, Hashable {
  /// Never sent, and never will be: not absolute, another scheme, or user and password in it.
  case unacceptableAddress
  /// Never sent: a header that would end early or begin another.
  case unacceptableHeader
  /// No connection came about, so nothing of the request left this machine.
  case notDelivered
  /// It was sent, in full or in part, and the answer was lost or late: it may have taken effect.
  case unanswered
  /// It was answered, and has taken its effect, but the answer is longer than was allowed.
  case answerTooLong(limit: Int)
  /// The task was cancelled; the request may have taken effect.
  case cancelled

  /// Whether sending it again could do the same thing twice.
  public var mayHaveBeenDelivered: Bool {
    switch self {
    case .unacceptableAddress, .unacceptableHeader, .notDelivered: false
    case .unanswered, .answerTooLong, .cancelled: true
    }
  }
}

extension WebFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unacceptableAddress:
      "The address is none that a request can be sent to.\n"
        + "hint: write it as `https://HOST/PATH`, without user and password"
    case .unacceptableHeader:
      "A header holds a character that ends it.\nhint: look for a line break in the token"
    case .notDelivered:
      "No connection came about.\nhint: is the host's name right, and can this machine reach it?"
    case .unanswered: "The request was sent, and no whole answer came back."
    case .answerTooLong(let limit): "The answer is longer than \(limit) bytes."
    case .cancelled: "The request was cancelled."
    }
  }
}
