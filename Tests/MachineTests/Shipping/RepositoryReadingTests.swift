import Foundation
import Testing

@testable import Shipping

@Suite struct RepositoryReadingTests {
  @Test func `a folder below the root, a git folder and a linked worktree find their repository`()
    throws
  {
    let fixture = try GitFixture()
    let id = try fixture.commit(["src/shop/cart.py": "x"])
    let real = try fixture.repository.root
    #expect(real?.hasSuffix("/repository") == true)
    #expect(try Repository(at: "\(fixture.path)/src/shop").root == real)
    #expect(try Repository(at: "\(fixture.path)/.git").root == real)
    try fixture.git(["worktree", "add", "-q", "-b", "side", "\(fixture.folder)/side"])
    try fixture.commit(["later": "x"])
    let side = try Repository(at: "\(fixture.folder)/side")
    #expect(side.root?.hasSuffix("/side") == true)
    #expect(try side.head().id == id)
    #expect(try side.resolve("main") == fixture.repository.head())
  }

  @Test func `a bare repository has no root and reads as any other`() throws {
    let fixture = try GitFixture()
    let id = try fixture.commit(["a": "text"])
    try fixture.git(["clone", "-q", "--bare", fixture.path, "\(fixture.folder)/bare.git"])
    let bare = try Repository(at: "\(fixture.folder)/bare.git")
    #expect(bare.root == nil)
    #expect(try bare.head().id == id)
    #expect(try bare.contents(of: "a", at: bare.head()) == Array("text".utf8))
    let shipped = try bare.ship(shipment(base: bare.head()))
    #expect(try bare.resolve("nevermore/f-1")?.id == shipped.tip)
  }

  @Test func `what is no repository, and what has no commit, says so with a hint`() throws {
    let fixture = try GitFixture()
    #expect(throws: RepositoryError.notARepository(fixture.folder)) {
      try Repository(at: fixture.folder)
    }
    #expect(throws: RepositoryError.notAFolder("/nonexistent/x")) {
      try Repository(at: "/nonexistent/x")
    }
    #expect(throws: RepositoryError.notAFolder("a\0b")) { try Repository(at: "a\0b") }
    let empty = try fixture.repository
    #expect(try empty.resolve("main") == nil)
    let error = #expect(throws: RepositoryError.self) { try empty.head() }
    #expect(error?.description.contains("\nhint: ") == true)
    let hollow = "\(fixture.folder)/hollow"
    try FileManager.default.createDirectory(
      atPath: "\(hollow)/.git", withIntermediateDirectories: true)
    #expect(throws: RepositoryError.notARepository(hollow)) { try Repository(at: hollow) }
  }

  @Test func `a repository of another owner is read`() throws {
    let fixture = try GitFixture()
    let id = try fixture.commit(["a": "x"])
    guard getuid() == 0 else { return }
    for name in try FileManager.default.subpathsOfDirectory(atPath: fixture.folder) {
      #expect(lchown("\(fixture.folder)/\(name)", 12345, 12345) == 0)
    }
    #expect(throws: GitFixture.Failed.self) { try fixture.git(["rev-parse", "HEAD"]) }
    #expect(try fixture.repository.head().id == id)
  }

  @Test func `a repository with SHA-256 ids and a shallow clone are read and shipped to`() throws {
    let long = try GitFixture(["--object-format=sha256"])
    try long.commit(["a": "x"])
    let repository = try long.repository
    #expect(try repository.head().id.count == 64)
    #expect(try repository.resolve(String(repository.head().id.prefix(9))) == repository.head())
    try repository.export(repository.head(), to: "\(long.folder)/out")
    #expect(try repository.ship(shipment(base: repository.head())).tip.count == 64)

    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    try fixture.commit(["a": "2"])
    try fixture.git([
      "clone", "-q", "--depth", "1", "file://\(fixture.path)", "\(fixture.folder)/shallow",
    ])
    let shallow = try Repository(at: "\(fixture.folder)/shallow")
    #expect(try shallow.contents(of: "a", at: shallow.head()) == Array("2".utf8))
    #expect(try shallow.ship(shipment(base: shallow.head())).isUnchanged == false)
    #expect(try shallow.ship(shipment(base: shallow.head())).isUnchanged)
  }

  @Test func `contents are the committed bytes of a regular file and nothing else`() throws {
    let fixture = try GitFixture()
    symlink("a.bin", "\(fixture.path)/link")
    try fixture.write("dashed", to: "-x")
    try fixture.write("new line", to: "a\nb")
    try fixture.write("star", to: "st*r")
    try fixture.commit(["a.bin": "\0\r\n\u{1}", "dir/b": "x"])
    try fixture.write("changed later", to: "a.bin")
    let repository = try fixture.repository
    let head = try repository.head()
    #expect(try repository.contents(of: "a.bin", at: head) == [0, 13, 10, 1])
    #expect(try repository.contents(of: "-x", at: head) == Array("dashed".utf8))
    #expect(try repository.contents(of: "a\nb", at: head) == Array("new line".utf8))
    #expect(try repository.contents(of: "st*r", at: head) == Array("star".utf8))
    for path in [
      "link", "dir", "dir/", "missing", "../a.bin", "/etc/passwd", "", "*", ":/a.bin", "a\0b",
    ] {
      #expect(try repository.contents(of: path, at: head) == nil, "\(path)")
    }
  }

  @Test func `replaced objects and merges are read as they were committed`() throws {
    let fixture = try GitFixture()
    let first = try fixture.commit(["a": "1"])
    try fixture.git(["checkout", "-q", "-b", "side"])
    try fixture.commit(["b": "2"])
    try fixture.git(["checkout", "-q", "main"])
    try fixture.commit(["c": "3"])
    try fixture.git(["merge", "-q", "--no-edit", "side"])
    let repository = try fixture.repository
    #expect(try repository.paths(at: repository.head()).map(\.path) == ["a", "b", "c"])
    let blob = try fixture.git(["rev-parse", "HEAD:a"])
    try fixture.git(["replace", blob, try fixture.git(["rev-parse", "HEAD:b"])])
    #expect(try repository.contents(of: "a", at: Revision(id: first)) == Array("1".utf8))
  }
}
