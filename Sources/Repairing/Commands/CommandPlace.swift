import Foundation
import Sandboxing

/// Where the sandbox finds a command's program, and what has to be shown for that: never a folder
/// of the machine that is not shown anyway, because beside a program may lie its owner's secrets.
struct CommandPlace {
  var path: String
  var mounts: [Mount] = []

  init(_ program: String, _ worktree: Worktree) throws(CommandObjection) {
    let workshop = worktree.workshop
    let sandbox = Sandbox(
      readOnly: workshop.mounts, writable: [Mount(worktree.tree, at: workshop.root)])
    guard let found = Self.search(program, workshop) else { throw .notFound(program) }
    if found.hasPrefix(workshop.root + "/") {
      let inside = String(found.dropFirst(workshop.root.count + 1))
      if Self.isProgram("\(worktree.tree)/\(inside)") {
        path = found
        return
      }
      // Not of the tree, nor of the target's environment, which lies in the checkout, too.
      guard workshop.mounts.contains(where: { found.hasPrefix($0.destination + "/") }) else {
        guard Self.isProgram(found) else { throw .notFound(program) }
        path = "/run/nevermore/" + (found as NSString).lastPathComponent
        mounts = [Mount(found, at: path)]
        return
      }
    }
    guard Self.isProgram(found) else { throw .notFound(program) }
    path = found
    if !sandbox.missing(for: found).isEmpty { mounts = [Mount(found)] }
  }

  /// A path from the root or an absolute one as it is; a name where programs lie.
  private static func search(_ program: String, _ workshop: Workshop) -> String? {
    guard !program.isEmpty, !program.utf8.contains(0) else { return nil }
    if program.hasPrefix("/") { return (program as NSString).standardizingPath }
    if program.contains("/") {
      let whole = ("\(workshop.root)/\(program)" as NSString).standardizingPath
      return whole.hasPrefix(workshop.root + "/") ? whole : nil
    }
    let own = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map(String.init).filter { $0.hasPrefix("/") }
    let folders = workshop.programs + ["/usr/local/bin", "/usr/bin", "/bin"] + own
    return folders.map { "\($0)/\(program)" }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }
}
