extension TreePath {
  /// Why no fix may add or change this file, whatever is in it; `nil` if one may.
  static func objection(toFile path: String) -> String? {
    guard isContained(path) else { return "it would leave the tree or enter `.git`" }
    let components = path.lowercased().split(separator: "/").map(String.init)
    if components.contains(where: { $0.hasPrefix(".") }) {
      return "hidden files and folders steer other programs"
    }
    guard let name = components.last else { return nil }
    if isLock(name) { return "what is installed is not for a fix to change" }
    if pipelines.contains(name) { return "it steers continuous integration" }
    return nil
  }

  private static func isLock(_ name: String) -> Bool {
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    return name.hasSuffix(".lock") || name.hasSuffix(".lockb") || locks.contains(name)
      || (stem.hasSuffix("-lock") && (name.hasSuffix(".json") || name.hasSuffix(".yaml")))
  }

  private static let locks: Set<String> = [
    "npm-shrinkwrap.json", "package.resolved", "go.sum", "pipfile", "requirements.txt",
    "constraints.txt",
  ]

  private static let pipelines: Set<String> = [
    "jenkinsfile", "azure-pipelines.yml", "azure-pipelines.yaml", "bitbucket-pipelines.yml",
    "appveyor.yml", "buildspec.yml", "cloudbuild.yaml", "cloudbuild.yml", "wercker.yml",
    "codecov.yml",
  ]
}
