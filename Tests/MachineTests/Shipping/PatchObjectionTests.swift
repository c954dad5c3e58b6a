import Failures
import Foundation
import Testing

@testable import Shipping

@Suite struct PatchObjectionTests {
  private static let base = (1...9).map { "line \($0)\n" }.joined()

  private static func hunk(_ old: String, _ new: String) -> String {
    "--- a/\(old)\n+++ b/\(new)\n@@ -1,3 +1,3 @@\n line 1\n-line 2\n+line two\n line 3\n"
  }

  private static func objection(
    to diff: String, _ limits: PatchLimits = PatchLimits()
  ) throws -> PatchError? {
    let fixture = try GitFixture()
    symlink("a.py", "\(fixture.path)/link.py")
    try fixture.write("#!/bin/sh\n", to: "run.sh")
    chmod("\(fixture.path)/run.sh", 0o755)
    let id = try fixture.commit(["a.py": base, "data.bin": "a\0b\n", "dir/b.py": base])
    try fixture.git(["update-index", "--add", "--cacheinfo", "160000,\(id),module"])
    try fixture.git(["commit", "-qm", "module"])
    let repository = try fixture.repository
    return #expect(throws: PatchError.self, "\(diff)") {
      try repository.patch(
        applying: Array(diff.utf8), at: repository.head(), origin: .person, limits: limits)
    }
  }

  @Test func `what does not apply names the file and the hunk`() throws {
    let second = "@@ -6,3 +6,3 @@\n line 6\n-line seven\n+line 7\n line 8\n"
    #expect(
      try Self.objection(to: Self.hunk("a.py", "a.py") + second)
        == .doesNotApply(
          "a.py", hunk: 2, reason: "its lines are not in the file (line 8 of the patch)"))
    #expect(
      try Self.objection(to: Self.hunk("dir/b.py", "dir/b.py") + Self.hunk("a.py", "a.py") + second)
        == .doesNotApply(
          "a.py", hunk: 2, reason: "its lines are not in the file (line 15 of the patch)"))
    #expect(try Self.objection(to: Self.hunk("c.py", "c.py")) == .missingFile("c.py"))
    let created = "--- /dev/null\n+++ b/a.py\n@@ -0,0 +1 @@\n+x\n"
    #expect(try Self.objection(to: created) == .existingFile("a.py"))
  }

  @Test func `what holds no change is empty`() throws {
    for text in ["", "no diff at all\n", "\0\0\0", "\n\n"] {
      #expect(try Self.objection(to: text) == .noDiff, "\(text)")
    }
    #expect(try Self.objection(to: "diff --git a/a.py b/a.py\n") == .empty)
    let same = Self.hunk("a.py", "a.py").replacingOccurrences(of: "two", with: "2")
    #expect(try Self.objection(to: same) == .empty)
  }

  @Test(arguments: [
    "../a.py", "/etc/passwd", ".git/config", "dir/../../x", "dir/.GIT/hooks/x", "git~1/config",
    ".g\u{200c}it/config", "dir//x", "./../x",
  ])
  func `paths stay in the tree`(path: String) throws {
    let created = "@@ -0,0 +1 @@\n+x\n"
    for diff in [
      "--- /dev/null\n+++ b/\(path)\n\(created)", "--- /dev/null\n+++ \(path)\n\(created)",
      "diff --git a/\(path) b/\(path)\nnew file mode 100644\n--- /dev/null\n+++ b/\(path)\n\(created)",
      "diff --git a/a.py b/\(path)\nrename from a.py\nrename to \(path)\n",
      "--- /dev/null\n+++ \"b/\(path)\"\n\(created)",
    ] {
      guard case .unsafePath = try Self.objection(to: diff) else {
        Issue.record("\(diff)")
        continue
      }
    }
  }

  @Test func `links, submodules, modes and binaries are refused`() throws {
    let created = "@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n"
    func header(_ path: String, _ lines: String) -> String {
      "diff --git a/\(path) b/\(path)\n\(lines)\n"
    }
    let made = "--- /dev/null\n+++ b/new\n\(created)"
    for (diff, expected): (String, PatchError) in [
      (header("new", "new file mode 120000\n\(made)"), .symbolicLink("new")),
      (header("new", "new file mode 160000\n\(made)"), .submodule("new")),
      (header("new", "new file mode 100755\n\(made)"), .modeChange("new")),
      (header("a.py", "old mode 100644\nnew mode 100755"), .modeChange("a.py")),
      (header("a.py", "old mode 100644\nnew mode 120000"), .symbolicLink("a.py")),
      (Self.hunk("link.py", "link.py"), .symbolicLink("link.py")),
      (header("link.py", "deleted file mode 120000"), .symbolicLink("link.py")),
      (Self.hunk("module", "module"), .submodule("module")),
      (Self.hunk("module/a.py", "module/a.py"), .missingFile("module/a.py")),
      (header("run.sh", "rename from run.sh\nrename to walk.sh"), .modeChange("run.sh")),
      (header("data.bin", "Binary files a/data.bin and b/data.bin differ"), .binary("data.bin")),
      (header("data.bin", "GIT binary patch\nliteral 3\nKcmZ"), .binary("data.bin")),
      (
        header(
          "data.bin",
          "deleted file mode 100644\n--- a/data.bin\n+++ /dev/null\n"
            + "@@ -1 +0,0 @@\n-a\0b"), .binary("data.bin")
      ),
      ("--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+a\0b\n", .binary("new")),
    ] {
      let objection = try Self.objection(to: diff)
      if case .modeChange = expected, diff.contains("walk") {
        #expect(objection == .modeChange("walk.sh"))
      } else {
        #expect(objection == expected, "\(diff)")
      }
    }
  }

  @Test func `sizes have limits, and other forms are named`() throws {
    var limits = PatchLimits()
    limits.bytes = 100
    #expect(
      try Self.objection(to: Self.hunk("a.py", "a.py") + String(repeating: " ", count: 100), limits)
        == .tooLarge("the diff", limit: 100))
    limits = PatchLimits()
    limits.files = 1
    #expect(
      try Self.objection(to: Self.hunk("a.py", "a.py") + Self.hunk("dir/b.py", "dir/b.py"), limits)
        == .tooLarge("the number of files", limit: 1))
    limits = PatchLimits()
    limits.bytesPerFile = 70
    let long = Self.hunk("a.py", "a.py").replacingOccurrences(
      of: "line two", with: String(repeating: "long ", count: 20))
    #expect(try Self.objection(to: long, limits) == .tooLarge("a.py", limit: 70))
    #expect(
      try Self.objection(to: "*** a.py\n--- a.py\n***************\n*** 1,3 ****\n")
        == .unsupported("a context diff", line: 1))
    #expect(
      try Self.objection(to: "diff --cc a.py\nindex 1,2..3\n")
        == .unsupported("the combined diff of a merge", line: 1))
    guard case .malformed(line: 1, _) = try Self.objection(to: "@@ -1 +1 @@\n-a\n+b\n") else {
      Issue.record("a hunk without a header has no file")
      return
    }
  }

  @Test func `random damage to a diff ends in a patch of the tree or an objection`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a.py": Self.base, "dir/b.py": Self.base])
    let repository = try fixture.repository
    let head = try repository.head()
    let whole = Array((Self.hunk("a.py", "a.py") + Self.hunk("dir/b.py", "dir/b.py")).utf8)
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    for seed in 0..<60 {
      var bytes = whole
      for _ in 0..<(seed % 4 + 1) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8(random(256))
        default: bytes.insert(bytes[place], at: place)
        }
      }
      do throws(PatchError) {
        let patch = try repository.patch(applying: bytes, at: head, origin: .person)
        for path in patch.files.keys { #expect(TreePath.isContained(path)) }
        let again = try repository.patch(
          applying: Array(patch.diff.utf8), at: head, origin: .person)
        #expect(again == patch)
      } catch {
        if case .repository(let error) = error { Issue.record("\(error) \(bytes)") }
        #expect(error.description.contains("\nhint: "))
      }
    }
  }
}
