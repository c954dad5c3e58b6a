/// A file or directory of this machine that the sandbox sees, at the same or at another path.
public struct Mount: Sendable, Hashable {
  /// The absolute path on this machine; a link is followed when it is mounted.
  public var source: String
  /// The absolute path inside the sandbox.
  public var destination: String

  public init(_ source: String, at destination: String? = nil) {
    self.source = source
    self.destination = destination ?? source
  }

  /// How many components the destination has: what is deeper is mounted later.
  var depth: Int { destination.split(separator: "/").count }
}
