import Failures

extension CapturedText {
  /// A value that holds no other one.
  static func plain(_ value: CapturedValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let digits): digits
    case .float(let number): "\(number)"
    case .string(let text): quoted(text)
    case .illFormedString(let units): "text of \(units.count) units that is no Unicode"
    case .bytes(let bytes, _):
      "bytes " + PageToken.hexadecimal(bytes.prefix(64))
        + (bytes.count > 64 ? "… (\(bytes.count) bytes)" : "")
    case .reference(let identity): "the same as #\(identity)"
    case .enumeration(let type, let member, _): "\(type).\(member)"
    case .date(let moment): date(moment)
    case .decimal(let digits): "decimal \(digits)"
    case .uuid(let text): "uuid \(text)"
    case .path(let text): "path \(quoted(text))"
    case .named(let name): name
    default: ""
    }
  }

  private static func quoted(_ text: String) -> String {
    let shown = text.prefix(400)
    let rest = text.count > 400 ? "… (\(text.count) characters)" : ""
    return "\"" + shown.replacing("\n", with: "\\n") + "\"" + rest
  }

  private static func date(_ moment: Moment) -> String {
    let zone =
      switch moment.zone {
      case .utc: " UTC"
      case .offset(let seconds, let name): " " + (name ?? "\(seconds) s east of UTC")
      case .named(let name): " " + name
      case nil: ""
      }
    return "\(moment.kind.rawValue) " + moment.fields.map(String.init).joined(separator: " ") + zone
  }
}
