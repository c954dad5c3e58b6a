import Foundation

extension GitRunner {
  /// The first `git` on the path; relative entries, which a repository could fill, do not count.
  static let installed: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/git" }
      .first { access($0, X_OK) == 0 }
  }()

  /// All that `git` sees of the machine.
  static func environment(program: String) -> [String: String] {
    let folder = program.split(separator: "/").dropLast().joined(separator: "/")
    return [
      "PATH": "/\(folder):/usr/local/bin:/usr/bin:/bin",
      "HOME": "/nonexistent",
      "XDG_CONFIG_HOME": "/nonexistent",
      "LC_ALL": "C",
      "TZ": "UTC",
      "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_ATTR_NOSYSTEM": "1",
      "GIT_TERMINAL_PROMPT": "0",
      "GIT_OPTIONAL_LOCKS": "0",
      "GIT_NO_REPLACE_OBJECTS": "1",
      "GIT_LITERAL_PATHSPECS": "1",
      // A partial clone fetches what it lacks through a command of its own choosing. The empty list
      // of protocols also stands against `protocol.ext.allow=always` in the repository's
      // configuration.
      "GIT_NO_LAZY_FETCH": "1",
      "GIT_ALLOW_PROTOCOL": "",
      "GIT_SSH_COMMAND": "/bin/false",
      "GIT_ASKPASS": "/bin/false",
      "GIT_EDITOR": "/bin/false",
      "GIT_PAGER": "cat",
    ]
  }

  /// Settings of the command line, which win over every file of the repository.
  static let settings: [String] =
    ["-C", "/", "--no-pager"]
    + [
      // A `git` older than 2.37 ignores this one here; the explicit GIT_DIR lets it read another
      // owner's repository.
      "safe.directory=*",
      "core.hooksPath=/dev/null",
      "core.fsmonitor=false",
      "core.untrackedCache=false",
      // A split index would leave its shared half in the repository.
      "core.splitIndex=false",
      "core.sparseCheckout=false",
      "index.sparse=false",
      "core.attributesFile=/dev/null",
      "core.excludesFile=/dev/null",
      "core.pager=cat",
      "core.editor=/bin/false",
      "core.askPass=/bin/false",
      "core.sshCommand=/bin/false",
      "core.alternateRefsCommand=/bin/false",
      "credential.helper=",
      "protocol.allow=never",
      "commit.gpgSign=false",
      "gpg.program=/bin/false",
      "log.showSignature=false",
      "gc.auto=0",
      "maintenance.auto=false",
      "i18n.commitEncoding=UTF-8",
    ].flatMap { ["-c", $0] }
}
