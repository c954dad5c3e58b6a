/// What a language's community means by its names: the words that rules about changes need and that no syntax tells.
public struct Conventions: Sendable {
  /// What a file is for.
  public enum FileRole: Sendable, Hashable {
    case source, test, document, resource
    /// It decides how tests or builds run; the words say how.
    case steering(String)
  }

  /// What a call does besides giving a value.
  public enum CallMeaning: Sendable, Hashable {
    /// With the level, where the name tells it.
    case logging(String)
    /// Makes another type of a value, whatever it was.
    case conversion
    /// Lets a block end when one of its arguments' types is raised.
    case suppression
    /// An item or an attribute, or a default where there is none.
    case lookup
    /// Builds an empty or copied collection.
    case collection
    /// Something that a mend should not begin to do; the words say what.
    case grave(String)
    /// The same, where there may be a reason for it.
    case odd(String)
    case assertion
    /// Keeps a test from running, or from counting.
    case skip
  }

  public var role: @Sendable (_ path: String) -> FileRole
  /// A call by its callee's text without white space: `self.log.warning`.
  public var meaning: @Sendable (_ callee: String) -> CallMeaning?
  /// Types of exceptions that catch nearly everything.
  public var catchAll: Set<String>
  /// Types that any statement may raise, for many reasons.
  public var general: Set<String>
  /// Types that say that something outside of the program is not there.
  public var outages: Set<String>
  /// Types whose zero is a value as good as any other.
  public var numbers: Set<String>
  /// Words of a declared type that leave room for the missing value, or say nothing.
  public var absences: Set<String>
  /// Texts by which code finds out that it is tested.
  public var testMarks: Set<String>
  /// Names of marks that keep a test from running, or from counting.
  public var skips: Set<String>
  /// Functions that count the items of their only argument.
  public var counting: Set<String> = []
  /// Functions that add up the items of their first argument.
  public var summing: Set<String> = []
  /// Functions that ask whether their first argument has the attribute that the second names.
  public var attributeTests: Set<String> = []
  /// Types that a division by zero raises.
  public var divisionFailures: Set<String> = []
  /// The argument by which a call says what it gives for no items.
  public var emptyDefault = ""
  /// Methods that give the present moment.
  public var clocks: Set<String> = []
  /// Whether the language itself calls functions of this name, and takes some of their failures for answers.
  public var isAnsweredByFailing: @Sendable (_ name: String) -> Bool = { _ in false }
  /// Functions that fail whenever their first argument is the missing value.
  public var refusingNothing: Set<String> = []
  /// Functions that fail whenever their only argument has no items.
  public var refusingEmpty: Set<String> = []

  public init(
    role: @escaping @Sendable (String) -> FileRole = { _ in .source },
    meaning: @escaping @Sendable (String) -> CallMeaning? = { _ in nil },
    catchAll: Set<String> = [], general: Set<String> = [], outages: Set<String> = [],
    numbers: Set<String> = [], absences: Set<String> = [], testMarks: Set<String> = [],
    skips: Set<String> = []
  ) {
    self.role = role
    self.meaning = meaning
    self.catchAll = catchAll
    self.general = general
    self.outages = outages
    self.numbers = numbers
    self.absences = absences
    self.testMarks = testMarks
    self.skips = skips
  }

  /// Nothing is known: every rule that needs words stays silent.
  public static let none = Conventions()
}
