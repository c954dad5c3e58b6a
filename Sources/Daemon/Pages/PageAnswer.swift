import HTTPTypes
import Hummingbird

/// What a browser is sent, with what it may do with it.
enum PageAnswer {
  static let policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    body(text, "text/html; charset=utf-8", status: status)
  }

  static func body(
    _ text: String, _ type: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    var headers = guarded
    headers[.contentType] = type
    headers[.cacheControl] = "no-store"
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: .init(string: text)))
  }

  static func asset(_ asset: Asset) -> Response {
    var headers = guarded
    headers[.contentType] = asset.type
    headers[.cacheControl] = "public, max-age=31536000, immutable"
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: .init(bytes: asset.content)))
  }

  /// After a form: what it led to is read from another address, so that coming back sends nothing twice.
  static func see(_ path: String) -> Response {
    var headers = guarded
    headers[.location] = path
    return Response(status: .seeOther, headers: headers)
  }

  private static var guarded: HTTPFields {
    var headers = HTTPFields()
    headers[.contentSecurityPolicy] = policy
    headers[.xContentTypeOptions] = "nosniff"
    headers[referrerPolicy] = "no-referrer"
    headers[openerPolicy] = "same-origin"
    return headers
  }

  private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
  private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
}
