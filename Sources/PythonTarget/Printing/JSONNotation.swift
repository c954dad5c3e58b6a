import Failures

/// JSON for the values that Python's `json.loads` gives back exactly equal.
enum JSONNotation {
  static func text(_ value: CapturedValue) -> String? {
    var text = ""
    return append(value, to: &text, indentation: "\n") ? text : nil
  }

  private static func append(
    _ value: CapturedValue, to text: inout String, indentation: String
  ) -> Bool {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number):
      guard let (digits, isNegative) = NumberNotation.integer(number), !digits.hasPrefix("0x")
      else {
        return false
      }
      text += (isNegative ? "-" : "") + digits
    case .float(let number):
      guard number.isFinite else { return false }
      text += number.description
    case .string(let string): text += quoted(string)
    case .list(let values):
      return append(values, to: &text, indentation, "[", "]") { value, text, inner in
        append(value, to: &text, indentation: inner)
      }
    case .map(let entries):
      return append(entries, to: &text, indentation, "{", "}") { entry, text, inner in
        guard case .string(let key) = entry.key else { return false }
        text += quoted(key) + ": "
        return append(entry.value, to: &text, indentation: inner)
      }
    case .truncated(let known, certain: false):
      return append(known, to: &text, indentation: indentation)
    default: return false
    }
    return true
  }

  private static func append<Element>(
    _ elements: [Element], to text: inout String, _ indentation: String, _ opening: String,
    _ closing: String, _ body: (Element, inout String, String) -> Bool
  ) -> Bool {
    text += opening
    let inner = indentation + "  "
    for (position, element) in elements.enumerated() {
      text += (position > 0 ? "," : "") + inner
      guard body(element, &text, inner) else { return false }
    }
    text += (elements.isEmpty ? "" : indentation) + closing
    return true
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case " "..."~": text.unicodeScalars.append(scalar)
      default:
        for unit in String(scalar).utf16 {
          text += "\\u" + TextNotation.hexadecimal(UInt32(unit), width: 4)
        }
      }
    }
    return text + "\""
  }
}
