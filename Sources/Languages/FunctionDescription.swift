import Failures

/// What the repository's source says of one function.
public struct FunctionDescription: Sendable, Hashable {
  public enum Role: String, Sendable, Hashable {
    case function, method, typeMethod, staticMethod, property, initializer
    /// Defined inside another function: it cannot be imported by name.
    case nested
    /// The body of a module.
    case module
  }

  /// The module and the qualified path; for a nested function the path of what can be imported around it.
  public var symbol: Symbol
  public var role: Role
  public var definition: FunctionDefinition
  public var isLazy: Bool
  public var path: String
  public var lines: ClosedRange<Int>
  public var documentation: String?
  /// The type whose member it is.
  public var receiver: TypeDescription?

  public init(
    symbol: Symbol, role: Role, definition: FunctionDefinition, isLazy: Bool, path: String,
    lines: ClosedRange<Int>, documentation: String? = nil, receiver: TypeDescription? = nil
  ) {
    self.symbol = symbol
    self.role = role
    self.definition = definition
    self.isLazy = isLazy
    self.path = path
    self.lines = lines
    self.documentation = documentation
    self.receiver = receiver
  }

  /// A name without a leading underscore, all the way from the module.
  public var isPublic: Bool {
    !(symbol.module.split(separator: ".") + symbol.path.map { $0[...] }).contains {
      $0.hasPrefix("_") && !$0.hasPrefix("__")
    }
  }
}

/// What the repository's source says of one type.
public struct TypeDescription: Sendable, Hashable {
  public var symbol: Symbol
  public var bases: [Expression]
  /// The initializer's parameters without the receiver; for records, their fields.
  public var parameters: [Parameter]
  public var isException: Bool
  /// Whether the repository defines it.
  public var isOfRepository: Bool
  /// The names of all that it inherits from, itself first.
  public var lineage: [String]

  public init(
    symbol: Symbol, bases: [Expression] = [], parameters: [Parameter] = [],
    isException: Bool = false, isOfRepository: Bool = true, lineage: [String] = []
  ) {
    self.symbol = symbol
    self.bases = bases
    self.parameters = parameters
    self.isException = isException
    self.isOfRepository = isOfRepository
    self.lineage = lineage
  }
}

/// Where a frame stands, as the repository's tree names it.
public struct SourcePosition: Sendable, Hashable {
  public var path: String
  public var function: String
  public var line: Int

  public init(path: String, function: String, line: Int) {
    self.path = path
    self.function = function
    self.line = line
  }
}
