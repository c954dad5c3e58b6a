import Testing

@testable import Shipping

@Suite struct ShippingErrorTests {
  private static let path = "a\n\u{1b}[31m"
  private static let reading: [RepositoryError] = [
    .notAFolder(path), .notARepository(path), .noCommits(path), .unacceptableRevision("-n\n"),
    .gitUnavailable, .gitFailed(command: "ls-tree", complaint: "fatal: not a tree object"),
    .objectMissing("a.py"), .destinationNotEmpty("out"), .unwritable("a.py"),
    .tooLarge("git ls-tree", limit: 5), .tooManyFiles("1f", limit: 5), .timedOut(seconds: 300),
    .machine("read", 5),
  ]
  private static let shipping: [ShippingError] = [
    .unacceptableFailure("a/b"), .nothingToShip, .protectedPath(path, reason: "it is hidden"),
    .pathTaken("tests/test_a.py"), .parentIsNoFolder("a/b", parent: "a"),
    .missingFile("a.py"), .branchEdited("nevermore/1"), .branchCheckedOut("nevermore/1"),
    .branchMoved("nevermore/1"),
    .repository(.gitUnavailable),
  ]

  private static let patching: [PatchError] = [
    .noDiff, .empty, .tooLarge("the diff", limit: 5),
    .malformed(line: 3, reason: "the hunk has no lines"),
    .unsupported("a context diff", line: 1),
    .unsafePath(path, reason: "it is an absolute path"), .missingFile("a.py"),
    .existingFile("a.py"),
    .doesNotApply("a.py", hunk: 2, reason: "its lines are not in the file (line 8 of the patch)"),
    .doesNotApply("a.py", hunk: nil, reason: "patch does not apply"), .symbolicLink("a.py"),
    .submodule("a"), .modeChange("a.py"), .binary("a.bin"), .notUnicode("a.py"),
    .repository(.gitUnavailable),
  ]

  @Test func `every error says what happened, why, and what helps`() throws {
    let texts =
      Self.reading.map(\.description) + Self.shipping.map(\.description)
      + Self.patching.map(\.description)
    for text in texts {
      #expect(text.split(separator: "\n").count == 2 && text.contains("\nhint: "), "\(text)")
      #expect(!text.contains("\u{1b}"))
    }
    try expectShippingGolden(texts.joined(separator: "\n\n") + "\n", "errors.txt")
  }

  @Test func `refusals are what a rule forbids`() {
    let refusals = Self.shipping.filter(\.isRefusal)
    #expect(refusals.count == 5)
  }
}
