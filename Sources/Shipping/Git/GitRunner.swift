import Foundation

/// Runs `git`, which is trusted, on a repository, which is not.
///
/// Law: nothing that the repository holds (configuration, hooks, attributes, filters, remotes)
/// names a program that runs. The environment is built from nothing, and what the command line sets
/// wins over the repository's settings.
struct GitRunner: Sendable {
  let program: String
  let gitDirectory: String

  init(gitDirectory: String) throws(RepositoryError) {
    guard let program = Self.installed else { throw .gitUnavailable }
    self.program = program
    self.gitDirectory = gitDirectory
  }

  /// What one run of `git` left behind; a status other than 0 is for the caller to judge.
  struct Answer: Sendable {
    var status: Int32
    var output: [UInt8]
    var complaint: String

    /// The output without the white space at its end.
    var line: String {
      String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// Runs a command to its end and holds its whole output, at most `limit` bytes.
  func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    limit: Int = 256 << 20
  ) throws(RepositoryError) -> Answer {
    var output: [UInt8] = []
    let end = try stream(arguments, input: input, environment: environment) {
      chunk throws(RepositoryError) in
      guard output.count + chunk.count <= limit else {
        throw .tooLarge("git \(arguments.first ?? "")", limit: limit)
      }
      output.append(contentsOf: chunk)
    }
    return Answer(status: end.status, output: output, complaint: end.complaint)
  }

  /// Runs a command that must succeed.
  func demand(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws(RepositoryError) -> Answer {
    let answer = try run(arguments, input: input, environment: environment)
    guard answer.status == 0 else {
      throw .gitFailed(command: arguments.first ?? "", complaint: answer.complaint)
    }
    return answer
  }

  /// Runs a command and hands over its output as it comes; an error of the receiver ends the
  /// command.
  func stream(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    receive: (ArraySlice<UInt8>) throws(RepositoryError) -> Void
  ) throws(RepositoryError) -> GitProcess.End {
    var full = Self.environment(program: program)
    full["GIT_DIR"] = gitDirectory
    full.merge(environment) { $1 }
    let process = try GitProcess(
      program: program, arguments: Self.settings + arguments, environment: full, input: input)
    do {
      try process.read(seconds: 300, receive)
    } catch {
      _ = process.end(killed: true)
      throw error
    }
    return process.end(killed: false)
  }
}
