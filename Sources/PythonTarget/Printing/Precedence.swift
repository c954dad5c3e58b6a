import Failures
import Languages

/// How tightly the parts of an expression hold together; parentheses are written where a tighter one is needed.
enum Precedence: Int, Comparable {
  case closure, conditional, or, and, not, comparison
  case bitOr, bitExclusive, bitAnd, shift, sum, product, sign, power, await, primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }

  static func operation(_ symbol: String) throws(PrintingError) -> Precedence {
    switch symbol {
    case "|": .bitOr
    case "^": .bitExclusive
    case "&": .bitAnd
    case "<<", ">>": .shift
    case "+", "-": .sum
    case "*", "/", "//", "%", "@": .product
    case "**": .power
    default: throw .unsupported("the operator " + symbol)
    }
  }
}

extension Expression {
  func precedence() throws(PrintingError) -> Precedence {
    switch self {
    case .closure: .closure
    case .conditional: .conditional
    case .boolean(let operation, let operands):
      if operands.count == 1 {
        try operands[0].precedence()
      } else if operation == "or" {
        .or
      } else {
        .and
      }
    case .unary("not", _): .not
    case .unary: .sign
    case .comparison(let first, let parts): parts.isEmpty ? try first.precedence() : .comparison
    case .binary(_, let operation, _): try .operation(operation)
    case .awaited: .await
    case .value(.integer(let text)): text.hasPrefix("-") ? .sign : .primary
    case .value(.float(let number)): number.isFinite && number.sign == .minus ? .sign : .primary
    case .value(.truncated(let known, _)): try Expression.value(known).precedence()
    default: .primary
    }
  }

  /// A number before a dot would swallow it.
  var isNumber: Bool {
    switch self {
    case .value(.integer), .value(.float): true
    case .value(.truncated(let known, _)): Expression.value(known).isNumber
    default: false
    }
  }

  /// What black writes without spaces around `**`: names with attributes and numbers, with a sign or none.
  var isSimplePowerOperand: Bool {
    switch self {
    case .unary("-", let operand): operand.isNumber && (try? operand.precedence()) == .primary
    case .attribute(let base, _): base.isDottedName
    default: isNumber || isDottedName
    }
  }

  private var isDottedName: Bool {
    switch self {
    case .name, .symbol: true
    case .attribute(let base, _): base.isDottedName
    default: false
    }
  }

  /// Whether black writes spaces around the colon of a slice that holds this.
  var isComplexInSlice: Bool {
    switch self {
    case .name, .value(.integer), .value(.null), .value(.string), .value(.bool): false
    case .value(.float(let number)): !number.isFinite
    case .symbol(let symbol): symbol.path.count != 1
    case .unary("-", let operand), .unary("+", let operand), .unary("~", let operand):
      operand.isComplexInSlice
    default: true
    }
  }
}
