import Foundation

/// What a page is made of, as a tree of plain texts: nothing in it can do anything but be read.
///
/// Escaping works on whole characters, and a `<` that a neighbouring mark is drawn into is another character: such marks, like everything that
/// is not seen or that turns the direction of writing, are shown by their number.
enum Inert {
  static func tree(_ value: Any) -> Any {
    switch value {
    case let text as String: return self.text(text)
    case is Bool, is Int: return value
    case let list as [Any]: return list.map(tree)
    default: break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      return mirror.children.first.map { tree($0.value) } ?? NSNull()
    }
    var members: [String: Any] = [:]
    for child in mirror.children {
      if let label = child.label { members[label] = tree(child.value) }
    }
    return members
  }

  static func text(_ text: String) -> String {
    var shown = ""
    shown.reserveCapacity(text.utf8.count)
    for character in text {
      let scalars = character.unicodeScalars
      let isCrowded = scalars.count > 1 && scalars.contains { "<>&\"'".unicodeScalars.contains($0) }
      for scalar in scalars {
        if isHidden(scalar) || (isCrowded && !scalar.isASCII) {
          shown += picture(scalar)
        } else {
          shown.unicodeScalars.append(scalar)
        }
      }
    }
    return shown
  }

  /// Whether a reader would not see it, or see something else for its sake.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t": return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func picture(_ scalar: Unicode.Scalar) -> String {
    "⟨U+" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
  }
}
