import Failures
import Foundation
import Testing

@testable import Shipping

@Suite struct FixShippingTests {
  private static func fixture() throws -> GitFixture {
    let fixture = try GitFixture()
    try fixture.write("#!/usr/bin/env python3\n", to: "tools/run.py")
    chmod("\(fixture.path)/tools/run.py", 0o755)
    try fixture.commit(["shop/cart.py": "broken\n", "shop/old.py": "x\n", "setup.py": "x\n"])
    return fixture
  }

  @Test func `the fix follows its test and takes the mark away`() throws {
    let fixture = try Self.fixture()
    let repository = try fixture.repository
    let base = try repository.head()
    let before = try fixture.snapshot(except: isOfShipping)
    let shipped = try repository.ship(
      shipment(base: base).fixed([
        "shop/cart.py": Array("fixed\n".utf8), "shop/old.py": nil, "tools/run.py": [],
        "shop/rates.py": Array("new\n".utf8),
      ]))
    #expect(try fixture.snapshot(except: isOfShipping) == before)
    #expect(shipped.commits.count == 2 && shipped.tip == shipped.commits[1])
    #expect(
      try fixture.git(["rev-parse", "nevermore/f-1", "nevermore/f-1^", "nevermore/f-1^^"])
        == "\(shipped.commits[1])\n\(shipped.commits[0])\n\(base.id)")
    #expect(
      try fixture.git(["diff", "--name-status", base.id, shipped.commits[0]])
        == "A\ttests/test_cart.py")
    #expect(
      try fixture.git(["diff", "--raw", "--abbrev=4", shipped.commits[0], shipped.commits[1]])
        .split(separator: "\n").map { line in
          line.split(separator: " ").prefix(2) + [line.split(separator: "\t").last ?? ""]
        } == [
          [":100644", "100644", "shop/cart.py"], [":100644", "000000", "shop/old.py"],
          [":000000", "100644", "shop/rates.py"], [":100644", "100644", "tests/test_cart.py"],
          [":100755", "100755", "tools/run.py"],
        ])
    let keys = "%(trailers:key=Verdict,valueonly)%(trailers:key=Origin,valueonly)"
    let parts = "%(trailers:key=Part,valueonly)%(trailers:key=Failure,valueonly)"
    #expect(
      try fixture.git(["log", "-1", "--format=\(keys)\(parts)", shipped.tip])
        .split(separator: "\n") == [
          "accepted (red-then-green, unchanged-elsewhere, mutation, scope, harmless, stable; "
            + "not run: suite)", "template:missing-key", "2 of 2", "f-1",
        ])
  }

  @Test func `the same two commits again are the same, and changed ones replace them`() throws {
    let fixture = try Self.fixture()
    let repository = try fixture.repository
    let base = try repository.head()
    let alone = try repository.ship(shipment(base: base))
    let both = shipment(base: base).fixed()
    let first = try repository.ship(both)
    #expect(!first.isUnchanged && first.commits.count == 2 && first.commits[0] != alone.tip)
    var later = both
    later.instant += 60
    let again = try repository.ship(later)
    #expect(again.isUnchanged && again.commits == first.commits)
    let other = try repository.ship(
      shipment(base: base).fixed(["shop/cart.py": Array("otherwise\n".utf8)]))
    #expect(!other.isUnchanged && other.commits[1] != first.commits[1])
    #expect(other.commits[0] == first.commits[0])
    let back = try repository.ship(shipment(base: base))
    #expect(back.commits == alone.commits && !back.isUnchanged)
    try fixture.commit(["a": "2"])
    let moved = try repository.ship(shipment(base: repository.head()).fixed())
    #expect(try fixture.git(["rev-parse", "nevermore/f-1~2"]) == repository.head().id)
    #expect(moved.commits.count == 2)
  }

  @Test(arguments: [
    "on top", "in between", "fix amended", "test amended", "fix dropped", "fix reverted",
    "parts swapped",
  ])
  func `whatever a person did to the two commits stays`(edit: String) throws {
    let fixture = try Self.fixture()
    let repository = try fixture.repository
    let base = try repository.head()
    let shipped = try repository.ship(shipment(base: base).fixed())
    try fixture.git(["checkout", "-q", "nevermore/f-1"])
    switch edit {
    case "on top": try fixture.commit(["b": "2"], "Mine")
    case "in between":
      try fixture.git(["checkout", "-q", "--detach", shipped.commits[0]])
      try fixture.commit(["b": "2"], "Mine")
      try Self.pickAsOurs(shipped.tip, in: fixture)
    case "fix amended": try fixture.git(["commit", "-q", "--amend", "--no-edit"])
    case "test amended":
      try fixture.git(["checkout", "-q", "--detach", shipped.commits[0]])
      try fixture.git(["commit", "-q", "--amend", "--no-edit"])
      try Self.pickAsOurs(shipped.tip, in: fixture)
    case "fix dropped": try fixture.git(["reset", "-q", "--hard", "HEAD~1"])
    case "fix reverted": try fixture.git(["revert", "--no-edit", "HEAD"])
    default:
      try fixture.git(["checkout", "-q", "--detach", "main"])
      try Self.pickAsOurs(shipped.tip, in: fixture)
    }
    try fixture.git(["checkout", "-q", "main"])
    let tip = try fixture.git(["rev-parse", "nevermore/f-1"])
    for next in [shipment(base: base), shipment(base: base).fixed()] {
      #expect(throws: ShippingError.branchEdited("nevermore/f-1")) { try repository.ship(next) }
    }
    #expect(try fixture.git(["rev-parse", "nevermore/f-1"]) == tip)
  }

  /// Puts a commit on `HEAD` with our name as its committer, as `git rebase` with a committer kept
  /// would, and leads the branch there.
  private static func pickAsOurs(_ commit: String, in fixture: GitFixture) throws {
    let tree = try fixture.git(["rev-parse", "\(commit)^{tree}"])
    let message = try fixture.git(["log", "-1", "--format=%B", commit])
    try fixture.git(["config", "user.name", "Nevermore"])
    try fixture.git(["config", "user.email", "nevermore@localhost"])
    let next = try fixture.git(["commit-tree", tree, "-p", "HEAD", "-m", message])
    try fixture.git(["branch", "-f", "nevermore/f-1", next])
  }

  @Test func `a fix stays away from what steers others`() throws {
    let fixture = try Self.fixture()
    symlink("cart.py", "\(fixture.path)/shop/link.py")
    let protected = [
      ".gitattributes", ".github/workflows/test.yml", "sub/.gitmodules", "poetry.lock",
      "web/package-lock.json", "Jenkinsfile", "uv.lock", ".hidden/x.py", "requirements.txt",
      "Package.resolved", "pnpm-lock.yaml", ".gitlab-ci.yml",
    ]
    for path in protected { try fixture.write("x\n", to: path) }
    try fixture.git(["add", "-f", "."])
    try fixture.git(["commit", "-qm", "more"])
    let repository = try fixture.repository
    let base = try repository.head()
    for path in protected + ["shop/link.py", "new.lock", "a/.github/x.yml"] {
      for bytes: [UInt8]? in [[1], nil] {
        let error = #expect(throws: ShippingError.self, "\(path)") {
          try repository.ship(shipment(base: base).fixed([path: bytes]))
        }
        switch error {
        case .protectedPath(path, _): #expect(error?.isRefusal == true)
        case .missingFile(path): #expect(bytes == nil)
        default: Issue.record("\(path): \(String(describing: error))")
        }
      }
    }
    #expect(throws: ShippingError.missingFile("gone.py")) {
      try repository.ship(shipment(base: base).fixed(["gone.py": nil]))
    }
    #expect(throws: ShippingError.pathTaken("shop/cart.py")) {
      try repository.ship(shipment(base: base, path: "shop/cart.py").fixed())
    }
    #expect(throws: ShippingError.parentIsNoFolder("shop/cart.py/x.py", parent: "shop/cart.py")) {
      try repository.ship(shipment(base: base).fixed(["shop/cart.py/x.py": [1]]))
    }
    #expect(try repository.resolve("nevermore/f-1") == nil)
  }
}
