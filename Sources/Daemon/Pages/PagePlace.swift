import HTTPTypes
import Hummingbird
import Storage

/// Where the daemon is reached, as the browser says it.
struct PagePlace: Sendable {
  let scheme: String
  let place: String

  /// `listening` is believed where the browser says nothing that could be a host.
  init(_ request: Request, listening: String) {
    let isEncrypted = request.headers[Doorkeeper.forwardedProtocol]?.lowercased() == "https"
    scheme = isEncrypted ? "https" : "http"
    let said = request.head.authority ?? ""
    let isPlain =
      !said.isEmpty && said.utf8.count < 256
      && said.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]_".contains($0))
      }
    place = isPlain ? said : listening
  }

  /// What a Sentry client is given as its DSN.
  func senderAddress(of project: Project) -> String {
    "\(scheme)://\(project.key)@\(place)/\(project.id)"
  }
}
