/// One request of a sender, before anything of it is believed.
struct Delivery: Sendable {
  /// What its path says that it brings.
  enum Form: Sendable { case envelope, event, telemetry }

  var form: Form
  /// The number in the path.
  var project: Int64?
  /// The key of its headers or query.
  var key: String?
  var encoding: String?
  var contentType: String?
}

/// What a sender is told.
struct Answer: Sendable {
  var status: Int
  var body: String
  var headers: [(name: String, value: String)] = []

  static func accepted(_ identity: String?) -> Answer {
    Answer(status: 200, body: identity.map { "{\"id\":\"\($0)\"}" } ?? "{}")
  }

  /// Sentry's clients read `detail`; no word of the sender's is in it.
  static func refused(_ status: Int, _ detail: String) -> Answer {
    Answer(status: status, body: "{\"detail\":\"\(detail)\"}")
  }

  static func later(_ seconds: Int, _ detail: String) -> Answer {
    var answer = refused(429, detail)
    answer.headers = [("Retry-After", "\(seconds)")]
    return answer
  }
}
