import Failures
import Intake

/// The request that was being answered, from the HTTP attributes of the semantic conventions, new and old.
struct HTTPReading {
  private let attributes: Attributes

  init(_ attributes: Attributes) { self.attributes = attributes }

  /// `nil` without a method and an address: neither is made up.
  var request: RequestRecord? {
    guard let method = attributes.name("http.request.method", "http.method"),
      let address = attributes.name("url.full", "http.url") ?? target
    else { return nil }
    return RequestRecord(
      method: method, url: address, query: RequestRecord.query(of: address), headers: headers)
  }

  /// The path and the query, where the whole address was not recorded.
  private var target: String? {
    guard let path = attributes.name("url.path") else { return attributes.name("http.target") }
    return path + (attributes.name("url.query").map { "?" + $0 } ?? "")
  }

  /// `http.request.header.NAME`, a list of texts.
  private var headers: [NamedValue] {
    attributes.beginning(with: "http.request.header.").flatMap { header -> [NamedValue] in
      guard case .list(let values) = header.value else {
        return [NamedValue(header.name, header.value)]
      }
      return values.map { NamedValue(header.name, $0) }
    }
  }
}
