import Storage

/// A project's checkout.
public struct Site: Sendable {
  public var folder: String
  /// The address of its remote; `nil` where it has none.
  public var remote: String?
  /// The branch that it stands on.
  public var branch: String?
  /// Where environments are made for it; `nil` where the checkout has its own.
  public var environments: String?

  public init(
    folder: String, remote: String? = nil, branch: String? = nil, environments: String? = nil
  ) {
    self.folder = folder
    self.remote = remote
    self.branch = branch
    self.environments = environments
  }
}

/// Keeps the daemon's own clones near their remotes, and says where a project's checkout lies.
actor Sites {
  private let folder: String
  private let courier: Courier
  private let find: @Sendable (Project) async throws -> Site
  private var fetched: [Int64: ContinuousClock.Instant] = [:]

  /// For so long a clone is taken for the newest.
  private static let freshness = Duration.seconds(15)

  init(
    folder: String, courier: Courier, find: @escaping @Sendable (Project) async throws -> Site
  ) {
    self.folder = folder
    self.courier = courier
    self.find = find
  }

  /// A project's checkout, made ready.
  func site(of project: Project) async throws -> Site {
    if project.isRemote { try await fetch(project) }
    return try await find(project)
  }

  private func fetch(_ project: Project) async throws {
    let clock = ContinuousClock()
    if let last = fetched[project.id], clock.now - last < Self.freshness { return }
    let order = CourierOrder.fetch(
      repository: project.clone(in: folder), address: project.repository,
      token: project.settings.tokenFile)
    switch await courier.carry(order) {
    case .fetched: fetched[project.id] = clock.now
    case .failed(let why, _): throw WorkError("the repository could not be fetched: \(why)")
    default: throw WorkError("the courier answered another question")
    }
  }
}

extension Project {
  /// Where the files of the daemon's clone lie, in the daemon's folder.
  public func clone(in folder: String) -> String { "\(folder)/projects/\(id)/checkout" }
}
