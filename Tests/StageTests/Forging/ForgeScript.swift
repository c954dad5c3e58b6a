import Interchange
import Testing

@testable import Forges

/// Plays a forge's answers to an exchange by hand, and keeps what it asked.
struct ForgeScript {
  var asked: [ForgeRequest] = []

  /// Runs until the answers are used up or the exchange has ended.
  mutating func run<Product>(
    _ exchange: ForgeExchange<Product>, _ answers: [ForgeResponse]
  ) -> ForgeExchange<Product> {
    var exchange = exchange
    for answer in answers {
      guard case .ask(let request, let rest) = exchange else {
        Issue.record("ended before \(answer.status) was needed")
        return exchange
      }
      asked.append(request)
      exchange = rest(answer)
    }
    if case .ask(let request, _) = exchange { asked.append(request) }
    return exchange
  }

  var lines: [String] { asked.map { "\($0.method.rawValue) \($0.url)" } }
}

extension ForgeExchange {
  var product: Product? { if case .done(let product) = self { product } else { nil } }
  var failure: ForgeFailure? { if case .failed(let failure) = self { failure } else { nil } }
}

extension ForgeResponse {
  init(_ status: Int, _ json: JSON, headers: [(String, String)] = []) {
    self.init(status: status, headers: headers, body: json.bytes())
  }
}

extension ForgeLocation {
  static func example(_ kind: ForgeKind) -> ForgeLocation {
    ForgeLocation(kind: kind, interface: "https://forge.example/api", owner: "ada", name: "shop")
  }
}

/// A pull request as GitHub and Gitea give it.
func pullRequestJSON(
  _ number: Int, state: String = "open", branch: String = "nevermore/1", base: String = "main",
  repository: Int = 1, merged: Bool = false
) -> JSON {
  [
    "number": .integer(number), "state": .string(state), "title": "Fix", "body": "Text",
    "merged": .bool(merged), "labels": [], "draft": false,
    "head": ["ref": .string(branch), "repo": ["id": .integer(repository)]],
    "base": ["ref": .string(base), "repo": ["id": 1]],
  ]
}
