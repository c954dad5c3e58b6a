import Foundation

/// A commit as the repository holds it.
struct CommitRecord: Hashable {
  var tree: String
  var parents: [String]
  var committer: String
  var message: String

  /// Reads what `git cat-file commit` gives: headers, an empty line, the message.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let gap = text.range(of: "\n\n") else { return nil }
    message = String(text[gap.upperBound...])
    tree = ""
    parents = []
    committer = ""
    for line in text[..<gap.lowerBound].split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "tree": tree = String(words[1])
      case "parent": parents.append(String(words[1]))
      case "committer": committer = String(words[1])
      default: continue
      }
    }
  }

  /// Whether we made this commit for this failure. Whoever amends, rebases or merges becomes the
  /// committer.
  func isOurs(failure: String) -> Bool {
    committer.hasPrefix("\(CommitIdentity.ours.text) ") && parents.count == 1
      && CommitTrailer.all(in: message).contains(CommitTrailer(.failure, failure).text)
  }

  /// Which of our commits on the branch this is; a commit that does not say is the only one.
  var part: CommitMessage.Part {
    let start = "\(CommitTrailer.Key.part.rawValue): "
    let line = CommitTrailer.all(in: message).first { $0.hasPrefix(start) }
    return line.flatMap { CommitMessage.Part(String($0.dropFirst(start.count))) }
      ?? CommitMessage.Part(number: 1, of: 1)
  }
}
