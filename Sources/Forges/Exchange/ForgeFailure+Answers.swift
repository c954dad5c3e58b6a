import Interchange

extension ForgeFailure {
  /// What an answer that is no success means.
  init(_ response: ForgeResponse, to request: ForgeRequest) {
    switch response.status {
    case 401: self = .unauthorised
    case 403 where Self.isLimit(response), 429: self = .limited(wait: Self.wait(response))
    case 404, 410: self = .notFound
    // Whoever stands before the forge gave up waiting: it may still be at work.
    case 408, 502, 504: self = .unavailable(uncertain: request.writes)
    case 500...: self = .unavailable(uncertain: false)
    default:
      self = .refused(status: response.status, reason: Self.reason(response, request))
    }
  }

  /// GitHub answers 403 both to what is forbidden and to what is too much.
  private static func isLimit(_ response: ForgeResponse) -> Bool {
    response.headers["retry-after"] != nil || response.headers["x-ratelimit-remaining"] == "0"
      || response.json?["message"]?.text?.lowercased().contains("rate limit") == true
  }

  /// As long as the forge says, never below a second nor above an hour; `nil` where it does not say.
  private static func wait(_ response: ForgeResponse) -> Duration? {
    let now = response.headers["date"].flatMap(HTTPDate.seconds)
    var seconds: Int?
    if let text = response.headers["retry-after"] {
      seconds = Int(text) ?? HTTPDate.seconds(text).flatMap { then in now.map { then - $0 } }
    }
    if seconds == nil {
      seconds =
        ["x-ratelimit", "ratelimit"].lazy.compactMap { name -> Int? in
          guard
            response.headers["\(name)-remaining"] == "0", let now,
            let reset = response.headers["\(name)-reset"].flatMap({ Int($0) })
          else { return nil }
          // By the forge's clock on both sides: ours may be wrong.
          return reset.subtractingReportingOverflow(now).partialValue
        }.first
    }
    return seconds.map { min(max(.seconds(max($0, 1)), .seconds(1)), longestWait) }
  }

  /// The forge's words in one short line, without any of ours that it repeats.
  private static func reason(_ response: ForgeResponse, _ request: ForgeRequest) -> String {
    let json = response.json
    let words = [json?["message"], json?["error"]].compactMap { $0 }.flatMap(texts)
    let details = (json?["errors"]?.items ?? []).flatMap { error in
      error["message"].map(texts) ?? texts(error)
    }
    var text = (words + details).prefix(4).joined(separator: "; ")
    for member in request.body?.members ?? [] {
      guard let ours = member.value.text, ours.utf8.count >= 4 else { continue }
      text = text.split(separator: ours, omittingEmptySubsequences: false).joined(separator: "…")
    }
    return text.isEmpty ? "it gave no reason" : SafeText.literal(text, limit: 160)
  }

  /// A text, the texts of a list, or those below the members: `{"base":["is invalid"]}`.
  private static func texts(_ json: JSON) -> [String] {
    if let text = json.text { return [String(text.prefix(1000))] }
    if let items = json.items { return items.prefix(4).compactMap(\.text) }
    return (json.members ?? []).prefix(4).flatMap { member in
      member.value.items?.prefix(2).compactMap(\.text) ?? []
    }
  }
}
