import Hummingbird

/// The fields of a form or a query.
struct PageFields: Sendable {
  private let values: [String: String]
  private static let limit = 8192

  init(query: String?) { values = Self.decoded(query ?? "") }

  /// Throws where the body is longer than any form of ours.
  init(of request: Request) async throws {
    let body = try await request.body.collect(upTo: Self.limit)
    values = Self.decoded(String(buffer: body))
  }

  /// The field without the spaces around it; `nil` where it is empty.
  subscript(name: String) -> String? {
    let text = values[name].map { $0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed() }
    return text.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
  }

  var page: Int { min(1_000_000, max(1, self["page"].flatMap { Int($0) } ?? 1)) }

  private static func decoded(_ text: String) -> [String: String] {
    guard text.utf8.count <= limit else { return [:] }
    return (try? URLEncodedFormDecoder().decode([String: String].self, from: text)) ?? [:]
  }
}
