import Languages

/// What a program needs that works on a tree by itself, as a repairer's command does.
extension Interpreter {
  /// The folder of its environment's programs: `python` there is this one.
  public var programs: String {
    path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }

  /// What the target's processes find in their environment.
  public static var environment: [String: String] { PythonRepository.environment }

  /// What interpreters and test runners leave beside the sources.
  public static let generated = [
    "__pycache__", "*.pyc", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis",
    ".coverage",
    "*.egg-info", ".tox", ".nox",
  ]

  /// What runs a test of this framework from the root; a known issue's mark does not hide its failure.
  public func command(for test: TestText, _ framework: SuiteStyle.Framework) -> [String] {
    switch framework {
    case .pytest: [path, "-m", "pytest", "-q", "--runxfail", test.path]
    case .unittest:
      [
        path, "-m", "unittest",
        test.path.split(separator: "/").joined(separator: ".").withoutSuffix,
      ]
    }
  }
}

extension String {
  /// `tests.test_a` of `tests.test_a.py`.
  fileprivate var withoutSuffix: String { hasSuffix(".py") ? String(dropLast(3)) : self }
}
