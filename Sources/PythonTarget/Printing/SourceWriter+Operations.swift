import Languages

extension SourceWriter {
  mutating func write(operation expression: Expression) throws(PrintingError) {
    switch expression {
    case .unary(let operation, let operand): try write(unary: operation, operand)
    case .binary(let left, let operation, let right): try write(binary: left, operation, right)
    case .comparison(let first, let parts): try write(comparison: first, parts)
    case .boolean(let operation, let operands): try write(boolean: operation, operands)
    case .conditional(let test, let then, let otherwise):
      try write(then, atLeast: .or)
      write("if", spaced: true, priority: Priority.conditional)
      try spaced { (writer) throws(PrintingError) in try writer.write(test, atLeast: .or) }
      write("else", spaced: true, priority: Priority.conditional)
      try spaced { (writer) throws(PrintingError) in
        try writer.write(otherwise, atLeast: .conditional)
      }
    default: break
    }
  }

  private mutating func write(
    unary operation: String, _ operand: Expression
  ) throws(PrintingError) {
    switch operation {
    case "not":
      write("not")
      try spaced { (writer) throws(PrintingError) in try writer.write(operand, atLeast: .not) }
    case "-", "+", "~":
      write(operation)
      try write(operand, atLeast: .sign, inParentheses: operand.isPower)
    default: throw .unsupported("the operator " + operation)
    }
  }

  /// black writes `-(a ** b)` with parentheses.
  private mutating func write(
    _ operand: Expression, atLeast least: Precedence, inParentheses: Bool
  ) throws(PrintingError) {
    guard inParentheses else { return try write(operand, atLeast: least) }
    open("(", .atom)
    try write(operand)
    close(")")
  }

  private mutating func write(
    binary left: Expression, _ operation: String, _ right: Expression
  ) throws(PrintingError) {
    let precedence = try Precedence.operation(operation)
    let isPower = precedence == .power
    try write(left, atLeast: isPower ? .await : precedence)
    let isTight = isPower && left.isSimplePowerOperand && right.isSimplePowerOperand
    write(operation, spaced: !isTight, priority: Priority.operation(operation))
    let start = pieces.count
    try write(right, atLeast: isPower ? .sign : precedence.tighter)
    if !isTight, start < pieces.count { pieces[start].isSpaced = true }
  }

  private mutating func write(
    comparison first: Expression, _ parts: [ComparisonPart]
  ) throws(PrintingError) {
    if parts.isEmpty { return try write(first) }
    try write(first, atLeast: .bitOr)
    for part in parts {
      guard Self.comparisons.contains(part.operation) else {
        throw .unsupported("the operator " + part.operation)
      }
      write(part.operation, spaced: true, priority: Priority.comparison)
      try spaced { (writer) throws(PrintingError) in
        try writer.write(part.operand, atLeast: .bitOr)
      }
    }
  }

  private static let comparisons: Set<String> = [
    "==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in",
  ]

  private mutating func write(
    boolean operation: String, _ operands: [Expression]
  ) throws(PrintingError) {
    guard operation == "and" || operation == "or", let first = operands.first else {
      throw .unsupported("the operator " + operation)
    }
    if operands.count == 1 { return try write(first) }
    let least: Precedence = operation == "or" ? .and : .not
    try write(first, atLeast: least)
    for operand in operands.dropFirst() {
      write(operation, spaced: true, priority: Priority.logic)
      try spaced { (writer) throws(PrintingError) in try writer.write(operand, atLeast: least) }
    }
  }
}

extension Expression {
  fileprivate var isPower: Bool {
    if case .binary(_, "**", _) = self { return true }
    return false
  }
}
