import Storage
import Synchronization

/// The desks of all projects, by key; a project that was just added is found without a restart.
final class ProjectDesks: Sendable {
  private let store: Store
  private let open: @Sendable (Project) throws -> Sorting
  private let desks = Mutex<[String: ProjectDesk]>([:])

  init(_ store: Store, open: @escaping @Sendable (Project) throws -> Sorting) {
    self.store = store
    self.open = open
  }

  func desk(of key: String) -> ProjectDesk? {
    if let desk = desks.withLock({ $0[key] }) { return desk }
    refresh()
    return desks.withLock { $0[key] }
  }

  /// Takes over what changed; desks of projects that did not stay as they are.
  func refresh() {
    guard let projects = try? store.projects() else { return }
    desks.withLock { desks in
      var next: [String: ProjectDesk] = [:]
      for project in projects {
        let desk = desks[project.key]
        next[project.key] =
          desk?.project == project ? desk : ProjectDesk(project, open: open)
      }
      desks = next
    }
  }
}
