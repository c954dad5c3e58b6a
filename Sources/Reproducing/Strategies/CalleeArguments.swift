import Failures
import Languages

/// Supplies arguments that the caller's source does not give: the called frame holds what was passed.
struct CalleeArguments {
  let frame: Frame
  let function: FunctionDescription
  let slicer: Slicer

  /// The entry with the called frame's values in the place of arguments that cannot be evaluated; `nil` if there are none.
  func supply(_ entry: Expression) throws -> (entry: Expression, assumptions: [String])? {
    switch entry {
    case .drained(let call):
      return try supply(call).map { (.drained($0.entry), $0.assumptions) }
    case .completed(let call):
      return try supply(call).map { (.completed($0.entry), $0.assumptions) }
    case .call(let callee, let arguments): return try supply(callee, arguments)
    default: return nil
    }
  }

  private func supply(
    _ callee: Expression, _ arguments: [Argument]
  ) throws -> (entry: Expression, assumptions: [String])? {
    var assumptions: [String] = []
    var supplied: [Argument] = []
    for (position, argument) in arguments.enumerated() {
      var trial = slicer
      if (try? trial.slice(argument.value)) != nil {
        supplied.append(argument)
        continue
      }
      guard let name = parameter(of: argument, at: position), let value = frame.variable(name)
      else {
        return nil
      }
      var rebuilder = Rebuilder(session: slicer.session)
      guard let rebuilt = try? rebuilder.rebuild(value, name: name), rebuilder.setup.isEmpty else {
        return nil
      }
      supplied.append(Argument(argument.label, rebuilt))
      assumptions.append("\(name) is as the call held it when it failed")
    }
    return assumptions.isEmpty ? nil : (.call(callee, supplied), assumptions)
  }

  /// The parameter that an argument binds.
  private func parameter(of argument: Argument, at position: Int) -> String? {
    if case .named(let name) = argument.label { return name }
    guard case .positional = argument.label else { return nil }
    let takesReceiver =
      function.role == .method || function.role == .initializer
      || function.role == .typeMethod
    let parameters = function.definition.parameters.dropFirst(takesReceiver ? 1 : 0)
      .filter { $0.kind == .positional || $0.kind == .positionalOnly }
    return parameters.indices.contains(position) ? parameters[position].name : nil
  }
}
