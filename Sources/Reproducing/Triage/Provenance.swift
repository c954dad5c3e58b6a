import Failures
import Languages

/// Where a value in the source comes from, as far as the frames on the stack show.
enum Provenance: Hashable {
  /// The environment; the variable's name where the source spells it.
  case environment(String?)
  /// What was computed from a variable of the environment: what a file holds that it names.
  case derived(String?)
  /// What an operator wrote on a command line.
  case commandLine
  case request
  case setting
  case literal(String)
}

extension Scene {
  /// All that an expression in a frame is made of.
  func provenance(of expression: Expression, at index: Int, depth: Int = 0) throws -> Set<
    Provenance
  > {
    guard depth < 10 else { return [] }
    if let read = try environmentRead(expression, at: index, depth) { return read }
    if let text = expression.text { return [.literal(text)] }
    if let known = Self.origin(of: expression) {
      if known == .setting, let root = expression.root {
        return try provenance(ofName: root, at: index, depth).union([known])
      }
      if known != .commandLine || isCommand(index, expression.root) { return [known] }
    }
    if case .name(let name) = expression { return try provenance(ofName: name, at: index, depth) }
    if case .attribute(.name("self"), let field) = expression {
      return try provenance(ofBinding: "self.\(field)", at: index, depth)
    }
    let inside: Set<Provenance> = try expression.children.reduce(into: []) {
      $0.formUnion(try provenance(of: $1, at: index, depth: depth + 1))
    }
    return expression.keepsText ? inside : Set(inside.compactMap(\.derived))
  }

  /// `environ["NAME"]`, `environ.get("NAME")`, `getenv("NAME")`; the name may have come from a caller.
  private func environmentRead(
    _ expression: Expression, at index: Int, _ depth: Int
  ) throws -> Set<Provenance>? {
    let key: Expression?
    switch expression {
    case .item(let base, let index) where base.spelledName.isEnvironment: key = index
    case .call(.attribute(let base, _), let arguments) where base.spelledName.isEnvironment:
      key = arguments.first?.value
    case .call(let callee, let arguments)
    where ["getenv", "env", "environ"].contains(callee.spelledName?.lowercased()):
      key = arguments.first?.value
    default: return nil
    }
    guard let key else { return [.environment(nil)] }
    let names = try provenance(of: key, at: index, depth: depth + 1).compactMap {
      if case .literal(let text) = $0, text.isVariableName { text } else { nil }
    }
    return [.environment(names.count == 1 ? names.first : nil)]
  }

  private static func origin(of expression: Expression) -> Provenance? {
    guard let names = expression.dottedNames ?? expression.root.map({ [$0] }),
      let root = names.first?.lowercased()
    else { return nil }
    let second = names.count > 1 ? names[1].lowercased() : nil
    if ["request", "req"].contains(root) || (root == "self" && second == "request") {
      return .request
    }
    if second == "argv" || ["args", "argv", "opts", "options", "namespace"].contains(root) {
      return .commandLine
    }
    if ["settings", "config", "conf"].contains(root) || ["settings", "config"].contains(second) {
      return .setting
    }
    return nil
  }

  /// Whether the frame's name for a command line can be one: there is no request, and it is not the rest of a call's arguments.
  private func isCommand(_ index: Int, _ root: String?) -> Bool {
    let parameter = function(index)?.definition.parameters.first { $0.name == root }
    let isNamed = root == "sys" || root == "argv" || isProgram
    return event.request == nil && isNamed && parameter?.kind != .rest
  }

  private func provenance(ofName name: String, at index: Int, _ depth: Int) throws -> Set<
    Provenance
  > {
    let before = try standing(index)?.before ?? []
    let binding = before.flatMap(\.flattened).last { statement in
      if case .bind(let target, _) = statement.kind {
        target.targetNames.contains(name)
      } else {
        false
      }
    }
    if case .bind(_, let value)? = binding?.kind {
      return try provenance(of: value, at: index, depth: depth + 1)
    }
    guard let function = function(index) else { return [] }
    guard let position = function.callParameters.firstIndex(where: { $0.name == name }) else {
      return try provenance(ofBinding: name, at: index, depth)
    }
    if let caller = try callerArgument(function, position, below: index) {
      return try provenance(of: caller.argument, at: caller.index, depth: depth + 1)
    }
    return function.decoratorProvenance(isRequest: event.request != nil)
  }

  /// What the frame's file binds a name of the module, or a field of the receiver, to.
  private func provenance(
    ofBinding name: String, at index: Int, _ depth: Int
  ) throws -> Set<Provenance> {
    let path = evidence.frames[index].frame.repositoryPath
    let match = try session.search("\(name) = ").first {
      $0.path == path && $0.text.trimmingPrefix(while: { $0 == " " }).hasPrefix(name + " = ")
    }
    guard let match, name.hasPrefix("self.") || match.text.hasPrefix(name) else { return [] }
    let line = String(match.text.trimmingPrefix(while: { $0 == " " }))
    guard case .bind(_, let value)? = try session.parse([line], 0).first?.kind else { return [] }
    return try provenance(of: value, at: index, depth: depth + 1)
  }

  /// What the caller's frame gives for a parameter.
  private func callerArgument(
    _ function: FunctionDescription, _ position: Int, below index: Int
  ) throws -> (argument: Expression, index: Int)? {
    guard let caller = evidence.repositoryFrames.last(where: { $0 < index }),
      let standing = try standing(caller)
    else { return nil }
    let parameter = function.callParameters[position]
    let name =
      function.role == .initializer ? function.receiver?.symbol.path.last : function.definition.name
    let isAdjacent = caller == index - 1
    guard
      let call = standing.calls.first(where: { $0.name == name })
        ?? (isAdjacent ? standing.calls.first : nil)
    else { return nil }
    if let named = call.arguments.first(where: { $0.label == .named(parameter.name) }) {
      return (named.value, caller)
    }
    let positional = call.arguments.filter { $0.label == .positional }
    return positional.indices.contains(position) ? (positional[position].value, caller) : nil
  }
}

extension Provenance {
  /// What is left of it behind a computation.
  fileprivate var derived: Provenance? {
    switch self {
    case .environment(let name): .derived(name)
    case .commandLine: nil
    default: self
    }
  }
}

extension Expression {
  /// Whether it is still the same text or path, in another form, and not what was computed or read with it.
  fileprivate var keepsText: Bool {
    guard case .call(let callee, _) = self else { return true }
    let name = callee.spelledName ?? ""
    return name.first?.isUppercase ?? false || Self.forms.contains(name)
  }

  private static let forms: Set<String> = [
    "strip", "lstrip", "rstrip", "split", "rsplit", "partition", "lower", "upper", "encode",
    "decode", "removeprefix",
    "removesuffix", "replace", "trimmed", "lowercased", "uppercased", "int", "float", "str", "bool",
    "bytes", "join",
    "joinpath", "abspath", "realpath", "expanduser", "expandvars", "resolve", "absolute",
    "normpath", "fspath", "get",
  ]
}

extension FunctionDescription {
  /// The parameters that a call gives: without the receiver.
  var callParameters: [Parameter] {
    switch role {
    case .method, .typeMethod, .property, .initializer: Array(definition.parameters.dropFirst())
    default: definition.parameters
    }
  }

  /// What a framework passes to a function that it was told of.
  fileprivate func decoratorProvenance(isRequest: Bool) -> Set<Provenance> {
    let names = definition.decorators.compactMap { decorator -> String? in
      if case .call(let callee, _) = decorator { callee.spelledName } else { decorator.spelledName }
    }
    if names.contains(where: { ["command", "argument", "option"].contains($0) }) {
      return [.commandLine]
    }
    return isRequest && !names.isEmpty ? [.request] : []
  }
}

extension String? {
  fileprivate var isEnvironment: Bool { self?.lowercased().contains("environ") ?? false }
}

extension String {
  /// `UPPER_CASE`, as variables and settings are spelled.
  var isVariableName: Bool {
    count > 1 && contains(where: \.isLetter)
      && allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }
}
