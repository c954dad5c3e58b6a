import Foundation
import GRDB

/// A code base whose failures are taken in, and what may be done about them.
public struct Project: Sendable, Equatable {
  public var id: Int64
  public var name: String
  /// The public part of its address: it lets senders in, and gives no other right.
  public var key: String
  /// A folder or a URL.
  public var repository: String
  /// The address that every envelope is relayed to.
  public var forward: String?
  public var settings: ProjectSettings

  /// Whether ``repository`` is an address that has to be cloned from.
  public var isRemote: Bool { Self.isAddress(repository) }

  /// A URL, or ssh's short form.
  public static func isAddress(_ repository: String) -> Bool {
    repository.contains("://")
      || repository.wholeMatch(of: /[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:[^:].*/) != nil
  }
}

/// What may be done for a project, and how often.
public struct ProjectSettings: Sendable, Equatable, Codable {
  public enum Shipping: String, Sendable, Codable, CaseIterable { case branch, draft, ready }

  public var ship = Shipping.ready
  /// `github`, `gitlab`, `gitea` or `forgejo`; found from the remote's address where it is not said.
  public var forge: String?
  /// Where the forge's API is, for one that the remote's address does not tell.
  public var forgeAddress: String?
  /// `owner/name`, where the remote's address does not tell.
  public var forgeRepository: String?
  /// The file that holds the forge's token; without one nothing is opened there.
  public var tokenFile: String?
  /// The remote of a checkout that branches are pushed to.
  public var remote = "origin"
  /// Whether branches leave this machine: always where the repository is a URL, else where it is said.
  public var pushes = false
  /// The branch that pull requests go to; the repository's own head where it is not said.
  public var base: String?
  /// Only failures of these environments are worked on; all where it is empty.
  public var environments: [String] = []
  public var requestsAnHour = 2
  public var requestsOpen = 10
  /// Events a minute that are taken; what is beyond is refused with 429.
  public var eventsAMinute = 6000
  /// How a release names its commit: `v{release}` or `{release}` where it is not said.
  public var releasePattern: String?
  /// Days for which events and their data are kept.
  public var retention = 30

  public init() {}
}

extension Store {
  /// Adds a project under a new key.
  public func addProject(
    name: String, repository: String, forward: String? = nil,
    settings: ProjectSettings = ProjectSettings(), at moment: Date = Date()
  ) throws(StorageError) -> Project {
    let key = Self.newKey()
    return try storing {
      try pool.write { database in
        let taken = try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM project WHERE name = ?)", arguments: [name])
        if taken == true { throw StorageError.nameTaken(name) }
        try database.execute(
          sql: """
            INSERT INTO project (name, key, repository, forward, settings, addedAt)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            name, key, repository, forward, try Self.text(settings), moment.timeIntervalSince1970,
          ])
        return Project(
          id: database.lastInsertedRowID, name: name, key: key, repository: repository,
          forward: forward, settings: settings)
      }
    }
  }

  /// Takes a project away that nothing was sent to.
  public func remove(_ project: Project) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: """
            DELETE FROM project WHERE id = ?1
              AND NOT EXISTS (SELECT 1 FROM event WHERE event.project = ?1)
            """, arguments: [project.id])
      }
    }
  }

  public func projects() throws(StorageError) -> [Project] {
    try storing {
      try pool.read { database in
        try Row.fetchAll(database, sql: "SELECT * FROM project ORDER BY id").map(Project.init)
      }
    }
  }

  public func project(named name: String) throws(StorageError) -> Project? {
    try projects().first { $0.name == name }
  }

  public func change(_ project: Project) throws(StorageError) {
    try storing {
      try pool.write { database in
        try database.execute(
          sql: "UPDATE project SET repository = ?, forward = ?, settings = ? WHERE id = ?",
          arguments: [
            project.repository, project.forward, try Self.text(project.settings), project.id,
          ])
      }
    }
  }

  private static func text(_ settings: ProjectSettings) throws -> String {
    String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
  }

  /// 32 hexadecimal digits from the system's generator.
  static func newKey() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(UInt32.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

extension Project {
  init(_ row: Row) {
    self.init(
      id: row["id"], name: row["name"], key: row["key"], repository: row["repository"],
      forward: row["forward"],
      settings: (row["settings"] as Data?).flatMap(ProjectSettings.init(stored:))
        ?? ProjectSettings())
  }
}
