import Failures
import Languages

/// Gives values that would make a call unreadable a name of their own.
enum BigValues {
  /// Values with more parts than this are bound to a variable before the call.
  static let limit = 5

  static func named(
    _ entry: Expression, function: FunctionDescription
  ) -> (setup: [Statement], entry: Expression) {
    let parameters = function.definition.parameters.filter {
      $0.kind == .positional || $0.kind == .positionalOnly
    }
    let skipsReceiver = function.role != .function && function.role != .staticMethod
    let names = parameters.dropFirst(skipsReceiver ? 1 : 0).map(\.name)
    return lift(entry, names: Array(names))
  }

  private static func lift(
    _ entry: Expression, names: [String]
  ) -> (setup: [Statement], entry: Expression) {
    switch entry {
    case .drained(let call):
      let lifted = lift(call, names: names)
      return (lifted.setup, .drained(lifted.entry))
    case .completed(let call):
      let lifted = lift(call, names: names)
      return (lifted.setup, .completed(lifted.entry))
    case .call(let callee, let arguments): return liftArguments(callee, arguments, names)
    default: return ([], entry)
    }
  }

  private static func liftArguments(
    _ callee: Expression, _ arguments: [Argument], _ names: [String]
  ) -> (setup: [Statement], entry: Expression) {
    var setup: [Statement] = []
    var short: [Argument] = []
    for (position, argument) in arguments.enumerated() {
      var name: String?
      if case .named(let label) = argument.label { name = label }
      if case .positional = argument.label, position < names.count { name = names[position] }
      guard let name, argument.value.size > limit else {
        short.append(argument)
        continue
      }
      setup.append(Statement(.bind(.name(name), argument.value)))
      short.append(Argument(argument.label, .name(name)))
    }
    return (setup, .call(callee, short))
  }
}

extension Expression {
  /// How many parts a reader sees; long texts count more.
  var size: Int {
    if case .value(let value) = self { return value.size }
    return 1 + children.reduce(0) { $0 + $1.size }
  }
}

extension CapturedValue {
  var size: Int {
    switch self {
    case .string(let text): 1 + text.count / 30
    case .bytes(let bytes, _): 1 + bytes.count / 15
    default: 1 + children.reduce(0) { $0 + $1.size }
    }
  }
}
