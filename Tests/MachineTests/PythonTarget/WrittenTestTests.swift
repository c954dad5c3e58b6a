import Failures
import Languages
import Testing

@testable import Pipeline
@testable import Reproducing
@testable import TestWriting

/// Tests that are written for failures of small real trees, and run there.
@Suite struct WrittenTestTests {
  static let pricing = """
    class Refused(ValueError): pass

    class TooMany(Refused): pass

    def total(prices, rate):
        return sum(prices) / rate

    def guarded(count, rate):
        if count > 100: raise TooMany(count)
        if count < 0: raise Refused(count)
        return count / rate

    def shown(text):
        return int(text)

    def sized(text) -> int:
        return len(text) // 0 if text else 0
    """

  private static func service(_ call: String) -> String {
    "from shop.pricing import *\n\ndef handle():\n    value = \(call)\n    return value\n\nhandle()\n"
  }

  private func finished(
    _ repository: RealRepository, _ event: FailureEvent, current: RealRepository? = nil
  ) throws -> CaseState {
    let evidence = try #require(try Evidence(of: event, in: repository.session))
    let aCase = Case(
      failure: "abc123def456", released: repository.session, current: current?.session)
    var state = CaseState.triaged(
      Opening(event: event, failure: "abc123def456", evidence: evidence))
    for _ in 0..<10 where aCase.stage(after: state) != nil { state = try aCase.advance(state) }
    return state
  }

  private func written(
    _ call: String, _ files: [String: String] = [:], tests: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> (RealRepository, RegressionTest)? {
    let tree = ["shop/__init__.py": "", "shop/pricing.py": Self.pricing].merging(files) { $1 }
    let repository = try RealRepository(tree, tests: tests)
    let before = repository.files
    let state = try finished(repository, try repository.event(Self.service(call)))
    #expect(repository.files == before, sourceLocation: location)
    guard case .tested(let test) = state else {
      Issue.record("\(state)", sourceLocation: location)
      return nil
    }
    #expect(!before.contains(test.text.path), sourceLocation: location)
    let runs = try [false, true].map {
      try repository.session.runTest($0 ? test.marked : test.text, $0).result
    }
    #expect(runs == [.failed, .knownIssue], sourceLocation: location)
    return (repository, test)
  }

  private static let unittest =
    "import unittest\n\nclass OldTest(unittest.TestCase):\n    def test_old(self): pass\n"

  @Test func `a suite of unittest gets a unittest in its folder`() throws {
    guard
      let (_, test) = try written(
        "total([1], 0)", ["checks/__init__.py": "", "checks/test_old.py": Self.unittest])
    else { return }
    #expect(test.style.framework == .unittest)
    #expect(test.text.path == "checks/test_total_zero_division_error.py")
    #expect(!test.text.source.contains("pytest"))
    #expect(test.marked.source.contains("expectedFailure"))
  }

  @Test(.enabled(if: RealRepository.hasPytest))
  func `a suite of pytest gets a function with a strict mark`() throws {
    guard
      let (_, test) = try written("total([1], 0)", ["tests/test_old.py": "def test_old(): pass\n"])
    else { return }
    #expect(test.style.framework == .pytest)
    #expect(test.text.path == "tests/test_total_zero_division_error.py")
    #expect(test.marked.source.contains("xfail") && test.marked.source.contains("strict=True"))
    #expect(!test.text.source.contains("xfail"))
  }

  @Test func `a path that is taken is not taken again`() throws {
    let taken = [
      "checks/__init__.py": "", "checks/test_old.py": Self.unittest,
      "checks/test_total_zero_division_error.py": Self.unittest,
    ]
    guard let (_, test) = try written("total([1], 0)", taken) else { return }
    #expect(test.text.path == "checks/test_total_zero_division_error_abc123.py")
  }

  @Test func `the folder that was configured is used`() throws {
    let files = [
      "checks/__init__.py": "", "checks/test_old.py": Self.unittest, "deep/unit/__init__.py": "",
      "deep/__init__.py": "",
    ]
    guard let (_, test) = try written("total([1], 0)", files, tests: "deep/unit") else { return }
    #expect(test.text.path.hasPrefix("deep/unit/test_"))
  }

  @Test(arguments: [
    "shown('a\\u2028b')", "shown('\\x85\\x0c\\x1c')", "shown('\"\"\" \\\\')", "shown('\\ud800')",
    "shown('\\u202e')",
    "shown('{0} %s')",
  ])
  func `texts that break careless files do not break the test`(call: String) throws {
    guard
      let (_, test) = try written(
        call, ["checks/__init__.py": "", "checks/test_old.py": Self.unittest])
    else { return }
    #expect(
      test.reproduction.certificate.exception == "ValueError"
        || test.reproduction.certificate.exception == "UnicodeEncodeError")
  }

  @Test func `only the widest of the repository's own refusals is allowed`() throws {
    guard
      let (_, test) = try written(
        "guarded(1, 0)", ["checks/__init__.py": "", "checks/test_old.py": Self.unittest])
    else { return }
    #expect(test.text.source.contains("Refused"))
    #expect(!test.text.source.contains("TooMany"))
  }

  @Test func `a declared result is demanded as a property`() throws {
    guard
      let (_, test) = try written(
        "sized('a')", ["checks/__init__.py": "", "checks/test_old.py": Self.unittest])
    else { return }
    #expect(test.rung == .property)
    #expect(test.text.source.contains("int"))
  }

  @Test(.enabled(if: RealRepository.hasPytest))
  func `a conftest that cannot be imported does not keep the test from being proven`() throws {
    let files = [
      "tests/test_old.py": "def test_old(): pass\n", "tests/conftest.py": "import no_such_module\n",
    ]
    _ = try written("total([1], 0)", files)
  }

  @Test(.enabled(if: RealRepository.hasPytest))
  func `a suite that makes every mark lenient or turns warnings into errors changes nothing`()
    throws
  {
    let files = [
      "tests/test_old.py": "def test_old(): pass\n",
      "pytest.ini":
        "[pytest]\nxfail_strict = false\naddopts = --strict-markers -p no:terminal -k nothing\nfilterwarnings = error\n",
    ]
    _ = try written("total([1], 0)", files)
  }

  @Test func `a failure that the current revision has not is already fixed and has its test`()
    throws
  {
    let files = [
      "shop/__init__.py": "", "checks/__init__.py": "", "checks/test_old.py": Self.unittest,
    ]
    let release = try RealRepository(files.merging(["shop/pricing.py": Self.pricing]) { $1 })
    let mended = Self.pricing.replacing("/ rate\n", with: "/ rate if rate else 0\n")
    let head = try RealRepository(files.merging(["shop/pricing.py": mended]) { $1 })
    let event = try release.event(Self.service("total([1], 0)"))
    guard case .stopped(let stop, let test?) = try finished(release, event, current: head) else {
      Issue.record("not stopped with a test")
      return
    }
    #expect(stop.reason == .alreadyFixed)
    #expect(try head.session.runTest(test.text, false).result == .passed)
    guard case .tested = try finished(release, event, current: release) else {
      Issue.record("a failure that is still there was not tested")
      return
    }
  }
}
