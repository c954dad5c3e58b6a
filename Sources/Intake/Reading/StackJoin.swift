/// A stack in plain text, put together from the lines of a log as they come.
///
/// It ends where a record begins, or, once its exception was named, at a blank line that no further stack follows.
struct StackJoin {
  /// A stack that is longer is read as far as it went.
  static let lineLimit = 2000
  static let sizeLimit = 256 << 10

  private enum Phase { case frames, message, gap, linked }

  private static let head = "Traceback (most recent call last):"
  private static let links = [
    "During handling of the above exception", "The above exception was the direct cause",
  ]
  private static let records = [
    "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "FATAL", "[", "{",
  ]

  /// What the writer, a collector or a container's runtime puts before each line.
  private let mark: String
  private(set) var lines: [String]
  private var size: Int
  private var phase = Phase.frames

  /// `nil` for a line that opens no stack.
  init?(opening line: String) {
    guard let found = line.firstRange(of: Self.head) else { return nil }
    let before = line[..<found.lowerBound].replacing("Exception Group ", with: "")
    // What is set in belongs to a group; that is no mark.
    mark = before.first?.isWhitespace ?? true ? "" : String(before)
    lines = [line]
    size = line.utf8.count
  }

  var isFull: Bool { lines.count >= Self.lineLimit || size >= Self.sizeLimit }

  /// Whether what stands at the line's start is this writer's mark; its times differ from line to line.
  func owns(_ line: String) -> Bool { text(of: line) != nil }

  /// The line without the mark; `nil` for another writer's.
  func text(of line: String) -> Substring? {
    if mark.isEmpty { return line[...] }
    let start = line.prefix(mark.count)
    if Self.timeless(start) == Self.timeless(mark) { return line.dropFirst(mark.count) }
    // A blank line may have lost the mark's last blank.
    return Self.timeless(line) + " " == Self.timeless(mark) ? "" : nil
  }

  /// Takes a line of this writer, unless the stack has ended before it.
  mutating func take(_ line: String) -> Bool {
    guard let text = text(of: line), let next = phase(after: text) else { return false }
    phase = next
    lines.append(line)
    size += line.utf8.count + 1
    return true
  }

  private func phase(after text: Substring) -> Phase? {
    let isBlank = text.allSatisfy(\.isWhitespace)
    let isSetIn = text.first?.isWhitespace == true
    if !isBlank, !isSetIn, Self.links.contains(where: text.contains) { return .linked }
    if text.contains(Self.head) {
      // Elsewhere than within a group and behind a link, another stack begins.
      return phase == .linked || (phase == .frames && isSetIn) ? .frames : nil
    }
    switch phase {
    case .frames:
      if isBlank || isSetIn { return .frames }
      return Self.beginsRecord(text) ? nil : .message
    case .message:
      if isBlank { return .gap }
      return Self.beginsRecord(text) ? nil : .message
    case .gap, .linked: return isBlank ? phase : nil
    }
  }

  /// A date, a level, or a structure at the start.
  private static func beginsRecord(_ text: Substring) -> Bool {
    let start = text.utf8.prefix(5)
    let isDate =
      start.count == 5 && start.last == UInt8(ascii: "-")
      && start.dropLast().allSatisfy { (48...57).contains($0) }
    return isDate || records.contains(where: text.hasPrefix)
  }

  /// With every digit of a time as a zero: other digits tell writers apart.
  private static func timeless(_ text: some StringProtocol) -> String {
    String(text).replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]+/) { match in
      String(match.output.map { $0.isNumber ? "0" : $0 })
    }
  }
}
