import Foundation
import Storage

/// The address that lets a person in, once.
public struct AdministratorLink: Sendable {
  public let address: String

  /// The file in the daemon's folder that holds the first one until it is used.
  public static let fileName = "administrator-link"

  /// A new link for a daemon that is reached at `place`, `HOST:PORT`.
  public init(_ store: Store, at place: String) throws(StorageError) {
    let token = PageToken.new()
    try store.addLink(digest: PageToken.digest(token))
    address = "http://\(place)/enter?token=\(token)"
  }

  /// Makes a link where nobody could come in, and writes it where only the owner reads.
  public static func first(_ store: Store, at place: String) throws -> AdministratorLink? {
    guard try !store.isOpenToSomebody() else { return nil }
    let link = try AdministratorLink(store, at: place)
    let file = store.folder + "/" + fileName
    try? FileManager.default.removeItem(atPath: file)
    guard
      FileManager.default.createFile(
        atPath: file, contents: Data((link.address + "\n").utf8),
        attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    return link
  }

  /// The link was used: what is left of it lets nobody in.
  static func forget(_ store: Store) {
    try? FileManager.default.removeItem(atPath: store.folder + "/" + fileName)
  }
}
