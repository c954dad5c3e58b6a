import Daemon
import Failures
import Foundation
import Intake
import PythonTarget
import Shipping
import Storage

/// A project's repository as the daemon sees it.
struct ProjectSite {
  let project: Project
  /// The daemon's folder.
  let data: String

  /// The folder of the checkout: the project's own, or the daemon's clone.
  var root: String { project.isRemote ? project.clone(in: data) : project.repository }

  /// The checkout, with where its branches go; of a clone, at the newest commit that was fetched.
  func site() throws -> Site {
    let repository = try Repository(at: root)
    guard project.isRemote else {
      return Site(
        folder: root, remote: repository.remote(named: project.settings.remote),
        branch: repository.headBranch)
    }
    let base = project.settings.base ?? repository.fetchedHeadBranch ?? "main"
    let standing = try Repository.stand(at: root, onRemoteBranch: base)
    return Site(
      folder: standing.root ?? root, remote: project.repository, branch: base,
      environments: "\(URL(fileURLWithPath: data).path)/environments")
  }

  /// Makes the clone of a repository that is given by its address.
  func clone() throws(CommandFailure) {
    guard project.isRemote else { return }
    let access = try TokenFile.access(project.settings.tokenFile)
    try Workspace.wrapping {
      try Repository.clone(at: root).fetch(from: project.repository, access)
      _ = try site()
    }
  }

  /// Whether a release holds a commit; `nil` where the release names none.
  func holds(_ release: String, commit: String) throws -> Bool? {
    let repository = try Repository(at: root)
    let name = release.split(separator: "@").last.map(String.init) ?? release
    for candidate in [release, name, "v\(name)"] {
      if let revision = try? repository.resolve(candidate) {
        return try repository.holds(revision, commit: commit)
      }
    }
    return nil
  }

  /// How its events are told apart: by the tree, the words and the key of the repository as it is now.
  func sorting() throws -> Sorting {
    let repository = try Repository(at: root)
    let head = try repository.head()
    let configuration = try Configuration.load(path: nil, root: repository.root ?? root)
    let paths = Set(try repository.paths(at: head).filter { $0.kind != .submodule }.map(\.path))
    let finder = OriginFinder(
      tree: paths, importRoots: (configuration.python.paths ?? []).filter { $0 != "." },
      checkout: repository.root ?? root)
    return Sorting(place: finder.placed) { event in
      let scrubbing = EventScrubbing(
        of: event, in: repository, at: [head], configuration.scrub, mayWrite: true,
        placing: finder.placed)
      return (scrubbing.event, scrubbing.identity)
    }
  }

  /// What took the secrets out of its events, with the same key and the same words.
  func scrubber() throws -> Scrubber {
    let repository = try Repository(at: root)
    let configuration = try Configuration.load(path: nil, root: repository.root ?? root)
    let key = ScrubKey { repository.ownKey(length: ScrubKey.length, isMade: false) }
    return Scrubber(
      key: key, names: configuration.scrub.names, keep: configuration.scrub.keep,
      rules: configuration.scrub.rules)
  }
}
