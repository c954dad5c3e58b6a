import Failures
import Languages
import Testing

@testable import PythonTarget
@testable import Validating

/// What a patch may touch, and what it may not do to tests.
@Suite struct ScopeTests {
  static let source = "def total(x):\n    return x.y\n"
  static let mended = "def total(x):\n    return x.z\n"
  static let tests = """
    import pytest


    def test_total():
        found = total(2)
        assert found == 3


    def test_other():
        with pytest.raises(ValueError):
            total(None)
    """

  /// The gate for changes of files, `nil` for one that is not there.
  private func gate(_ files: [String: (String?, String?)]) throws -> Gate {
    var before: [String: String] = [:]
    var after: [String: String] = ["anchor.py": ""]
    for (path, texts) in files {
      before[path] = texts.0
      after[path] = texts.1
    }
    before["anchor.py"] = ""
    let sides = try (RealRepository(before), RealRepository(after))
    let patch = Patch(
      diff: "", files: files.mapValues { $0.1.map { Array($0.utf8) } }, origin: .person)
    let conventions = PythonConventions.conventions
    let changes = try ChangeSet(
      of: patch, before: sides.0.side, after: sides.1.side, conventions)
    return ScopeGate(changes: changes, conventions: conventions).gate()
  }

  private func gate(tests: String) throws -> Gate {
    try gate([
      "shop/a.py": (Self.source, Self.mended), "tests/test_a.py": (Self.tests, tests),
    ])
  }

  @Test func `source alone, with documents and new tests, is in scope`() throws {
    let gate = try gate([
      "shop/a.py": (Self.source, Self.mended), "CHANGELOG.md": ("a\n", "a\nb\n"),
      "tests/test_new.py": (nil, "def test_new():\n    assert total(1)\n"),
      "tests/test_a.py": (
        Self.tests, Self.tests + "\n\ndef test_more():\n    assert total(9) == 9\n"
      ),
    ])
    #expect(gate.result == .passed, "\(gate)")
  }

  @Test func `tests that ask for less are out of scope`() throws {
    let weakened = [
      Self.tests.replacing("assert found == 3", with: "assert found"),
      Self.tests.replacing("assert found == 3", with: "assert found == 4"),
      Self.tests.replacing("    assert found == 3\n", with: ""),
      Self.tests.replacing("def test_other", with: "@pytest.mark.skip\ndef test_other"),
      Self.tests.replacing(
        "def test_other", with: "@pytest.mark.xfail(strict=True)\ndef test_other"),
      Self.tests.replacing("    found = total(2)", with: "    return\n    found = total(2)"),
      Self.tests.replacing("ValueError", with: "Exception"),
      String(Self.tests.prefix(while: { $0 != "w" })).replacing(
        "def test_other():\n    ", with: ""),
      "",
    ]
    for text in weakened {
      let gate = try gate(tests: text)
      #expect(gate.result == .failed, "\(text)\(gate)")
    }
  }

  @Test(arguments: [
    "conftest.py", "tests/conftest.py", "pytest.ini", "setup.cfg", "pyproject.toml", "tox.ini",
    "requirements.txt", "requirements-dev.txt", "poetry.lock", ".github/workflows/ci.yml",
    ".gitattributes", "sitecustomize.py", "Makefile", "nevermore.yaml", ".hidden.py",
  ])
  func `files that steer tests, builds and machines are out of scope`(_ path: String) throws {
    let gate = try gate(["shop/a.py": (Self.source, Self.mended), path: (nil, "x = 1\n")])
    #expect(gate.result == .failed)
    #expect(gate.evidence.contains(path), "\(gate)")
  }

  @Test func `what does not parse, what is no source and what is too much`() throws {
    #expect(try gate(["shop/a.py": (Self.source, "def total(:\n")]).result == .failed)
    #expect(try gate(["README.md": ("a\n", "b\n")]).result == .failed)
    let data = try gate(["shop/a.py": (Self.source, Self.mended), "shop/rates.json": ("{}", "[]")])
    #expect(data.result == .notRun)
    let many = (0..<500).map { "    x\($0) = 1\n" }.joined()
    let large = try gate(["shop/a.py": (Self.source, "def total(x):\n\(many)    return x.z\n")])
    #expect(large.result == .failed)
    #expect(large.evidence.contains("more than 400"))
    let gone = try gate(["shop/a.py": (Self.source, Self.mended), "shop/b.py": (Self.source, nil)])
    #expect(gone.result == .notRun)
  }
}

extension RealRepository {
  fileprivate var side: Side { Side(session: session, instruments: target.instruments()) }
}
