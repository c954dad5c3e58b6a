/// The hidden first line by which our comment is found again.
///
/// Make the name so that nobody can guess it: whoever writes the line first would else have the comment that we edit.
public struct CommentMarker: Sendable, Hashable {
  public let name: String

  /// Of 8 to 64 lower-case letters, digits and hyphens; `nil` for another name.
  public init?(_ name: String) {
    guard
      (8...64).contains(name.utf8.count), !name.contains("--"),
      name.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
      })
    else { return nil }
    self.name = name
  }

  var line: String { "<!-- nevermore:\(name) -->" }

  func marks(_ body: String) -> Bool {
    body.split(whereSeparator: \.isNewline).first.map(String.init) == line
  }
}

/// A comment, as far as it is told apart from others.
public struct ForgeComment: Sendable, Hashable {
  public var id: Int
  public var body: String
}
