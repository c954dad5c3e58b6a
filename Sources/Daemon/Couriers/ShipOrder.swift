import Forges
import Interchange

/// What is to be shipped of a case: its branch, and what is said of it.
struct ShipOrder: Sendable {
  var branch: String
  /// The newest commit of the branch.
  var commit: String
  var title: String
  var body: String
  var isFixed: Bool

  init?(_ result: WorkResult) {
    guard let branch = result.branch, let commit = result.commits.last, let title = result.title,
      let body = result.body
    else { return nil }
    self.branch = branch
    self.commit = commit
    self.title = title
    self.body = body
    isFixed = result.outcome == "fixed"
  }

  var bytes: [UInt8] {
    let json: JSON = [
      "branch": .string(branch), "commit": .string(commit), "title": .string(title),
      "body": .string(body), "fixed": .bool(isFixed),
    ]
    return json.bytes()
  }

  init?(_ bytes: [UInt8]) {
    guard let json = try? JSON(parsing: bytes), let branch = json["branch"]?.text,
      let commit = json["commit"]?.text, let title = json["title"]?.text,
      let body = json["body"]?.text
    else { return nil }
    self.branch = branch
    self.commit = commit
    self.title = title
    self.body = body
    isFixed = json["fixed"]?.bool ?? false
  }
}
