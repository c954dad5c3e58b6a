import Foundation

/// The installed bubblewrap, and how it is told what a sandbox is.
struct Bubblewrap: Sendable {
  var path: String
  var version: [Int]

  static let installed: Bubblewrap? = {
    let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders =
      ["/usr/bin", "/usr/local/bin", "/bin"] + search.split(separator: ":").map(String.init)
    let paths = folders.filter { $0.hasPrefix("/") }.map { $0 + "/bwrap" }
    guard let path = paths.first(where: { access($0, X_OK) == 0 }) else { return nil }
    let words = try? HostProcess.run(
      executable: path, arguments: ["--version"], environment: [:], directory: "/")
    let version = String(decoding: words?.output ?? [], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).last?.split(separator: ".").compactMap { Int($0) }
    return Bubblewrap(path: path, version: version ?? [])
  }()

  private func isAtLeast(_ wanted: [Int]) -> Bool {
    !version.lexicographicallyPrecedes(wanted)
  }

  /// The options, to be read from a file: environment values never show in a process list.
  func options(
    for sandbox: Sandbox, command: Command, report: Int, files: [(path: String, descriptor: Int)]
  ) -> [String] {
    var options = [
      "--unshare-user", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL",
      "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname",
      "sandbox", "--die-with-parent", "--new-session",
      "--json-status-fd", String(report), "--clearenv",
    ]
    if !sandbox.hasNetwork { options.append("--unshare-net") }
    if isAtLeast([0, 8]) { options.append("--disable-userns") }
    for (name, value) in command.environment.sorted(by: { $0.key < $1.key }) {
      options += ["--setenv", name, value]
    }
    options += placements(sandbox).sorted { ($0.depth, $0.rank) < ($1.depth, $1.rank) }
      .flatMap(\.options)
    for file in files {
      options += ["--perms", "0644", "--file", String(file.descriptor), file.path]
    }
    // Where bubblewrap is run by root, the sandbox's user is root to the kernel's settings.
    options += ["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"]
    return options + ["--chdir", command.directory]
  }

  /// One thing to be put at one place; what lies deeper comes later, or it would be covered.
  private struct Placement {
    var depth: Int
    var rank: Int
    var options: [String]

    init(_ path: String, rank: Int, _ options: [String]) {
      depth = path.split(separator: "/").count
      self.rank = rank
      self.options = options
    }
  }

  private func placements(_ sandbox: Sandbox) -> [Placement] {
    var placements = [
      Placement("/usr", rank: 0, ["--ro-bind", "/usr", "/usr"]),
      Placement("/proc", rank: 0, ["--proc", "/proc"]),
      Placement("/dev", rank: 0, ["--dev", "/dev"]),
      Placement("/etc", rank: 0, ["--dir", "/etc"]),
      Placement("/run", rank: 0, ["--dir", "/run"]),
      Placement("/var/tmp", rank: 0, ["--dir", "/var/tmp"]),
    ]
    for path in ["/tmp", "/dev/shm", Sandbox.home] {
      let mode = path == Sandbox.home ? "0700" : "1777"
      let size = isAtLeast([0, 7]) ? ["--size", String(sandbox.temporaryBytes)] : []
      placements.append(
        Placement(path, rank: 0, ["--perms", mode] + size + ["--tmpfs", path]))
    }
    for (path, link) in SystemFiles.roots {
      let options = link.map { ["--symlink", $0, path] } ?? ["--ro-bind", path, path]
      placements.append(Placement(path, rank: 0, options))
    }
    for path in SystemFiles.settings + (sandbox.hasNetwork ? SystemFiles.network : []) {
      placements.append(Placement(path, rank: 0, ["--ro-bind", path, path]))
    }
    let given = sandbox.readOnly.map { ($0, "--ro-bind") } + sandbox.writable.map { ($0, "--bind") }
    for (offset, (mount, option)) in given.enumerated() {
      placements.append(
        Placement(
          mount.destination, rank: 1 + offset, [option, mount.source, mount.destination]))
    }
    return placements
  }
}
