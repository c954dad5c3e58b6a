import Testing

@testable import Shipping

struct RevisionRangeTests {
  /// `main` and `side` part after the first commit; `main` goes on.
  private func fixture() throws -> (fixture: GitFixture, first: String, side: String, last: String)
  {
    let fixture = try GitFixture()
    let first = try fixture.commit(["a.py": "a\n", "b.py": "b\n"])
    try fixture.git(["checkout", "-q", "-b", "side"])
    let side = try fixture.commit(["b.py": "B\n"])
    try fixture.git(["checkout", "-q", "main"])
    let last = try fixture.commit(["a.py": "A\n", "c.py": "c\n"])
    return (fixture, first, side, last)
  }

  @Test func `a range has two ends, of which HEAD may be left out`() throws {
    let (fixture, first, side, last) = try fixture()
    let repository = try fixture.repository
    for (text, base, end) in [
      ("main..side", last, side), ("HEAD~1", first, last), ("side..", side, last),
      ("..side", last, side), ("HEAD^..HEAD", first, last), ("main...side", first, side),
      ("side...", first, last), (first, first, last),
    ] {
      let range = try #require(try repository.range(text), "\(text)")
      #expect(range == RevisionRange(base: Revision(id: base), end: Revision(id: end)), "\(text)")
    }
    for text in ["nowhere", "main..nowhere", "HEAD~9", "nowhere...main"] {
      #expect(try repository.range(text) == nil, "\(text)")
    }
  }

  @Test(arguments: ["--output=x", "HEAD:a.py", "HEAD^{tree}", "main..-x", "@{u}", "HEAD~1~x", "~a"])
  func `what is more than names and steps back is refused`(_ text: String) throws {
    let (fixture, _, _, _) = try fixture()
    #expect(throws: RepositoryError.self) { try fixture.repository.range(text) }
  }

  @Test func `changed are files with other contents, and not those that only moved`() throws {
    let (fixture, _, _, _) = try fixture()
    try fixture.git(["mv", "b.py", "d.py"])
    try fixture.git(["rm", "-q", "c.py"])
    try fixture.commit(["e.py": "e\n"])
    let repository = try fixture.repository
    let range = try #require(try repository.range("HEAD~2"))
    #expect(try repository.changedPaths(in: range) == ["a.py", "e.py"])
  }
}
