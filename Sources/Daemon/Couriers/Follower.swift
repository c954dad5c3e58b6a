import Forges
import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Looks now and then what became of open pull requests, and whether what was mended came back.
struct Follower: Service {
  let store: Store
  let desk: ForgeDesk
  let site: @Sendable (Project) async throws -> Site
  /// Whether a release holds a commit; `nil` where the release names nothing.
  let holds: @Sendable (Project, _ release: String, _ commit: String) throws -> Bool?
  let logger: Logger

  private static let pause = Duration.seconds(30)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await look()
        } catch {
          logger.warning("pull requests could not be followed")
        }
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  private func look() async throws {
    let projects = Dictionary(
      try store.projects().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for failure in try store.proposed() {
      guard let project = projects[failure.project] else { continue }
      try await follow(failure, of: project)
    }
    for sighting in try store.openSightings() {
      guard let project = projects[sighting.failure.project],
        let commit = sighting.failure.fixCommit
      else { continue }
      // A release that names no commit tells nothing; what came back in it would be a guess.
      let answer = try holds(project, sighting.release, commit) ?? false
      try store.answer(sighting, holdsFix: answer)
    }
  }

  private func follow(_ failure: FailureRecord, of project: Project) async throws {
    let site = try await site(project)
    guard let remote = site.remote, let forge = project.forge(remote: remote)?.forge,
      let token = project.settings.tokenFile, let branch = failure.branch
    else { return }
    let base = project.settings.base ?? site.branch ?? "main"
    let client = desk.client(at: forge.location, token: token)
    guard case .success(let request?) = await client.run(forge.find(branch: branch, base: base))
    else { return }
    switch request.state {
    case .open: break
    case .closed: try store.settle(failure, as: .declined, fixCommit: nil)
    case .merged(let commit): try store.settle(failure, as: .merged, fixCommit: commit)
    }
  }
}
