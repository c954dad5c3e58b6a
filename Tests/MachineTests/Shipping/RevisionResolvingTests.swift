import Testing

@testable import Shipping

@Suite struct RevisionResolvingTests {
  @Test func `a release is found by tag, version, or commit id`() throws {
    let fixture = try GitFixture()
    let one = try fixture.commit(["a": "1"])
    try fixture.git(["tag", "v1.2"])
    let two = try fixture.commit(["a": "2"])
    try fixture.git(["tag", "-a", "-m", "two", "shop/v1.3"])
    try fixture.git(["tag", "1.3"], at: fixture.path)
    let three = try fixture.commit(["a": "3"])
    try fixture.git(["tag", "shop@1.4"])
    try fixture.git(["branch", "release/2", one])
    try fixture.git(["tag", "1234567", three])
    let repository = try fixture.repository
    let expected: [(String, String?)] = [
      ("v1.2", one), ("1.2", one), ("shop@1.2", one), ("shop@1.3", two), ("other@1.3", two),
      ("shop@1.4", three), ("HEAD", three), ("main", three), ("release/2", one), (one, one),
      (String(one.prefix(7)), one), ("shop@\(two)", two), ("1.0.0+\(two.prefix(8))", two),
      ("v1.2-1-g\(two.prefix(8))", two), (one.uppercased(), one), ("refs/tags/v1.2", one),
      ("1234567", three), (String(one.prefix(6)), nil), ("shop@9.9", nil), ("config", nil),
      ("shop@", nil), ("@", nil), ("FETCH_HEAD", nil), ("0000000", nil),
    ]
    for (name, id) in expected {
      #expect(try repository.resolve(name)?.id == id, "\(name)")
    }
  }

  @Test func `a name that could be an option, a range, a path or a walk is refused`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "1"])
    let repository = try fixture.repository
    for name in [
      "", "-n", "--all", "a..b", "main@{1}", "@{-1}", "HEAD:a", "HEAD^", "main~1", "a b", "a\nb",
      "a\0b", "\u{1b}[31m", ":/change", "^main", "a*", "[x]", "a\\b", "a\u{85}b",
      String(repeating: "a", count: 251),
    ] {
      #expect(throws: RepositoryError.unacceptableRevision(name), "\(name)") {
        try repository.resolve(name)
      }
    }
  }

  @Test func `a tag wins over a branch, and a tag of no commit is no revision`() throws {
    let fixture = try GitFixture()
    let one = try fixture.commit(["a": "1"])
    let two = try fixture.commit(["a": "2"])
    try fixture.git(["tag", "same", one])
    try fixture.git(["branch", "same", two])
    try fixture.git(["tag", "text", try fixture.git(["rev-parse", "HEAD:a"])])
    let repository = try fixture.repository
    #expect(try repository.resolve("same")?.id == one)
    #expect(try repository.resolve("text") == nil)
  }
}
