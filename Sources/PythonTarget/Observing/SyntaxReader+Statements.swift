import Failures
import Interchange
import Languages

extension SyntaxReader {
  func statements(_ nodes: JSON?) -> [Statement] { (nodes?.items ?? []).flatMap(statements(of:)) }

  /// A node is one statement; an assignment to several targets is several.
  private func statements(of node: JSON) -> [Statement] {
    let lines = self.lines(node)
    return kinds(of: node).map { Statement($0, lines: lines) }
  }

  private func lines(_ node: JSON) -> ClosedRange<Int> {
    guard let span = node["s"]?.items, span.count == 4, let first = span[0].integer,
      let last = span[2].integer, first <= last
    else { return 0...0 }
    return first...last
  }

  private func kinds(of node: JSON) -> [Statement.Kind] {
    let kind = node["k"]?.text ?? ""
    switch kind {
    case "Assign":
      let value = expression(node["value"])
      return expressions(node["targets"]).map { .bind($0, value) }
    case "AnnAssign":
      guard let value = node["value"], !value.isNull else { return [.pass] }
      return [.bind(expression(node["target"]), expression(value))]
    case "AugAssign":
      let operation = Self.binary[node["op"]?["k"]?.text ?? ""] ?? "?"
      return [.update(expression(node["target"]), operation, expression(node["value"]))]
    case "Expr": return [.evaluate(expression(node["value"]))]
    case "Return": return [.give(given(node["value"]))]
    case "Raise": return [.fail(given(node["exc"]))]
    case "Assert": return [.check(expression(node["test"]), message: given(node["msg"]))]
    case "Pass": return [.pass]
    case "Import", "ImportFrom": return [.importing(imports(node))]
    case "FunctionDef", "AsyncFunctionDef": return [.define(function(node))]
    default: return [compound(node, kind)]
    }
  }

  private func compound(_ node: JSON, _ kind: String) -> Statement.Kind {
    switch kind {
    case "If":
      return .branch(
        test: expression(node["test"]), then: statements(node["body"]),
        otherwise: statements(node["orelse"]))
    case "For", "AsyncFor":
      return .forEach(
        target: expression(node["target"]), iterable: expression(node["iter"]),
        body: statements(node["body"]))
    case "While": return .loop(test: expression(node["test"]), body: statements(node["body"]))
    case "With", "AsyncWith":
      let items = (node["items"]?.items ?? []).map {
        ContextItem(resource: expression($0["context_expr"]), target: given($0["optional_vars"]))
      }
      return .with(items, body: statements(node["body"]))
    case "Try", "TryStar":
      return .attempt(
        body: statements(node["body"]), handlers: handlers(node["handlers"]),
        otherwise: statements(node["orelse"]), finally: statements(node["finalbody"]))
    default: return .unsupported(kind)
    }
  }

  private func given(_ node: JSON?) -> Expression? {
    guard let node, !node.isNull else { return nil }
    return expression(node)
  }

  private func handlers(_ nodes: JSON?) -> [ExceptionHandler] {
    (nodes?.items ?? []).map { node in
      let type = given(node["type"])
      var types: [Expression] = type.map { [$0] } ?? []
      if case .tuple(let several)? = type { types = several }
      return ExceptionHandler(
        types: types, name: node["name"]?.text, body: statements(node["body"]))
    }
  }

  private func imports(_ node: JSON) -> [Import] {
    let module = node["module"]?.text
    let isRelative = (node["level"]?.integer ?? 0) > 0
    return (node["names"]?.items ?? []).compactMap { alias in
      guard let name = alias["name"]?.text, name != "*", !isRelative else { return nil }
      let bound = alias["asname"]?.text
      if let module { return Import(module: module, member: name, name: bound ?? name) }
      // `import a.b` binds `a`.
      return bound.map { Import(module: name, name: $0) }
        ?? Import(
          module: String(name.prefix { $0 != "." }), name: String(name.prefix { $0 != "." }))
    }
  }

  func function(_ node: JSON) -> FunctionDefinition {
    FunctionDefinition(
      name: node["name"]?.text ?? "", parameters: parameters(node["args"]),
      isAsynchronous: node["k"]?.text == "AsyncFunctionDef",
      decorators: expressions(node["decorator_list"]), returns: given(node["returns"]),
      body: statements(node["body"]))
  }
}
