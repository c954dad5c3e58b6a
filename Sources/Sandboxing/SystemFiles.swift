import Foundation

/// The system that the program sees: this machine's programs, and as little of `/etc` as they need.
enum SystemFiles {
  static let madeUp: [(path: String, content: String)] = [
    (
      "/etc/passwd",
      "root:x:0:0:root:/nonexistent:/bin/false\nsandbox:x:65534:65534::\(Sandbox.home):/bin/sh\n"
    ),
    ("/etc/group", "root:x:0:\nsandbox:x:65534:\n"),
    ("/etc/hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n"),
    ("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
  ]

  /// What is taken from this machine's `/etc`: the linker's, the clock's, and links to programs.
  static let settings: [String] = [
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives",
    "/etc/localtime", "/etc/timezone",
  ].filter { (path: String) in access(path, F_OK) == 0 }

  /// What names are found and peers are trusted by, where there is a network.
  static let network: [String] = [
    "/etc/resolv.conf", "/etc/ssl", "/etc/ca-certificates", "/etc/pki", "/etc/pip.conf",
  ].filter { (path: String) in access(path, F_OK) == 0 }

  /// `/bin`, `/lib` and their like, each with the target of its link, or nil where it is a folder.
  static let roots: [(path: String, link: String?)] =
    ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].compactMap { path in
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
        return (path, target)
      }
      return access(path, F_OK) == 0 ? (path, nil) : nil
    }

  /// Everything of this machine that is always there, for questions about links.
  static let mounts: [Mount] =
    [Mount("/usr")] + roots.filter { $0.link == nil }.map { Mount($0.path) }
    + settings.map { Mount($0) }
}
