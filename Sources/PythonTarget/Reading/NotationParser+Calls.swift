import Failures

extension NotationParser {
  /// What begins with a name: a constant, a literal with a prefix, or a construction.
  mutating func named() -> CapturedValue? {
    guard let name = dottedName() else { return nil }
    if next == "'" || next == "\"" {
      let prefix = name.lowercased()
      guard ["r", "b", "u", "br", "rb"].contains(prefix) else { return nil }
      return string(prefix: prefix)
    }
    if next == "(" { return construction(of: name) }
    switch name {
    case "None": return .null
    case "True": return .bool(true)
    case "False": return .bool(false)
    case "nan": return .float(.nan)
    case "inf": return .float(.infinity)
    case "nanj", "infj":
      let imaginary = name == "nanj" ? Double.nan : .infinity
      return .object(ObjectValue(type: "complex", positional: [.float(0), .float(imaginary)]))
    case "datetime.timezone.utc": return .date(Moment(kind: .zone, fields: [], zone: .utc))
    case "Ellipsis": return .opaque(type: "ellipsis", description: name)
    case "NotImplemented": return .opaque(type: "NotImplementedType", description: name)
    default: return nil
    }
  }

  private mutating func dottedName() -> String? {
    let start = position
    var isStart = true
    while let scalar = next {
      if isWordPart(scalar), !(isStart && ("0"..."9").contains(scalar)) {
        isStart = false
      } else if scalar == ".", !isStart {
        isStart = true
      } else if scalar == "<", isStart, position > start, take("<locals>.") {
        continue
      } else {
        break
      }
      position += 1
    }
    return position > start && !isStart ? text(start..<position) : nil
  }

  private mutating func construction(of type: String) -> CapturedValue? {
    guard take("(" as Unicode.Scalar) else { return nil }
    var object = ObjectValue(type: type)
    var isWhole = false
    while true {
      skipSpaces()
      if take(")" as Unicode.Scalar) {
        isWhole = true
        break
      }
      if isCutHere() { break }
      let name = argumentName()
      guard let value = element(until: [",", ")"]) else { return nil }
      if value == .unread {
        break
      } else if let name {
        object.named.append(NamedValue(name, value))
      } else {
        guard object.named.isEmpty else { return nil }
        object.positional.append(value)
      }
      skipSpaces()
      if take("," as Unicode.Scalar) { continue }
      if next != ")", !isAtCut { return nil }
    }
    let value = isWhole ? StandardConstruction.value(of: object) : nil
    return marked(value ?? .object(object), isWhole)
  }

  /// `name=` before an argument; goes back where there is none.
  private mutating func argumentName() -> String? {
    let start = position
    if let name = dottedName(), !name.contains("."), next == "=", peek(1) != "=" {
      position += 1
      return name
    }
    position = start
    return nil
  }
}
