import Foundation
import Synchronization

/// Where control groups for runs can be made: below this process's own, so that a limit which
/// holds for this process holds for them.
struct ControlGroupParent: Sendable, Equatable {
  var memory: String?
  var processes: String?
  var version: Int

  /// Found out once: version 1 first, because where both are mounted it has the controllers.
  static let usable: ControlGroupParent? = {
    let mounts = ProcessFiles.text("/proc/self/mounts")
    let membership = ProcessFiles.text("/proc/self/cgroup")
    let parents =
      first(mounts: mounts, membership: membership)
      + second(mounts: mounts, membership: membership)
    for parent in parents {
      parent.removeLeftovers()
      if parent.works { return parent }
    }
    return nil
  }()

  /// The folders of version 1: both controllers, or one where the other is forbidden.
  static func first(mounts: String, membership: String) -> [ControlGroupParent] {
    let memory = folder("memory", mounts: mounts, membership: membership)
    let processes = folder("pids", mounts: mounts, membership: membership)
    let choices: [(memory: String?, processes: String?)] = [
      (memory, processes), (memory, nil), (nil, processes),
    ]
    return choices.filter { $0.memory != nil || $0.processes != nil }.map {
      ControlGroupParent(memory: $0.memory, processes: $0.processes, version: 1)
    }
  }

  /// The own group of a controller of version 1.
  private static func folder(
    _ controller: Substring, mounts: String, membership: String
  ) -> String? {
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 3, words[2] == "cgroup",
        words[3].split(separator: ",").contains(controller)
      else { continue }
      for group in membership.split(separator: "\n") {
        let parts = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, parts[1].split(separator: ",").contains(controller) {
          return join(words[1], parts[2])
        }
      }
    }
    return nil
  }

  /// The own group of version 2, then the one above it: a group with processes cannot hand its
  /// controllers down, but below a delegated one there is room, where the own group has no limit.
  static func second(mounts: String, membership: String) -> [ControlGroupParent] {
    let mount = mounts.split(separator: "\n").map { $0.split(separator: " ") }
      .first { $0.count > 2 && $0[2] == "cgroup2" }
    let own = membership.split(separator: "\n").first { $0.hasPrefix("0::") }?.dropFirst(3)
    guard let mount, let own else { return [] }
    let folder = join(mount[1], own)
    var folders = [folder]
    let isLimited = ["memory.max", "pids.max"].contains { name in
      let limit = ProcessFiles.text("\(folder)/\(name)").filter { $0 != "\n" }
      return limit != "" && limit != "max"
    }
    if !isLimited, own != "/" { folders.append((folder as NSString).deletingLastPathComponent) }
    return folders.map { ControlGroupParent(memory: $0, processes: $0, version: 2) }
  }

  /// Inside a container the path may be the one outside, and the mount already the own group.
  private static func join(_ mount: Substring, _ own: Substring) -> String {
    let whole = String(own == "/" ? mount : mount + own)
    return access(whole, F_OK) == 0 ? whole : String(mount)
  }

  private static let counter = Mutex(0)
  private static let prefix = "nevermore-"

  func child(limits: Limits) -> ControlGroup? {
    let number = ControlGroupParent.counter.withLock { count in
      count += 1
      return count
    }
    let name = "\(ControlGroupParent.prefix)\(getpid())-\(number)"
    let group = ControlGroup(
      memory: memory.map { "\($0)/\(name)" }, processes: processes.map { "\($0)/\(name)" },
      version: version)
    for folder in Set([group.memory, group.processes].compactMap { $0 }) {
      if mkdir(folder, 0o755) != 0, errno != EEXIST {
        group.remove()
        return nil
      }
    }
    guard group.apply(limits) else {
      group.remove()
      return nil
    }
    return group
  }

  /// Whether a process can really be put into a group made here.
  private var works: Bool {
    guard let group = child(limits: Limits()) else { return false }
    defer { group.remove() }
    let arguments = group.joining + ["/bin/sh", "-c", "exit 0"]
    let trial = try? HostProcess.run(
      executable: arguments[0], arguments: Array(arguments.dropFirst()), environment: [:],
      directory: "/")
    return trial?.succeeded == true
  }

  /// Groups of runs whose process was killed before it could remove them.
  func removeLeftovers() {
    for folder in Set([memory, processes].compactMap { $0 }) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where name.hasPrefix(ControlGroupParent.prefix) {
        let parts = name.split(separator: "-")
        guard parts.count == 3, let owner = pid_t(parts[1]) else { continue }
        if kill(owner, 0) != 0, errno == ESRCH { rmdir("\(folder)/\(name)") }
      }
    }
  }
}
