/// How a language spells the few things that templates and mutation operators write. Operands are source text; what is made is
/// source text of one expression, or of the lines of one statement without their indentation.
public struct Notation: Sendable {
  /// The missing value: `None`.
  public var nothing: String
  public var yes: String
  public var no: String
  public var isNothing: @Sendable (String) -> String
  public var isSomething: @Sendable (String) -> String
  public var not: @Sendable (String) -> String
  public var all: @Sendable ([String]) -> String
  public var any: @Sendable ([String]) -> String
  /// Whether a value is of one of these types.
  public var isInstance: @Sendable (_ value: String, _ types: [String]) -> String
  /// Whether a key or an item is in a collection.
  public var contains: @Sendable (_ collection: String, _ item: String) -> String
  public var count: @Sendable (String) -> String
  public var conditional: @Sendable (_ test: String, _ then: String, _ otherwise: String) -> String
  /// The value of a key, or a default.
  public var valueOfKey: @Sendable (_ map: String, _ key: String, _ standard: String) -> String
  /// The value of an attribute, or a default.
  public var valueOfAttribute:
    @Sendable (_ object: String, _ name: String, _ standard: String) -> String
  public var convert: @Sendable (_ type: String, _ value: String) -> String
  public var copy: @Sendable (String) -> String
  public var awaiting: @Sendable (String) -> String
  public var bind: @Sendable (_ target: String, _ value: String) -> String
  public var give: @Sendable (String?) -> String
  public var fail: @Sendable (_ exception: String, _ message: String?) -> String
  public var proceed: String
  public var pass: String
  /// The lines of `if test:` with a body.
  public var branch: @Sendable (_ test: String, _ body: [String]) -> [String]
  /// The lines of a body whose failure of these types leads to other lines.
  public var attempt:
    @Sendable (_ body: [String], _ types: [String], _ handler: [String]) -> [String]
  public var textLiteral: @Sendable (String) -> String
  /// What a handler names to catch nothing; `nil` where that cannot be written.
  public var noFailureType: String?
  /// What names mean by custom.
  public var conventions = Conventions.none
  /// The items of a list from the last to the first.
  public var backwards: @Sendable (String) -> String = { $0 }
  /// The time zone of a moment, or nothing.
  public var zone: @Sendable (_ moment: String) -> String = { $0 }
  /// The present moment in a time zone, by the type that gives moments.
  public var present: @Sendable (_ type: String, _ zone: String) -> String = { type, _ in type }
  /// Whether a key or an item is not in a collection.
  public var lacks: @Sendable (_ collection: String, _ item: String) -> String

  public init(
    nothing: String, yes: String, no: String, isNothing: @escaping @Sendable (String) -> String,
    isSomething: @escaping @Sendable (String) -> String,
    not: @escaping @Sendable (String) -> String, all: @escaping @Sendable ([String]) -> String,
    any: @escaping @Sendable ([String]) -> String,
    isInstance: @escaping @Sendable (String, [String]) -> String,
    contains: @escaping @Sendable (String, String) -> String,
    count: @escaping @Sendable (String) -> String,
    conditional: @escaping @Sendable (String, String, String) -> String,
    valueOfKey: @escaping @Sendable (String, String, String) -> String,
    valueOfAttribute: @escaping @Sendable (String, String, String) -> String,
    convert: @escaping @Sendable (String, String) -> String,
    copy: @escaping @Sendable (String) -> String, awaiting: @escaping @Sendable (String) -> String,
    bind: @escaping @Sendable (String, String) -> String,
    give: @escaping @Sendable (String?) -> String,
    fail: @escaping @Sendable (String, String?) -> String, proceed: String, pass: String,
    branch: @escaping @Sendable (String, [String]) -> [String],
    attempt: @escaping @Sendable ([String], [String], [String]) -> [String],
    textLiteral: @escaping @Sendable (String) -> String
  ) {
    self.nothing = nothing
    self.yes = yes
    self.no = no
    self.isNothing = isNothing
    self.isSomething = isSomething
    self.not = not
    self.all = all
    self.any = any
    self.isInstance = isInstance
    self.contains = contains
    lacks = { not(contains($0, $1)) }
    self.count = count
    self.conditional = conditional
    self.valueOfKey = valueOfKey
    self.valueOfAttribute = valueOfAttribute
    self.convert = convert
    self.copy = copy
    self.awaiting = awaiting
    self.bind = bind
    self.give = give
    self.fail = fail
    self.proceed = proceed
    self.pass = pass
    self.branch = branch
    self.attempt = attempt
    self.textLiteral = textLiteral
  }
}
