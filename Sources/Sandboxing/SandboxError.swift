import Foundation

/// Why a program could not be launched or talked to; how it ended is a ``Completion``.
public enum SandboxError: Error, Sendable, Equatable {
  /// Bubblewrap cannot run on this machine.
  case unavailable(SandboxDiagnosis.Obstacle)
  case notAbsolute(String)
  case unusableText(String)
  /// The path does not exist on this machine.
  case missingMount(String)
  /// The kernel refused to start the program: its path, and the error's number.
  case notLaunched(program: String, number: Int32)
  /// Bubblewrap ran and could not build the sandbox: its own words.
  case notBuilt(String)
  /// A pipe or a file in memory could not be made.
  case noResources(number: Int32)
  /// The program has ended or closed its input, and was sent a line.
  case ended
  case noAnswer(seconds: Double)
  case lineTooLong(bytes: Int)
}

extension SandboxError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .unavailable(let obstacle): obstacle.description
    case .notAbsolute(let path):
      """
      `\(path)` cannot be run: it is not an absolute path, and the sandbox searches no path.
      hint: name the file from the root, as it is seen inside the sandbox.
      """
    case .unusableText(let reason): "The program cannot be run: \(reason)."
    case .missingMount(let path):
      """
      `\(path)` cannot be shown to the sandbox: there is no such file or directory.
      hint: check the paths of the interpreter and the repository in the configuration.
      """
    case .notLaunched(let program, let number):
      "`\(program)` could not be started: \(SandboxError.words(for: number))."
    case .notBuilt(let words):
      """
      The sandbox could not be built: bubblewrap says `\(words)`.
      hint: run `nevermore doctor` to see what this machine allows.
      """
    case .noResources(let number):
      """
      A program could not be started: \(SandboxError.words(for: number)).
      hint: see whether the machine is out of memory or of open files (`ulimit -n`).
      """
    case .ended: "The program in the sandbox ended before it was sent everything."
    case .noAnswer(let seconds):
      "The program in the sandbox gave no answer within \(seconds) seconds."
    case .lineTooLong(let bytes):
      "The program in the sandbox wrote a line of more than \(bytes) bytes."
    }
  }

  static func words(for number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
