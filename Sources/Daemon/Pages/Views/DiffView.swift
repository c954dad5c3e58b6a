/// A patch, a line at a time; the sign at a line's beginning says what its colour does.
struct DiffView {
  struct Line {
    let text: String
    let kind: String
  }

  let lines: [Line]
  let more: Int?
  let origin: String
  let differsOn: String?

  private static let limit = 600

  init(_ diff: String, origin: String, differsOn: String? = nil) {
    let all = diff.split(separator: "\n", omittingEmptySubsequences: false)
    let trimmed = all.last?.isEmpty == true ? all.dropLast() : all[...]
    lines = trimmed.prefix(Self.limit).map {
      Line(text: String($0.prefix(1000)), kind: Self.kind($0))
    }
    more = trimmed.count > Self.limit ? trimmed.count - Self.limit : nil
    self.origin = origin
    self.differsOn = differsOn
  }

  private static func kind(_ line: Substring) -> String {
    if line.hasPrefix("+++") || line.hasPrefix("---") || line.hasPrefix("diff ") { return "file" }
    return switch line.first {
    case "@": "place"
    case "+": "added"
    case "-": "removed"
    default: "same"
    }
  }
}
