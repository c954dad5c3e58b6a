import Failures
import Languages

/// The inputs of a program as bytes, compact as JSON: what is smaller is decided on them alone.
struct Canonical: Hashable {
  private(set) var bytes: [UInt8] = []

  init(_ program: Program) {
    _ = program.mapInputs { expression in
      guard expression.isLiteral else { return nil }
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
      write(expression)
      return expression
    }
  }

  init(_ expression: Expression) { write(expression) }

  /// Shortlex: the shorter first, then by bytes.
  static func < (left: Canonical, right: Canonical) -> Bool {
    left.bytes.count != right.bytes.count
      ? left.bytes.count < right.bytes.count : left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  private mutating func write(_ expression: Expression) {
    switch expression {
    case .value(let value): write(value)
    case .list(let items): write(items, "[", "]")
    case .tuple(let items): write(items, "(", ")")
    case .set(let items): write(items, "<", ">")
    case .map(let pairs):
      put("{")
      for (position, pair) in pairs.enumerated() {
        if position > 0 { put(",") }
        if let key = pair.key { write(key) }
        put(":")
        write(pair.value)
      }
      put("}")
    default: put("\(expression)")
    }
  }

  private mutating func write(_ items: [Expression], _ opening: String, _ closing: String) {
    put(opening)
    for (position, item) in items.enumerated() {
      if position > 0 { put(",") }
      write(item)
    }
    put(closing)
  }

  private mutating func write(_ value: CapturedValue) {
    switch value {
    case .null: put("null")
    case .bool(let flag): put(flag ? "true" : "false")
    case .integer(let digits): put(digits)
    case .float(let number): put("\(number)")
    case .string(let text):
      put("\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"")
    case .bytes(let content, _):
      put("'")
      bytes += content
      put("'")
    case .list, .tuple, .set, .map: write(Expression.expanded(value))
    default: put("\(value)")
    }
  }

  private mutating func put(_ text: String) { bytes += text.utf8 }
}

extension Expression {
  /// Whether it is data: a value, or a collection in the program's notation.
  var isLiteral: Bool {
    switch self {
    case .value, .list, .tuple, .set, .map: true
    default: false
    }
  }

  /// A collection of values as a collection of expressions, so that both are one to who changes them.
  static func expanded(_ value: CapturedValue) -> Expression {
    switch value {
    case .list(let items): .list(items.map(expanded))
    case .tuple(let items): .tuple(items.map(expanded))
    case .set(let items, frozen: false): .set(items.map(expanded))
    case .map(let entries):
      .map(entries.map { ExpressionPair(key: .value($0.key), value: expanded($0.value)) })
    default: .value(value)
    }
  }

  /// The way back.
  var folded: Expression {
    let folded = mapChildren(\.folded)
    func values(_ items: [Expression]) -> [CapturedValue]? {
      let known = items.compactMap { if case .value(let value) = $0 { value } else { nil } }
      return known.count == items.count ? known : nil
    }
    switch folded {
    case .list(let items): return values(items).map { .value(.list($0)) } ?? folded
    case .tuple(let items): return values(items).map { .value(.tuple($0)) } ?? folded
    case .set(let items): return values(items).map { .value(.set($0, frozen: false)) } ?? folded
    case .map(let pairs):
      guard let keys = values(pairs.compactMap(\.key)), keys.count == pairs.count,
        let held = values(pairs.map(\.value))
      else { return folded }
      return .value(.map(zip(keys, held).map { MapEntry(key: $0, value: $1) }))
    default: return folded
    }
  }
}
