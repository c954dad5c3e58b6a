import Failures
import Foundation
import Testing

@testable import Shipping

@Suite struct PatchApplyingTests {
  private static let base = (1...30).map { "line \($0)\n" }.joined()
  private static let changed = base.replacingOccurrences(of: "line 12\n", with: "line twelve\n")

  private static func patch(
    _ diff: String, in fixture: GitFixture, _ limits: PatchLimits = PatchLimits()
  ) throws -> Patch {
    let repository = try fixture.repository
    return try repository.patch(
      applying: Array(diff.utf8), at: repository.head(), origin: .person, limits: limits)
  }

  private static func text(_ patch: Patch, _ path: String) -> String? {
    patch.files[path].flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A repository with `src/a.py`, and what `git diff` says when it is changed.
  private static func diffed(_ options: [String] = []) throws -> (GitFixture, String) {
    let fixture = try GitFixture()
    try fixture.commit(["src/a.py": base, "b.py": "one\ntwo\nthree\n"])
    try fixture.write(changed, to: "src/a.py")
    let diff = try fixture.git(["diff"] + options) + "\n"
    try fixture.git(["checkout", "-q", "."])
    return (fixture, diff)
  }

  @Test(arguments: [
    [], ["-U0"], ["-U1"], ["-U20"], ["--no-prefix"], ["--src-prefix=i/", "--dst-prefix=w/"],
    ["--full-index"], ["--src-prefix=before/", "--dst-prefix=after/"],
  ])
  func `one change has one normal form, however it was shown`(options: [String]) throws {
    let (fixture, diff) = try Self.diffed(options)
    guard options != ["-U0"] else {
      let error = #expect(throws: PatchError.self) { try Self.patch(diff, in: fixture) }
      #expect(error?.description.contains("no lines of context") == true)
      return
    }
    let patch = try Self.patch(diff, in: fixture)
    #expect(Self.text(patch, "src/a.py") == Self.changed)
    #expect(patch.files.count == 1 && patch.origin == .person)
    #expect(patch.diff.hasPrefix("diff --git a/src/a.py b/src/a.py\nindex "))
    #expect(patch.diff.contains("\n@@ -9,7 +9,7 @@"))
    #expect(try Self.patch(patch.diff, in: fixture) == patch)
    try fixture.git(["apply"], input: Array(patch.diff.utf8))
    #expect(try String(contentsOfFile: "\(fixture.path)/src/a.py", encoding: .utf8) == Self.changed)
  }

  @Test func `mails, plain diffs and words before them are patches`() throws {
    let (fixture, diff) = try Self.diffed()
    let hunk = "@@ " + diff.components(separatedBy: "@@ ").dropFirst().joined(separator: "@@ ")
    try fixture.write(Self.changed, to: "src/a.py")
    try fixture.git(["commit", "-qam", "Mend it\n\n--- not a header\n-- \nbut text"])
    let mail = try fixture.git(["format-patch", "-1", "--stdout"]) + "\n"
    try fixture.git(["reset", "-q", "--hard", "HEAD~1"])
    let forms = [
      diff, mail, "Here is the fix:\n\n```diff\n\(diff)```\nIt works.\n",
      "--- src/a.py.orig\t2026-01-01 10:00:00 +0000\n+++ src/a.py\t2026-01-02 10:00:00\n\(hunk)",
      "--- src/a.py\n+++ src/a.py\n\(hunk)", "--- old/src/a.py\n+++ new/src/a.py\n\(hunk)",
      "Index: src/a.py\n=======\n--- src/a.py\t(revision 3)\n+++ src/a.py\t(working copy)\n\(hunk)",
      diff.replacingOccurrences(of: "\n", with: "\r\n"),
      diff.replacingOccurrences(of: "-9,7 +9,7", with: "-9,4 +9,11"),
      diff.replacingOccurrences(of: "-9,7 +9,7", with: "-2,7 +2,7"), diff + "\n\n",
    ]
    for form in forms {
      let patch = try Self.patch(form, in: fixture)
      #expect(Self.text(patch, "src/a.py") == Self.changed, "\(form)")
    }
  }

  @Test func `files with carriage returns and without a last line's end keep what they have`()
    throws
  {
    let returns = Self.base.replacingOccurrences(of: "\n", with: "\r\n")
    let (whole, ended) = (Self.base, String(Self.base.dropLast()))
    let open = String(returns.dropLast())
    let pairs: [(String, String)] = [
      (returns, returns.replacingOccurrences(of: "line 12\r", with: "twelve\r")),
      (open, "\(open)!"), (ended, "\(ended)!"), (ended, whole), (whole, ended),
      ("a\r\nb\nc\r\nd\n", "a\r\nB\nc\r\nd\n"), ("", "first\n"), ("only\n", ""),
    ]
    for (before, after) in pairs {
      let fixture = try GitFixture()
      try fixture.git(["config", "core.autocrlf", "false"])
      try fixture.commit(["a.py": before, "b": "x"])
      try fixture.write(after, to: "a.py")
      let diff = try fixture.git(["diff", "--output=\(fixture.folder)/diff"])
      #expect(diff.isEmpty)
      let bytes = try Array(Foundation.Data(contentsOf: URL(filePath: "\(fixture.folder)/diff")))
      let repository = try fixture.repository
      let head = try repository.head()
      let patch = try repository.patch(applying: bytes, at: head, origin: .person)
      #expect(Self.text(patch, "a.py") == after)
      #expect(
        try repository.patch(writing: ["a.py": Array(after.utf8)], at: head, origin: .person)
          == patch)
    }
    let fixture = try GitFixture()
    try fixture.commit(["src/a.py": returns])
    let (_, plain) = try Self.diffed()
    #expect(
      try Self.text(Self.patch(plain, in: fixture), "src/a.py")
        == returns.replacingOccurrences(of: "line 12\r", with: "line twelve\r"))
  }

  @Test func `files are added, removed and renamed, whatever their names`() throws {
    let fixture = try GitFixture()
    let names = ["a b.py", "tab\there.py", "quo\"te.py", "é.py", "back\\slash.py", "-dash.py"]
    for name in names { try fixture.write(Self.base, to: name) }
    try fixture.commit(["gone.py": "x\n", "empty.py": "", "moved.py": Self.base])
    for name in names { try fixture.write(Self.changed, to: name) }
    try fixture.git(["rm", "-q", "gone.py", "empty.py"])
    try fixture.git(["mv", "moved.py", "place.py"])
    try fixture.write(Self.changed, to: "place.py")
    try fixture.write("new\n", to: "new/file.py")
    try fixture.write("", to: "new/empty.py")
    try fixture.git(["add", "-A"])
    for options in [["-M"], ["--no-renames"], ["-M", "-D"], ["-M", "--no-prefix"]] {
      let diff = try fixture.git(["diff", "--cached"] + options) + "\n"
      guard options.last != "-D" else {
        // `-D` leaves out what was removed, so that such a diff cannot be applied.
        #expect(throws: PatchError.self) { try Self.patch(diff, in: fixture) }
        continue
      }
      let patch = try Self.patch(diff, in: fixture)
      for name in names { #expect(Self.text(patch, name) == Self.changed, "\(name)") }
      #expect(Self.text(patch, "place.py") == Self.changed)
      #expect(Self.text(patch, "new/file.py") == "new\n")
      #expect(Self.text(patch, "new/empty.py") == "")
      for name in ["gone.py", "empty.py", "moved.py"] {
        #expect(patch.files[name] == .some(nil), "\(name)")
      }
      #expect(patch.files.count == names.count + 6)
      #expect(!patch.diff.contains("rename"))
      #expect(try Self.patch(patch.diff, in: fixture) == patch)
    }
  }

  @Test func `nothing but the given text is written, and nothing of the repository runs`() throws {
    let (fixture, diff) = try Self.diffed()
    try fixture.write("*.py diff=trap filter=trap text eol=crlf\n", to: ".git/info/attributes")
    for key in ["diff.trap.textconv", "diff.trap.command", "filter.trap.clean", "diff.external"] {
      try fixture.git(["config", key, "touch \(fixture.folder)/ran; cat"])
    }
    try fixture.git(["config", "apply.whitespace", "fix"])
    try fixture.git(["config", "diff.noprefix", "true"])
    let before = try fixture.snapshot()
    let patch = try Self.patch(diff, in: fixture)
    #expect(Self.text(patch, "src/a.py") == Self.changed)
    #expect(patch.diff.hasPrefix("diff --git a/src/a.py b/src/a.py\n"))
    #expect(try fixture.snapshot() == before)
    #expect(!FileManager.default.fileExists(atPath: "\(fixture.folder)/ran"))
  }

  @Test func `bare repositories, worktrees and SHA-256 are patched alike`() throws {
    let (fixture, diff) = try Self.diffed()
    try fixture.git(["clone", "-q", "--bare", fixture.path, "\(fixture.folder)/b:a\"re.git"])
    try fixture.git(["worktree", "add", "-q", "\(fixture.folder)/side"])
    for path in ["b:a\"re.git", "side"] {
      let repository = try Repository(at: "\(fixture.folder)/\(path)")
      let patch = try repository.patch(
        applying: Array(diff.utf8), at: repository.head(), origin: .template("x"))
      #expect(try patch.diff == Self.patch(diff, in: fixture).diff)
    }
    let long = try GitFixture(["--object-format=sha256"])
    try long.commit(["src/a.py": Self.base, "b": "x"])
    #expect(try Self.text(Self.patch(diff, in: long), "src/a.py") == Self.changed)
    let repository = try long.repository
    let removal = try repository.patch(writing: ["b": nil], at: repository.head(), origin: .person)
    #expect(removal.files == ["b": nil])
  }
}
