/// A commit of a repository, by its full id: always one that was found there.
public struct Revision: Hashable, Sendable, CustomStringConvertible {
  public let id: String

  init(id: String) { self.id = id }

  public var description: String { id }
}
