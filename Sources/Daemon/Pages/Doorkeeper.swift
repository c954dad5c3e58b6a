import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Synchronization

/// Who may see the pages: whoever has the cookie of an open session.
final class Doorkeeper: Sendable {
  let store: Store
  /// Links that are looked at in a minute, right or wrong.
  private let tries = Mutex(TokenBucket(perMinute: 10, now: 0))
  private static let cookie = "nevermore"

  init(_ store: Store) { self.store = store }

  /// The session of a request; `nil` where it has none that is open.
  func session(of request: Request) throws -> Session? {
    guard let token = Self.token(in: request),
      try store.isSession(digest: PageToken.digest(token))
    else { return nil }
    return Session(token: token)
  }

  enum Entry {
    /// The value of `Set-Cookie`.
    case open(String)
    case wrong
    case later(seconds: Int)
  }

  /// Takes a link's token, once.
  func enter(_ token: String, _ request: Request) throws -> Entry {
    let now = Double(DispatchTime.now().uptimeNanoseconds) / 1e9
    if let seconds = tries.withLock({ $0.take(now: now) }) { return .later(seconds: seconds) }
    let digest = PageToken.digest(token)
    let session = PageToken.new()
    guard
      try store.exchangeLink(
        forSession: PageToken.digest(session), where: { PageToken.areEqual($0, digest) })
    else { return .wrong }
    AdministratorLink.forget(store)
    return .open(Self.header(session, seconds: Int(Store.sessionSeconds), request))
  }

  /// Ends the session; answers the value of `Set-Cookie`.
  func leave(_ session: Session, _ request: Request) throws -> String {
    try store.endSession(digest: PageToken.digest(session.token))
    return Self.header("", seconds: 0, request)
  }

  private static func header(_ token: String, seconds: Int, _ request: Request) -> String {
    let isEncrypted = request.headers[forwardedProtocol]?.lowercased() == "https"
    return
      "\(cookie)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
      + (isEncrypted ? "; Secure" : "")
  }

  private static func token(in request: Request) -> String? {
    for header in request.headers[values: .cookie] {
      for pair in header.split(separator: ";") {
        let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0] == cookie, parts[1].utf8.count == 64 {
          return String(parts[1])
        }
      }
    }
    return nil
  }

  /// What a proxy says that it was asked by.
  static let forwardedProtocol = HTTPField.Name("X-Forwarded-Proto")!
}

/// An open session.
struct Session: Sendable {
  let token: String

  /// What every form of the session carries; whoever has it does not have the session.
  var formToken: String { PageToken.hexadecimal(PageToken.digest("form " + token)) }

  func allows(_ given: String?) -> Bool {
    PageToken.areEqual(Array((given ?? "").utf8), Array(formToken.utf8))
  }
}
