import Languages

/// What a file of a Python repository is for, by its path.
enum PythonFileRole {
  static func role(_ path: String) -> Conventions.FileRole {
    let parts = path.split(separator: "/").map(String.init)
    let name = parts.last ?? path
    if let reason = steering(name, parts) { return .steering(reason) }
    let isTest =
      parts.dropLast().contains { ["test", "tests", "testing"].contains($0.lowercased()) }
      || name.hasPrefix("test_") || name.hasSuffix("_test.py") || name == "tests.py"
    if isTest { return .test }
    if name.hasSuffix(".py") || name.hasSuffix(".pyi") { return .source }
    let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let isDocument =
      ["md", "rst", "txt", "adoc"].contains(suffix)
      || ["changelog", "changes", "authors", "license", "readme", "history", "news"]
        .contains(name.lowercased())
      || parts.first == "docs"
    return isDocument ? .document : .resource
  }

  private static func steering(_ name: String, _ parts: [String]) -> String? {
    if ["conftest.py", "pytest.ini", "tox.ini", "noxfile.py", ".coveragerc", "pytest.toml"]
      .contains(name)
    {
      return "decides how tests run"
    }
    if ["setup.cfg", "setup.py", "pyproject.toml", "manifest.in"].contains(name.lowercased()) {
      return "decides how the package is built and tested"
    }
    if name.hasPrefix("requirements") || name.hasSuffix(".lock") || name.hasPrefix("constraints")
      || ["Pipfile", "environment.yml", "package.json", "package-lock.json"].contains(name)
    {
      return "lists dependencies"
    }
    if ["sitecustomize.py", "usercustomize.py"].contains(name) || name.hasSuffix(".pth") {
      return "changes every Python process"
    }
    if parts.contains(".github") || parts.contains(".circleci") || parts.contains(".git")
      || [
        ".travis.yml", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml", ".gitattributes",
        ".gitmodules", ".pre-commit-config.yaml", "Makefile", "Dockerfile", "nevermore.yaml",
      ].contains(name)
    {
      return "steers machines, not the program"
    }
    if name.hasPrefix(".") { return "is hidden and steers other programs" }
    return nil
  }
}
