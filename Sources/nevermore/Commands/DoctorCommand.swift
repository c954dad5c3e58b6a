import ArgumentParser
import Foundation
import Languages
import PythonTarget
import Sandboxing
import Shipping

/// Says whether everything that a case needs is there, and what to do about what is not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check the sandbox, git, the configuration and the target's interpreter; or a log's lines.")

  @Option(help: "The checkout.")
  var repo: String = "."

  @Option(help: "The configuration; `nevermore.yaml` at the repository's root by default.")
  var config: String?

  @Option(
    help:
      "Say what the newest failure of this log lacks for a reproduction, and check nothing else.")
  var log: String?

  func run() throws {
    if let log {
      let findings = try LogCheck(of: log).findings
      for finding in findings {
        try Self.say(finding.subject, finding.finding, isGood: finding.isGood, lack: "lack")
      }
      throw ExitCode(findings.allSatisfy(\.isGood) ? 0 : ExitStatus.refused.rawValue)
    }
    let diagnosis = Sandbox.diagnosis
    let isSandboxed = diagnosis.obstacle == nil
    try Self.say(
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
        try Self.say("repository", "it has no work tree\nhint: give a checkout", isGood: false)
        return false
      }
      _ = try repository.head()
      root = found
      try Self.say("repository", "HEAD can be read", isGood: true)
    } catch {
      try Self.say("repository", "\(error)", isGood: false)
      return false
    }
    do {
      let configuration = try Configuration.load(path: config, root: root)
      try Self.say("configuration", "read", isGood: true)
      return try checkInterpreter(configuration, root: root, isSandboxed: isSandboxed)
    } catch {
      try Self.say("configuration", error.message, isGood: false)
      return false
    }
  }

  private func checkInterpreter(
    _ configuration: Configuration, root: String, isSandboxed: Bool
  ) throws(CommandFailure) -> Bool {
    let settings = try Workspace.settings(configuration, root: root)
    if configuration.python.interpreter == nil, let folder = Interpreter.broken(for: root) {
      try Self.say(
        "interpreter",
        "`\(folder)` is an environment whose interpreter cannot be started\nhint: make it anew, or set `python.interpreter`",
        isGood: false)
      return false
    }
    do {
      let target = try PythonRepository(
        settings: settings, tree: root, root: root, mode: isSandboxed ? .bubblewrap : .none)
      defer { target.close() }
      return try describe(settings.interpreter, try target.hello(), try target.session().style())
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      try Self.say("interpreter", "\(error)", isGood: false)
      return false
    }
  }

  private func describe(
    _ interpreter: Interpreter, _ greeting: (version: [Int], pytest: String?), _ style: SuiteStyle
  ) throws -> Bool {
    let version = greeting.version.map(String.init).joined(separator: ".")
    let isKnown =
      greeting.version.starts(with: [3]) && (greeting.version.dropFirst().first ?? 0) >= 9
    try Self.say(
      "interpreter",
      "Python \(version) at \(interpreter.path)\(isKnown ? "" : "\nhint: the kit needs Python 3.9 or later")",
      isGood: isKnown)
    let lacksFramework = style.framework == .pytest && greeting.pytest == nil
    try Self.say(
      "suite",
      lacksFramework
        ? "its tests are pytest's, and this interpreter has no pytest\nhint: install pytest in the target's environment"
        : "tests are written for \(style.framework.rawValue)\(greeting.pytest.map { ", pytest \($0)" } ?? "") in `\(style.folder)`",
      isGood: !lacksFramework)
    return isKnown && !lacksFramework
  }

  private static func say(
    _ subject: String, _ finding: String, isGood: Bool, lack: String = "FAIL"
  ) throws(CommandFailure) {
    let mark = isGood ? "ok  " : lack
    let lines = finding.split(separator: "\n", omittingEmptySubsequences: false).joined(
      separator: "\n                    ")
    try Terminal.print(
      "\(mark)  \(subject.padding(toLength: 14, withPad: " ", startingAt: 0)) \(lines)")
  }
}
