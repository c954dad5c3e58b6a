import Foundation

/// The Python environments that `scripts/environments` makes.
enum Environments {
  struct Missing: Error, CustomStringConvertible {
    var name: String
    var description: String {
      """
      the Python environment `\(name)` is not there, so nothing can be run end to end
      hint: `make test` makes it; or run scripts/environments
      """
    }
  }

  /// The interpreter of `shop`, `fastapi-service` or `django-service`; its absence is a failure.
  static func interpreter(_ name: String) throws -> String {
    let folder =
      ProcessInfo.processInfo.environment["NEVERMORE_TEST_ENVIRONMENTS"]
      ?? Project.root.appendingPathComponent(".nevermore/environments").path
    let interpreter = "\(folder)/\(name)/bin/python"
    guard FileManager.default.isExecutableFile(atPath: interpreter) else {
      throw Missing(name: name)
    }
    return interpreter
  }
}
