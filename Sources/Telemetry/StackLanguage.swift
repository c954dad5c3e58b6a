import Failures

/// How a language writes its failures: what only its own target knows.
public struct StackLanguage: Sendable {
  /// The exceptions in the text of a stack, oldest first; empty where it holds none.
  public var readStack: @Sendable (String) -> [ExceptionRecord]
  /// The module and the name of a type, from its full name.
  public var readType: @Sendable (String) -> (module: String?, name: String)

  public init(
    readStack: @escaping @Sendable (String) -> [ExceptionRecord],
    readType: @escaping @Sendable (String) -> (module: String?, name: String)
  ) {
    self.readStack = readStack
    self.readType = readType
  }
}
