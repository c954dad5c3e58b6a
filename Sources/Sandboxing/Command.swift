/// What is to be run. No part of it ever passes through a shell's parser.
public struct Command: Sendable {
  /// The executable's absolute path, as seen inside the sandbox, then its arguments.
  public var arguments: [String]
  /// The whole environment: nothing is inherited.
  public var environment: [String: String]
  /// The working directory, as seen inside the sandbox.
  public var directory: String

  public init(
    arguments: [String], environment: [String: String] = [:], directory: String = "/"
  ) {
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }

  /// A NUL would end the string early for the kernel, so that something else than was asked runs.
  func check() throws(SandboxError) {
    guard let executable = arguments.first, executable.hasPrefix("/") else {
      throw .notAbsolute(arguments.first ?? "")
    }
    guard directory.hasPrefix("/") else { throw .notAbsolute(directory) }
    let names = environment.keys
    if names.contains(where: { $0.isEmpty || $0.utf8.contains(UInt8(ascii: "=")) }) {
      throw .unusableText("the name of an environment variable is empty or holds `=`")
    }
    let strings = arguments + [directory] + names + environment.values
    if strings.contains(where: { $0.utf8.contains(0) }) {
      throw .unusableText("an argument or an environment variable holds a NUL character")
    }
  }
}
