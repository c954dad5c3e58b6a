import Foundation

extension GitFixture {
  /// The file that any program of the repository's choosing writes to.
  var marker: String { "\(folder)/marker" }

  var sprung: [String] {
    let text = FileManager.default.contents(atPath: marker).map {
      String(decoding: $0, as: UTF8.self)
    }
    return text?.split(separator: "\n").map(String.init) ?? []
  }

  func forgetSprung() { try? FileManager.default.removeItem(atPath: marker) }

  /// A program that writes its name to the marker, then passes its input on, or ends where it would
  /// wait for more.
  private func trap(_ name: String, end: String = "exec cat") throws -> String {
    let file = "\(folder)/traps/\(name)"
    try FileManager.default.createDirectory(
      atPath: "\(folder)/traps", withIntermediateDirectories: true)
    let script = "#!/bin/sh\necho \(name) >> \(marker)\n\(end)\n"
    try Foundation.Data(script.utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    return file
  }

  /// Sets every way in which a repository can name a program: hooks of every name in both places,
  /// and settings.
  func layTraps() throws {
    for hook in Self.hooks {
      for place in [".git/hooks", ".git/other-hooks"] {
        try FileManager.default.createDirectory(
          atPath: "\(path)/\(place)", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          atPath: try trap("hook-\(hook)"), toPath: "\(path)/\(place)/\(hook)")
      }
    }
    try Foundation.Data(
      "* filter=x diff=x merge=x text eol=crlf ident working-tree-encoding=UTF-16\n".utf8
    )
    .write(to: URL(fileURLWithPath: "\(path)/.git/info/attributes"))
    var settings = "[include]\n\tpath = included\n"
    for (section, key) in Self.programs {
      settings +=
        "[\(section)]\n\t\(key) = \(try trap("\(section)-\(key)".filter { $0.isLetter }))\n"
    }
    settings += """
      [core]
      \thooksPath = \(path)/.git/other-hooks
      \tuntrackedCache = true
      \tsplitIndex = true
      \tlogAllRefUpdates = always
      [commit]
      \tgpgSign = true
      [log]
      \tshowSignature = true
      [filter "x"]
      \trequired = true
      [gc]
      \tauto = 1
      \tautoDetach = false
      [protocol "ext"]
      \tallow = always
      [protocol]
      \tallow = always
      [alias]
      \tcat-file = !\(try trap("alias"))
      \tship = !\(try trap("alias"))
      [remote "origin"]
      \turl = ext::\(try trap("remote", end: "exit 1"))
      \tpromisor = true
      \tpartialclonefilter = blob:none
      """
    let file = "\(path)/.git/config"
    let old = String(decoding: FileManager.default.contents(atPath: file) ?? .init(), as: UTF8.self)
    try Foundation.Data("\(old)\(settings)\n".utf8).write(to: URL(fileURLWithPath: file))
    try Foundation.Data("[core]\n\teditor = \(try trap("included"))\n".utf8)
      .write(to: URL(fileURLWithPath: "\(path)/.git/included"))
  }

  private static let programs = [
    ("core", "fsmonitor"), ("core", "pager"), ("core", "editor"), ("core", "sshCommand"),
    ("core", "askPass"), ("core", "gitProxy"), ("core", "alternateRefsCommand"),
    ("diff", "external"), ("diff \"x\"", "command"), ("diff \"x\"", "textconv"),
    ("filter \"x\"", "clean"), ("filter \"x\"", "smudge"), ("merge \"x\"", "driver"),
    ("gpg", "program"), ("gpg \"ssh\"", "program"), ("gpg \"ssh\"", "defaultKeyCommand"),
    ("credential", "helper"), ("sequence", "editor"), ("interactive", "diffFilter"),
    ("trailer \"Failure\"", "command"), ("trailer \"Failure\"", "cmd"),
    ("uploadpack", "packObjectsHook"), ("pager", "cat-file"), ("browser \"x\"", "cmd"),
  ]

  private static let hooks = [
    "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit",
    "prepare-commit-msg", "commit-msg", "post-commit", "pre-rebase", "post-checkout",
    "post-merge", "pre-push", "pre-receive", "update", "proc-receive", "post-receive",
    "post-update", "reference-transaction", "push-to-checkout", "pre-auto-gc", "post-rewrite",
    "sendemail-validate", "fsmonitor-watchman", "post-index-change",
  ]
}
