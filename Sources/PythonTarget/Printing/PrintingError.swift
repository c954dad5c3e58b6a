/// Why something has no Python source. It names kinds and places, never a captured value.
public enum PrintingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A loss of this kind stands where a value is needed.
  case loss(kind: String)
  /// A value that points back at one around it.
  case cycle
  /// No class is known under the name that the sender gave.
  case unknownType(String)
  /// A name that Python would not read as one.
  case invalidName(String)
  /// A form of the source that has no notation here.
  case unsupported(String)
  /// Nested more deeply than Python reads.
  case tooDeep
  /// A number or a moment whose fields no Python value has.
  case malformed(kind: String)

  public var description: String {
    switch self {
    case .loss(let kind):
      "no source for a value that is `\(kind)`: what production held is not known\n"
        + "hint: a plain sender does not keep such a value"
    case .cycle:
      "no source for a value that contains itself: a literal cannot refer back\n"
        + "hint: build the value in steps"
    case .unknownType(let type):
      "no source for a value of type `\(type)`: no class of that name is known\n"
        + "hint: the class must be importable from a module"
    case .invalidName(let name):
      "no source for the name `\(name.prefix(80))`: Python does not read it as an identifier\n"
        + "hint: only names that can be written in a module can be used"
    case .unsupported(let form):
      "no source for `\(form.prefix(80))`: this form is never taken over from evidence\n"
        + "hint: bind it to a variable in a form that can be printed"
    case .tooDeep:
      "no source for a value nested more than `\(PythonPrinter.deepest)` deep: "
        + "Python does not read it\nhint: build the value in steps"
    case .malformed(let kind):
      "no source for a `\(kind)`: its fields are not those of any Python value\n"
        + "hint: the sender's value was altered on the way"
    }
  }
}
