import Foundation
import Testing

@testable import Shipping

@Suite struct RepositoryExportTests {
  private func export(
    _ fixture: GitFixture, _ id: String? = nil
  ) throws -> (report: ExportReport, files: [String: String]) {
    let repository = try fixture.repository
    let revision = try id.map { Revision(id: $0) } ?? repository.head()
    let out = "\(fixture.folder)/out-\(UUID().uuidString)"
    let report = try repository.export(revision, to: out)
    return (report, try contents(of: out))
  }

  /// Text of files, targets of links, with the executable ones marked.
  private func contents(of folder: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var status = stat()
      try #require(lstat("\(folder)/\(name)", &status) == 0)
      switch status.st_mode & S_IFMT {
      case S_IFDIR: continue
      case S_IFLNK:
        files[name] =
          "→" + (try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)"))
      default:
        let text = String(
          decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? .init(),
          as: UTF8.self)
        files[name] = (status.st_mode & 0o111 == 0 ? "" : "x:") + text
      }
    }
    return files
  }

  @Test func `a tree comes out with its modes and links, whatever the names are`() throws {
    let fixture = try GitFixture()
    let names = [
      "plain.py", "a b/c d.py", "new\nline.py", "quote\"'.py", "-dash.py", "ünï/cødé☃.py",
      "tab\there", "back\\slash", "$(touch x)", "deep/er/est/file", ".github/workflows/ci.yml",
      "e\u{301}.txt", "\u{e9}.txt",
    ]
    for name in names { try fixture.write("content of \(name)", to: name) }
    try fixture.write("#!/bin/sh\n", to: "run.sh")
    chmod("\(fixture.path)/run.sh", 0o755)
    symlink("plain.py", "\(fixture.path)/link.py")
    symlink("../plain.py", "\(fixture.path)/deep/up.py")
    try fixture.commit(["empty": ""])
    let (report, files) = try export(fixture)
    var expected = [
      "run.sh": "x:#!/bin/sh\n", "link.py": "→plain.py", "deep/up.py": "→../plain.py", "empty": "",
    ]
    for name in names { expected[name] = "content of \(name)" }
    #expect(files == expected)
    #expect(report.omitted == [])
    #expect(report.files == names.count + 2 && report.links == 2)
    // Two spellings of one letter are two files, though Swift's strings hold them to be equal.
    let out = "\(fixture.folder)/spelled"
    try fixture.repository.export(try fixture.repository.head(), to: out)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: out).count { $0.hasSuffix(".txt") } == 2)
  }

  @Test func `line ends, filters and attributes change nothing`() throws {
    let fixture = try GitFixture()
    let text = "$Id$\r\nline\n"
    try fixture.write(text, to: "a.txt")
    try fixture.commit([:])
    try fixture.write(
      "* text eol=crlf ident export-subst\na.txt export-ignore\n", to: ".gitattributes")
    try fixture.git(["add", ".gitattributes"])
    try fixture.git(["commit", "-q", "-m", "attributes"])
    let (_, files) = try export(fixture)
    #expect(files["a.txt"] == text)
  }

  @Test func `a hostile tree writes nothing outside its folder and nothing into a git folder`()
    throws
  {
    let fixture = try GitFixture()
    let evil = try fixture.tree([("100644", "config", "evil")])
    let commit = try fixture.commitTree([
      ("100644", "..", "evil"), ("40000", "..", evil), ("40000", ".git", evil),
      ("40000", ".GIT", evil), ("40000", ".g\u{200c}it", evil), ("40000", "git~1", evil),
      ("40000", ".git ", evil), ("40000", ".git.", evil),
      ("40000", ".git::$INDEX_ALLOCATION", evil),
      ("100644", ".", "evil"), ("100644", "..\\evil", "evil"), ("100644", "/evil", "evil"),
      ("120000", "a", ".."), ("40000", "a", try fixture.tree([("100644", "outside", "evil")])),
      ("120000", "b", "/etc"), ("120000", "c", "../../etc/passwd"), ("120000", "d", "b/passwd"),
      ("100644", "good", "fine"), ("100644", "good", "twice"),
      ("160000", "sub", String(repeating: "1", count: 40)),
      ("40000", "deep", try fixture.tree([("120000", "up", ".."), ("120000", "out", "up/../..")])),
      ("120000", "loop", "loop"),
      ("120000", "empty", ""),
    ])
    let before = try fixture.snapshot(of: fixture.folder) { $0.hasPrefix("out") }
    let (report, files) = try export(fixture, commit)
    #expect(files == ["good": "fine", "a/outside": "evil", "deep/up": "→.."])
    #expect(try fixture.snapshot(of: fixture.folder) { $0.hasPrefix("out") } == before)
    let reasons = Dictionary(grouping: report.omitted, by: \.reason).mapValues { $0.count }
    #expect(reasons[.submodule] == 1)
    #expect(reasons[.unsafePath] == 12)
    #expect(report.omitted.count == 12 + 1 + 8)
  }

  @Test func `a name that is no Unicode is left out and reported`() throws {
    let fixture = try GitFixture()
    let blob = try fixture.git(["hash-object", "-w", "--stdin"], input: [120])
    var bytes = Array("100644 ".utf8) + [0xff, 0xfe, 0]
    bytes += stride(from: 0, to: 40, by: 2).compactMap {
      UInt8(blob.dropFirst($0).prefix(2), radix: 16)
    }
    let tree = try fixture.git(["hash-object", "-w", "-t", "tree", "--stdin"], input: bytes)
    let commit = try fixture.git(["commit-tree", tree, "-m", "crafted"])
    let (report, files) = try export(fixture, commit)
    #expect(files.isEmpty && report.omitted.map(\.reason) == [.notUnicode])
  }

  @Test func `two thousand files arrive whole`() throws {
    let fixture = try GitFixture()
    for number in 0..<2000 {
      let lines = (0..<(number % 50)).map { "line \($0) of \(number)\n" }.joined()
      try fixture.write(lines, to: "package\(number % 40)/module\(number).py")
    }
    try fixture.commit([:])
    let (report, files) = try export(fixture)
    #expect(report.files == 2000 && files.count == 2000)
    #expect(files["package9/module1049.py"]?.hasSuffix("line 48 of 1049\n") == true)
  }

  @Test func `a folder that holds something, or is a link, is not written to`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "a"])
    let repository = try fixture.repository
    let head = try repository.head()
    #expect(throws: RepositoryError.destinationNotEmpty(fixture.path)) {
      try repository.export(head, to: fixture.path)
    }
    try FileManager.default.createDirectory(
      atPath: "\(fixture.folder)/real", withIntermediateDirectories: false)
    symlink("\(fixture.folder)/real", "\(fixture.folder)/link")
    #expect(throws: RepositoryError.destinationNotEmpty("\(fixture.folder)/link")) {
      try repository.export(head, to: "\(fixture.folder)/link")
    }
    try repository.export(head, to: "\(fixture.folder)/real")
  }

  @Test func `limits stop a tree that is too large`() throws {
    let fixture = try GitFixture()
    try fixture.commit(["a": "aaaa", "b": "bb"])
    let repository = try fixture.repository
    var limits = ExportLimits()
    limits.bytesPerFile = 3
    let report = try repository.export(
      try repository.head(), to: "\(fixture.folder)/one", limits: limits)
    #expect(report.omitted == [.init(path: "a", reason: .tooLarge)] && report.files == 1)
    limits.entries = 1
    #expect(throws: RepositoryError.self) {
      try repository.export(try repository.head(), to: "\(fixture.folder)/two", limits: limits)
    }
  }
}
