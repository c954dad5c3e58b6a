import ArgumentParser
import Foundation
import PythonTarget
import Shipping

/// Writes a first configuration from what the checkout shows.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write nevermore.yaml for a checkout, from what it shows.")

  @Option(help: "The checkout.")
  var repo: String = "."

  @Flag(help: "Print the configuration instead of writing it.")
  var print = false

  func run() throws {
    let root: String
    do {
      guard let found = try Repository(at: repo).root else {
        throw CommandFailure(
          .usage, "`\(repo)` is a repository without a work tree\nhint: give a checkout")
      }
      root = found
    } catch let error as RepositoryError {
      throw CommandFailure(.usage, error.description)
    }
    let text = Self.text(for: root)
    if self.print {
      try Terminal.print(text)
      return
    }
    let file = root + "/nevermore.yaml"
    guard !FileManager.default.fileExists(atPath: file) else {
      throw CommandFailure(
        .usage,
        "`nevermore.yaml` exists already\nhint: edit it, or see what would be written with `--print`"
      )
    }
    try (text + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    Terminal.talk("wrote nevermore.yaml; `nevermore doctor` checks it")
  }

  static func text(for root: String) -> String {
    let files = FileManager.default
    let environments = [".venv", "venv", "env"].filter {
      files.isExecutableFile(atPath: "\(root)/\($0)/bin/python")
    }
    let tests = ["tests", "test"].first { files.fileExists(atPath: "\(root)/\($0)") } ?? "tests"
    let paths = files.fileExists(atPath: root + "/src") ? "[src]" : "[.]"
    var lines = ["language: python", "python:"]
    lines.append(
      environments.first.map { "  interpreter: \($0)/bin/python" }
        ?? "  # interpreter: .venv/bin/python")
    lines += [
      "  paths: \(paths)", "  tests: \(tests)", "  # application: package.module:create_app",
    ]
    return lines.joined(separator: "\n")
  }
}
