/// A candidate change of the repository, and where it came from.
public struct Patch: Sendable, Hashable {
  /// Who wrote it: `template:…`, `command:…`, `model:…`, or a person.
  public enum Origin: Sendable, Hashable, CustomStringConvertible {
    case template(String)
    case command(String)
    case model(String)
    case person

    public var description: String {
      switch self {
      case .template(let name): "template:\(name)"
      case .command(let name): "command:\(name)"
      case .model(let name): "model:\(name)"
      case .person: "person"
      }
    }
  }

  /// The change as `git apply` takes it at the repository's root.
  public var diff: String
  /// Every file that it changes, by path from the root; `nil` where it removes one.
  public var files: [String: [UInt8]?]
  public var origin: Origin

  public init(diff: String, files: [String: [UInt8]?], origin: Origin) {
    self.diff = diff
    self.files = files
    self.origin = origin
  }
}
