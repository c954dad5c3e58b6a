import Foundation

/// A person or program that a commit names.
struct CommitIdentity: Hashable {
  var name: String
  var email: String

  /// The committer of all that we ship: by it our commits are known from a person's.
  static let ours = CommitIdentity(name: "Nevermore", email: "nevermore@localhost")

  var text: String { "\(name) <\(email)>" }

  private init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  /// What a repository's configuration says, unless `git` or a reader of logs could misread it.
  init?(configuredName name: String, email: String) {
    let isSane = [name, email].allSatisfy { text in
      !text.isEmpty && text.utf8.count <= 200
        && !text.unicodeScalars.contains { InertText.isInvisible($0) || $0 == "<" || $0 == ">" }
    }
    let isNamed = name.unicodeScalars.contains { $0.properties.isAlphabetic }
    let isAddress = email.contains("@") && !email.contains(" ")
    guard isSane, isNamed, isAddress else { return nil }
    self.init(name: name, email: email)
  }
}
