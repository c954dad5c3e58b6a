import ArgumentParser
import Foundation
import PythonTarget
import Sandboxing
import Shipping

/// Says whether everything that a case needs is there, and what to do about what is not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the sandbox, git, the configuration and the target's interpreter.")

  @Option(help: "The checkout.")
  var repo: String = "."

  @Option(help: "The configuration; `nevermore.yaml` at the repository's root by default.")
  var config: String?

  func run() throws {
    let diagnosis = Sandbox.diagnosis
    let isSandboxed = diagnosis.obstacle == nil
    Self.say(
      "sandbox",
      diagnosis.obstacle?.description
        ?? "bubblewrap \(diagnosis.bubblewrap ?? "") runs; memory by \(diagnosis.memory.rawValue)",
      isGood: isSandboxed)
    let isRepositoryGood = try checkRepository(isSandboxed: isSandboxed)
    throw ExitCode(isSandboxed && isRepositoryGood ? 0 : ExitStatus.refused.rawValue)
  }

  private func checkRepository(isSandboxed: Bool) throws -> Bool {
    let root: String
    do {
      let repository = try Repository(at: repo)
      guard let found = repository.root else {
        Self.say("repository", "it has no work tree\nhint: give a checkout", isGood: false)
        return false
      }
      _ = try repository.head()
      root = found
      Self.say("repository", "HEAD can be read", isGood: true)
    } catch {
      Self.say("repository", "\(error)", isGood: false)
      return false
    }
    do {
      let configuration = try Configuration.load(path: config, root: root)
      Self.say("configuration", "read", isGood: true)
      return try checkInterpreter(configuration, root: root, isSandboxed: isSandboxed)
    } catch {
      Self.say("configuration", error.message, isGood: false)
      return false
    }
  }

  private func checkInterpreter(
    _ configuration: Configuration, root: String, isSandboxed: Bool
  ) throws(CommandFailure) -> Bool {
    let settings = try Workbench.settings(configuration, root: root)
    do {
      let target = try PythonRepository(
        settings: settings, tree: root, root: root, mode: isSandboxed ? .bubblewrap : .none)
      defer { target.close() }
      let greeting = try target.hello()
      let version = greeting.version.map(String.init).joined(separator: ".")
      Self.say(
        "interpreter",
        "Python \(version), pytest \(greeting.pytest ?? "is not installed: tests are written for unittest")",
        isGood: greeting.version.starts(with: [3]) && (greeting.version.dropFirst().first ?? 0) >= 9
      )
      return true
    } catch {
      Self.say("interpreter", "\(error)", isGood: false)
      return false
    }
  }

  private static func say(_ subject: String, _ finding: String, isGood: Bool) {
    let mark = isGood ? "ok  " : "FAIL"
    let lines = finding.split(separator: "\n", omittingEmptySubsequences: false).joined(
      separator: "\n                    ")
    Terminal.print(
      "\(mark)  \(subject.padding(toLength: 14, withPad: " ", startingAt: 0)) \(lines)")
  }
}
