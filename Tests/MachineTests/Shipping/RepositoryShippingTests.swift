import Foundation
import Testing

@testable import Shipping

@Suite struct RepositoryShippingTests {
  @Test func `a checkout with staged, unstaged and stashed work is untouched to the byte`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1", "b": "1", ".gitattributes": "* text eol=crlf\n"])
    try fixture.write("stashed", to: "a")
    try fixture.git(["stash", "-q"])
    try fixture.write("staged", to: "a")
    try fixture.git(["add", "a"])
    try fixture.write("unstaged", to: "b")
    try fixture.write("new", to: "untracked")
    let before = try fixture.snapshot(except: isOfShipping)
    let refs = try fixture.git(["for-each-ref"])
    let repository = try fixture.repository
    let shipped = try repository.ship(shipment(base: repository.head(), text: "crlf\r\n"))
    #expect(try fixture.snapshot(except: isOfShipping) == before)
    let branch = "\(shipped.tip) commit\trefs/heads/nevermore/f-1"
    let after = try fixture.git(["for-each-ref"]).split(separator: "\n")
    #expect(after.filter { $0 != branch }.joined(separator: "\n") == refs)
    #expect(after.contains { $0 == branch })
    #expect(
      try repository.contents(of: "tests/test_cart.py", at: Revision(id: shipped.tip))
        == Array("crlf\r\n".utf8))
    #expect(
      try fixture.git(["diff", "--name-status", "HEAD", shipped.tip]) == "A\ttests/test_cart.py")
  }

  @Test func `the author is the configured person, the committer is ours, the trailers are git's`()
    throws
  {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    let one = try repository.ship(shipment(base: base)).tip
    let format = "%an <%ae>|%cn <%ce>|%at|%(trailers:key=Failure,valueonly,separator=%x2C)|%G?"
    #expect(
      try fixture.git(["log", "-1", "--format=\(format)", one])
        == "Ada <ada@example.com>|Nevermore <nevermore@localhost>|1700000000|f-1|N")
    for (name, email) in [
      ("A\u{1b}[31m", "a@b"), ("<x>", "a@b"), ("Ada", "no address"), ("…", "a@b"),
    ] {
      try fixture.git(["config", "user.name", name])
      try fixture.git(["config", "user.email", email])
      let next = try repository.ship(shipment(base: base, text: "\(name) \(email)\n")).tip
      #expect(
        try fixture.git(["log", "-1", "--format=%an <%ae>", next])
          == "Nevermore <nevermore@localhost>")
    }
  }

  @Test func `the same shipment again is the same commit, a changed one replaces it`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    let one = try repository.ship(shipment(base: base))
    var later = shipment(base: base)
    later.instant += 3600
    let again = try repository.ship(later)
    #expect(again.tip == one.tip && again.isUnchanged && !one.isUnchanged)
    let changed = try repository.ship(shipment(base: base, text: "other\n"))
    #expect(changed.tip != one.tip)
    try fixture.commit(["a": "2"])
    let moved = try repository.ship(shipment(base: repository.head(), text: "other\n"))
    #expect(
      try fixture.git(["rev-parse", "nevermore/f-1", "nevermore/f-1^"])
        == "\(moved.tip)\n\(try repository.head().id)")
    #expect(try fixture.git(["reflog", "nevermore/f-1"]).split(separator: "\n").count == 3)
  }

  @Test(arguments: ["commit", "amend", "merge", "reset", "link"])
  func `a branch that a person touched stays as it is`(edit: String) throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    _ = try repository.ship(shipment(base: base))
    try fixture.git(["branch", "other"])
    try fixture.git(["checkout", "-q", "nevermore/f-1"])
    switch edit {
    case "commit": try fixture.commit(["b": "2"], "Mine\n\nFailure: f-1")
    case "amend": try fixture.git(["commit", "-q", "--amend", "--no-edit"])
    case "merge":
      try fixture.git(["checkout", "-q", "other"])
      try fixture.commit(["c": "3"])
      try fixture.git(["checkout", "-q", "nevermore/f-1"])
      try fixture.git(["merge", "-q", "-m", "merge", "other"])
    case "reset": try fixture.git(["reset", "-q", "--hard", "main"])
    default:
      try fixture.git(["checkout", "-q", "other"])
      try fixture.git(["symbolic-ref", "refs/heads/nevermore/f-1", "refs/heads/main"])
    }
    try fixture.git(["checkout", "-q", "main"])
    let before = try fixture.snapshot { $0.hasPrefix(".git/objects/") }
    let error = #expect(throws: ShippingError.branchEdited("nevermore/f-1")) {
      try repository.ship(shipment(base: base, text: "changed\n"))
    }
    #expect(error?.isRefusal == true)
    #expect(try fixture.snapshot { $0.hasPrefix(".git/objects/") } == before)
  }

  @Test func `a branch that is checked out somewhere does not move`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    _ = try repository.ship(shipment(base: base))
    try fixture.git(["worktree", "add", "-q", "\(fixture.folder)/side", "nevermore/f-1"])
    #expect(try repository.ship(shipment(base: base)).isUnchanged)
    #expect(throws: ShippingError.branchCheckedOut("nevermore/f-1")) {
      try repository.ship(shipment(base: base, text: "changed\n"))
    }
  }

  @Test func `two failures shipped at once do not mix`() async throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    try await withThrowingTaskGroup(of: (Int, ShippedBranch).self) { group in
      for number in 0..<6 {
        group.addTask {
          let one = shipment(
            base: base, failure: "f-\(number)", path: "tests/test_\(number).py", text: "\(number)")
          return (number, try repository.ship(one))
        }
      }
      for try await (number, shipped) in group {
        let names = try repository.paths(at: Revision(id: shipped.tip)).map(\.path)
        #expect(names == ["a", "tests/test_\(number).py"])
        #expect(try repository.resolve("nevermore/f-\(number)")?.id == shipped.tip)
      }
    }
  }

  @Test func `of two writers of one branch only one wins, and the other is told`() async throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    let results = await withTaskGroup(of: Result<ShippedBranch, ShippingError>.self) { group in
      for number in 0..<4 {
        group.addTask {
          Result { () throws(ShippingError) in
            try repository.ship(shipment(base: base, text: "\(number)"))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let tip = try repository.resolve("nevermore/f-1")?.id
    #expect(results.contains { (try? $0.get().tip) == tip })
    for case .failure(let error) in results { #expect(error == .branchMoved("nevermore/f-1")) }
  }

  @Test func `a branch that moved since it was seen is not written`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let one = shipment(base: try repository.head())
    let first = try repository.ship(one).tip
    let base = one.base.id
    for stale in [nil, base] {
      #expect(throws: ShippingError.branchMoved("nevermore/f-1")) {
        try repository.move(one, from: stale, to: base)
      }
    }
    #expect(try repository.resolve("nevermore/f-1")?.id == first)
  }

  @Test func `what is at the base is never overwritten`() throws {
    let fixture = try GitFixture()
    symlink("/etc", "\(fixture.path)/linked")
    try fixture.commit(["tests/Test_A.py": "1", "pkg/é.py": "1", "file": "1"])
    try fixture.git([
      "update-index", "--add", "--cacheinfo",
      "160000,\(try fixture.git(["rev-parse", "HEAD"])),sub",
    ])
    try fixture.git(["commit", "-q", "-m", "submodule"])
    let repository = try fixture.repository
    let base = try repository.head()
    for path in [
      "tests/Test_A.py", "tests/test_a.py", "tests", "TESTS", "linked", "pkg/e\u{301}.py",
    ] {
      #expect(throws: ShippingError.pathTaken(path), "\(path)") {
        try repository.ship(shipment(base: base, path: path))
      }
    }
    for (path, parent) in [
      ("linked/x.py", "linked"), ("file/x.py", "file"), ("sub/x.py", "sub"),
      ("Linked/a/x.py", "Linked"),
    ] {
      #expect(throws: ShippingError.parentIsNoFolder(path, parent: parent), "\(path)") {
        try repository.ship(shipment(base: base, path: path))
      }
    }
    var pair = shipment(base: base, path: "new/x")
    pair.steps[0].files["new/x/y"] = [1]
    #expect(throws: ShippingError.self) { try repository.ship(pair) }
    #expect(try repository.resolve("nevermore/f-1") == nil)
  }

  @Test func `protected and odd paths and ids are refused before git is asked`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    let base = try repository.head()
    for path in [
      ".github/workflows/x.yml", ".gitattributes", "a/.gitmodules", ".git/config", ".GIT/x",
      "a/git~1/x", "/etc/x", "../x", "a/../x", "a//x", "a/", "", "./x", "-x", "a/-x.py", "a\nb",
      "a\0b", "a\\b", "c:x", "x.", "x ", " x", "\u{200c}.git/x", ".g\u{200c}it/x", "a\u{202e}b",
      ".hidden/x", "git~2",
    ] {
      let error = #expect(throws: ShippingError.self, "\(path)") {
        try repository.ship(shipment(base: base, path: path))
      }
      guard case .protectedPath = error else {
        Issue.record("\(path): \(String(describing: error))")
        continue
      }
    }
    for failure in [
      "", "a/b", "..", "-x", "a.lock", "a b", "é", "a\n", String(repeating: "a", count: 81),
    ] {
      #expect(throws: ShippingError.unacceptableFailure(failure)) {
        try repository.ship(shipment(base: base, failure: failure))
      }
    }
  }

  @Test func `a branch named nevermore is said to be in the way`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    try fixture.git(["branch", "nevermore"])
    let repository = try fixture.repository
    #expect(throws: ShippingError.branchMoved("nevermore/f-1")) {
      try repository.ship(shipment(base: repository.head()))
    }
  }
}
