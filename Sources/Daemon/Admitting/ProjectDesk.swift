import Foundation
import Storage
import Synchronization

/// Where the deliveries of one project arrive: how many may, and how they are sorted.
final class ProjectDesk: Sendable {
  let project: Project
  /// Where its deliveries are handed on to.
  let forward: ForwardAddress?
  private let bucket: Mutex<TokenBucket>
  private let opened = Mutex<(sorter: Sorter, at: Double)?>(nil)
  private let open: @Sendable (Project) throws -> Sorting

  /// Seconds for which a tree is taken for the newest.
  private static let freshness = 30.0

  init(_ project: Project, open: @escaping @Sendable (Project) throws -> Sorting) {
    self.project = project
    self.open = open
    forward = project.forward.flatMap(ForwardAddress.init)
    bucket = Mutex(TokenBucket(perMinute: project.settings.eventsAMinute, now: Self.now))
  }

  /// `nil` where one more may come; else the seconds to wait.
  func wait() -> Int? { bucket.withLock { $0.take(now: Self.now) } }

  /// The project's tree is looked at again now and then; where it cannot be, what was known goes on.
  func sorter() throws -> Sorter {
    if let known = opened.withLock({ $0 }), Self.now - known.at < Self.freshness {
      return known.sorter
    }
    do {
      let sorter = Sorter(project: project, sorting: try open(project))
      opened.withLock { $0 = (sorter, Self.now) }
      return sorter
    } catch {
      guard let known = opened.withLock({ $0 }) else { throw error }
      return known.sorter
    }
  }

  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}
