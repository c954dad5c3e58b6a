import Languages

extension Notation {
  /// Python's notation; operands get parentheses where their place asks for them.
  public static let python: Notation = {
    var notation = plain
    notation.noFailureType = "()"
    return notation
  }()

  private static let plain = Notation(
    nothing: "None", yes: "True", no: "False",
    isNothing: { "\(OperandText.above(.comparison, $0)) is None" },
    isSomething: { "\(OperandText.above(.comparison, $0)) is not None" },
    not: { "not \(OperandText.at(.not, $0))" },
    all: { OperandText.joined($0, " and ", each: .and, empty: "True") },
    any: { OperandText.joined($0, " or ", each: .or, empty: "False") },
    isInstance: { value, types in
      "isinstance(\(OperandText.at(.closure, value)), \(OperandText.types(types)))"
    },
    contains: { collection, item in
      "\(OperandText.above(.comparison, item)) in \(OperandText.above(.comparison, collection))"
    },
    count: { "len(\(OperandText.at(.closure, $0)))" },
    conditional: { test, then, otherwise in
      let test = OperandText.above(.conditional, test)
      return
        "\(OperandText.above(.conditional, then)) if \(test) else \(OperandText.at(.closure, otherwise))"
    },
    valueOfKey: { map, key, standard in
      let key = OperandText.at(.closure, key)
      let rest = standard == "None" ? "" : ", \(OperandText.at(.closure, standard))"
      return "\(OperandText.at(.primary, map)).get(\(key)\(rest))"
    },
    valueOfAttribute: { object, name, standard in
      let object = OperandText.at(.closure, object)
      return
        "getattr(\(object), \(TextNotation.string(name)), \(OperandText.at(.closure, standard)))"
    },
    convert: { type, value in
      "\(OperandText.at(.primary, type))(\(OperandText.at(.closure, value)))"
    },
    copy: { "\(OperandText.at(.primary, $0)).copy()" },
    awaiting: { "await \(OperandText.at(.primary, $0))" },
    bind: { target, value in "\(target) = \(value)" },
    give: { value in value.map { "return \($0)" } ?? "return" },
    fail: { exception, message in
      "raise \(OperandText.at(.primary, exception))"
        + (message.map { "(\(OperandText.at(.closure, $0)))" } ?? "")
    },
    proceed: "continue", pass: "pass",
    branch: { test, body in ["if \(OperandText.at(.closure, test)):"] + block(body) },
    attempt: { body, types, handler in
      let types = types.isEmpty ? "Exception" : OperandText.types(types)
      return ["try:"] + block(body) + ["except \(types):"] + block(handler)
    },
    textLiteral: TextNotation.string)

  private static func block(_ lines: [String]) -> [String] {
    (lines.isEmpty ? ["pass"] : lines).map { $0.isEmpty ? $0 : "    " + $0 }
  }
}
