import Foundation

/// The name of a revision as a user or an event gave it, and what in a repository it may mean.
struct RevisionName {
  let name: String

  /// Refuses what `git` reads as an option, a range, a path or a walk through history.
  init(_ name: String) throws(RepositoryError) {
    let forbidden: Set<Unicode.Scalar> = [":", "^", "~", "?", "*", "[", "\\", "\u{7f}"]
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.value > 0x20 && !forbidden.contains($0) && !(0x80...0x9f).contains($0.value)
    }
    guard !name.isEmpty, name.utf8.count <= 250, isPlain, !name.hasPrefix("-"),
      !name.contains(".."), !name.contains("@{")
    else { throw .unacceptableRevision(name) }
    self.name = name
  }

  /// Full names in the order in which they are tried. A tag wins over a branch, as in `git`; a more
  /// specific tag (`shop@1.2`, `shop/v1.2`) over the version alone; names over commit ids.
  var candidates: [String] {
    if name == "HEAD" { return ["HEAD"] }
    let tags = [name, "v\(name)"] + releaseTags
    let branches = [
      "refs/heads/\(name)", "refs/remotes/\(name)", "refs/remotes/origin/\(name)",
    ]
    let exact = name.hasPrefix("refs/") ? [name] : []
    return exact + tags.map { "refs/tags/\($0)" } + branches + commitIds
  }

  /// The tags that a release `package@version` may have.
  private var releaseTags: [String] {
    guard let at = name.lastIndex(of: "@") else { return [] }
    let (package, version) = (name[..<at], name[name.index(after: at)...])
    guard !version.isEmpty else { return [] }
    let packaged =
      package.isEmpty ? [] : ["/v", "/", "-v", "-"].map { "\(package)\($0)\(version)" }
    return packaged + [String(version), "v\(version)"]
  }

  /// Commit ids of seven digits and more: all of the name, or what follows `@`, `+` or the `-g` of
  /// `git describe`.
  private var commitIds: [String] {
    let tails = ["@", "+", "-g"].compactMap { mark in
      name.range(of: mark, options: .backwards).map { String(name[$0.upperBound...]) }
    }
    return ([name] + tails).filter { text in
      (7...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isHexadecimal }
    }
  }
}

extension UInt8 {
  var isHexadecimal: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
