import Failures
import Interchange
import Languages

/// Turns the kit's syntax trees into the stages' expressions and statements; what has no counterpart is `unsupported`.
struct SyntaxReader {
  func expression(_ node: JSON?) -> Expression {
    guard let node, let kind = node["k"]?.text else { return .unsupported("nothing") }
    switch kind {
    case "Constant": return constant(node)
    case "Name": return .name(node["id"]?.text ?? "")
    case "Attribute": return .attribute(expression(node["value"]), node["attr"]?.text ?? "")
    case "Subscript": return .item(expression(node["value"]), expression(node["slice"]))
    case "Slice":
      return .slice(
        from: optional(node["lower"]), to: optional(node["upper"]), by: optional(node["step"]))
    case "Call": return call(node)
    case "List": return .list(expressions(node["elts"]))
    case "Tuple": return .tuple(expressions(node["elts"]))
    case "Set": return .set(expressions(node["elts"]))
    case "Dict": return map(node)
    case "UnaryOp": return unary(node)
    case "BinOp":
      return .binary(
        expression(node["left"]), Self.binary[operation(node["op"])] ?? "?",
        expression(node["right"]))
    case "BoolOp":
      return .boolean(operation(node["op"]) == "And" ? "and" : "or", expressions(node["values"]))
    case "Compare": return comparison(node)
    case "IfExp":
      return .conditional(
        test: expression(node["test"]), then: expression(node["body"]),
        otherwise: expression(node["orelse"]))
    case "Lambda":
      guard let parameters = plainParameters(node["args"]) else { return .unsupported("lambda") }
      return .closure(parameters: parameters, body: expression(node["body"]))
    case "ListComp", "SetComp", "GeneratorExp", "DictComp": return comprehension(node, kind)
    case "Await": return .awaited(expression(node["value"]))
    case "Starred": return .unsupported("spread")
    default: return .unsupported(kind)
    }
  }

  func expressions(_ nodes: JSON?) -> [Expression] { (nodes?.items ?? []).map(expression) }

  private func optional(_ node: JSON?) -> Expression? {
    guard let node, !node.isNull else { return nil }
    return expression(node)
  }

  private func constant(_ node: JSON) -> Expression {
    let text = node["v"]?.text ?? ""
    switch node["t"]?.text {
    case "str":
      if case .illFormedString(let units)? = node["v"] { return .value(.illFormedString(units)) }
      return .value(.string(text))
    case "bytes": return .value(.bytes(Self.bytes(hexadecimal: text), mutable: false))
    case "NoneType": return .value(.null)
    case "ellipsis": return .unsupported("ellipsis")
    default: return .value(NotationReader().read(text))
    }
  }

  private static func bytes(hexadecimal text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }

  private func call(_ node: JSON) -> Expression {
    let positional = (node["args"]?.items ?? []).map { argument -> Argument in
      argument["k"]?.text == "Starred"
        ? Argument(.spread, expression(argument["value"]))
        : Argument(.positional, expression(argument))
    }
    let named = (node["keywords"]?.items ?? []).map { keyword -> Argument in
      let value = expression(keyword["value"])
      return keyword["arg"]?.text.map { Argument(.named($0), value) }
        ?? Argument(.namedSpread, value)
    }
    return .call(expression(node["func"]), positional + named)
  }

  private func map(_ node: JSON) -> Expression {
    let keys = node["keys"]?.items ?? []
    let values = node["values"]?.items ?? []
    return .map(zip(keys, values).map { ExpressionPair(key: optional($0), value: expression($1)) })
  }

  private func unary(_ node: JSON) -> Expression {
    let operand = expression(node["operand"])
    let symbols = ["Not": "not", "USub": "-", "UAdd": "+", "Invert": "~"]
    if operation(node["op"]) == "USub", case .value(.integer(let digits)) = operand {
      return .value(.integer("-" + digits))
    }
    if operation(node["op"]) == "USub", case .value(.float(let number)) = operand {
      return .value(.float(-number))
    }
    return .unary(symbols[operation(node["op"])] ?? "?", operand)
  }

  private func comparison(_ node: JSON) -> Expression {
    let operations = (node["ops"]?.items ?? []).map { Self.comparisons[operation($0)] ?? "?" }
    let operands = expressions(node["comparators"])
    return .comparison(
      expression(node["left"]), zip(operations, operands).map { ComparisonPart($0, $1) })
  }

  private func comprehension(_ node: JSON, _ kind: String) -> Expression {
    let clauses = (node["generators"]?.items ?? []).map {
      Comprehension.Clause(
        target: expression($0["target"]), iterable: expression($0["iter"]),
        conditions: expressions($0["ifs"]))
    }
    let kinds: [String: Comprehension.Kind] = [
      "ListComp": .list, "SetComp": .set, "GeneratorExp": .lazy, "DictComp": .map,
    ]
    return .comprehension(
      Comprehension(
        kind: kinds[kind] ?? .list, key: optional(node["key"]),
        element: expression(node["elt"] ?? node["value"]), clauses: clauses))
  }

  private func plainParameters(_ node: JSON?) -> [String]? {
    let parameters = self.parameters(node)
    return parameters.allSatisfy { $0.kind == .positional && $0.standard == nil }
      ? parameters.map(\.name) : nil
  }

  private func operation(_ node: JSON?) -> String { node?["k"]?.text ?? "" }

  static let binary = [
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "LShift": "<<", "RShift": ">>", "BitOr": "|", "BitAnd": "&", "BitXor": "^", "MatMult": "@",
  ]
  private static let comparisons = [
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "In": "in",
    "NotIn": "not in", "Is": "is", "IsNot": "is not",
  ]

  // MARK: parameters

  func parameters(_ node: JSON?) -> [Parameter] {
    guard let node, !node.isNull else { return [] }
    let only = node["posonlyargs"]?.items ?? []
    let plain = node["args"]?.items ?? []
    let standards = expressions(node["defaults"])
    let offset = only.count + plain.count - standards.count
    func parameter(_ item: JSON, _ kind: Parameter.Kind, _ standard: Expression?) -> Parameter {
      Parameter(
        name: item["arg"]?.text ?? "", kind: kind, annotation: optional(item["annotation"]),
        standard: standard)
    }
    var found = (only + plain).enumerated().map { position, item in
      parameter(
        item, position < only.count ? .positionalOnly : .positional,
        position >= offset ? standards[position - offset] : nil)
    }
    if let rest = node["vararg"], !rest.isNull { found.append(parameter(rest, .rest, nil)) }
    let named = node["kwonlyargs"]?.items ?? []
    let namedStandards = node["kw_defaults"]?.items ?? []
    for (position, item) in named.enumerated() {
      let standard = position < namedStandards.count ? optional(namedStandards[position]) : nil
      found.append(parameter(item, .named, standard))
    }
    if let rest = node["kwarg"], !rest.isNull { found.append(parameter(rest, .namedRest, nil)) }
    return found
  }
}
