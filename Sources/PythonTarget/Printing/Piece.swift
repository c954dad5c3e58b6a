/// One token of a logical line, with what the layout must know of it.
struct Piece: Hashable, Sendable {
  enum Bracket: Hashable, Sendable {
    /// Of a list, tuple, set, map or parenthesised expression.
    case atom
    /// Of a call or subscript.
    case trailer
    /// Parentheses that are only written where a line must be broken.
    case optional
  }

  enum Role: Hashable, Sendable {
    case plain
    case open(Bracket)
    case close
    case comma
  }

  var text: String
  /// Whether a space stands before it, on a line with what precedes it.
  var isSpaced: Bool
  var role: Role
  /// How gladly a line is broken here, before operators and after commas; 0 is never.
  var priority: Int

  init(_ text: String, spaced: Bool = false, role: Role = .plain, priority: Int = 0) {
    self.text = text
    isSpaced = spaced
    self.role = role
    self.priority = priority
  }

  var isOpen: Bool { if case .open = role { true } else { false } }
  var isOptional: Bool { role == .open(.optional) }
}

/// The order in which black breaks a line: at the highest of what the line holds.
enum Priority {
  static let comprehension = 20
  static let comma = 18
  static let conditional = 16
  static let logic = 14
  static let text = 12
  static let comparison = 10
  static let member = 1

  static func operation(_ symbol: String) -> Int {
    switch symbol {
    case "|": 9
    case "^": 8
    case "&": 7
    case "<<", ">>": 6
    case "+", "-": 5
    case "**": 2
    default: 4
    }
  }
}

/// One statement, or the head of one, before it is broken into lines.
struct LogicalLine: Hashable, Sendable {
  var depth: Int
  var pieces: [Piece]
  var isInsideBrackets = false
  /// The brackets hold several elements of a collection: one goes on each line.
  var isExploded = false
  /// A function's head is broken at its parameters.
  var isDefinition = false
  /// An import's names are broken one a line.
  var isImport = false

  init(_ depth: Int, _ pieces: [Piece]) {
    self.depth = depth
    self.pieces = pieces
  }

  /// Everything on one line, without indentation.
  var flat: String {
    var text = ""
    for piece in pieces {
      if piece.isSpaced, !text.isEmpty { text += " " }
      text += piece.text
    }
    return text
  }

  func fits(_ length: Int) -> Bool { 4 * depth + DisplayWidth.of(flat) <= length }
}

/// Columns that a text takes in an editor.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
