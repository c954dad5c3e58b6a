import Hummingbird
import Storage

extension PageRoutes {
  /// Opens a session for whoever has a link. The next page is not led to but asked for by this one: a browser sends the strict cookie only
  /// where a page of ours asks.
  func enter(_ request: Request) throws -> Response {
    let token = PageFields(query: request.uri.query)["token"] ?? ""
    switch try doorkeeper.enter(token, request) {
    case .open(let cookie):
      var view = NoticeView(
        page: PageFrame("Come in", .none, nil), sentence: "This browser may see the pages now.",
        onward: "/")
      view.goesOn = true
      var answer = PageAnswer.html(Templates.render(view, as: "notice"))
      answer.headers[.setCookie] = cookie
      return answer
    case .wrong:
      return Self.closed(
        "This link lets nobody in: it was used, it is too old, or it is another one.")
    case .later(let seconds):
      var answer = PageAnswer.notice(
        "Too many tries", "Too many links were tried. Come again in a minute.",
        status: .tooManyRequests)
      answer.headers[.retryAfter] = "\(seconds)"
      return answer
    }
  }

  static var closed: Response { closed("These pages are open to whoever was given a link.") }

  private static func closed(_ sentence: String) -> Response {
    PageAnswer.notice(
      "Not open", sentence + " A new one is printed, where the daemon runs, by:",
      status: .unauthorized, command: "nevermore link --data DIR")
  }

  static func foreign(_ session: Session) -> Response {
    PageAnswer.notice(
      "Nothing was done",
      "The form was not of this session. Go back, load the page again, and send it once more.",
      status: .forbidden, session)
  }

  static func missing(_ session: Session) -> Response {
    PageAnswer.notice(
      "Not found", "There is no such failure.", status: .notFound, session, onward: "/failures")
  }
}

extension PageAnswer {
  static func notice(
    _ title: String, _ sentence: String, status: HTTPResponse.Status, _ session: Session? = nil,
    command: String? = nil, onward: String? = nil
  ) -> Response {
    let view = NoticeView(
      page: PageFrame(title, .none, session), sentence: sentence, command: command, onward: onward)
    return html(Templates.render(view, as: "notice"), status: status)
  }
}
