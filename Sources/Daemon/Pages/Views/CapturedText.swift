import Failures

/// A captured value in pieces that can be read, each loss a piece of its own; what is beyond the bounds is said to be.
struct CapturedText {
  struct Piece {
    var text: String
    /// What is not known of the value here, in words.
    var loss: String?
  }

  private(set) var pieces: [Piece] = []
  private(set) var losses = 0
  private var room: Int
  private static let depthLimit = 6
  private static let itemLimit = 40

  /// `room` is the number of characters that may be shown.
  init(_ value: CapturedValue, room: Int) {
    self.room = room
    show(value, depth: 0)
  }

  private mutating func say(_ text: String) {
    guard room > 0 else { return }
    let shown = text.count > room ? String(text.prefix(room)) + "…" : text
    room -= shown.count
    if let last = pieces.last, last.loss == nil {
      pieces[pieces.count - 1].text += shown
    } else {
      pieces.append(Piece(text: shown, loss: nil))
    }
  }

  private mutating func lose(_ what: String) {
    losses += 1
    guard room > 0 else { return }
    pieces.append(Piece(text: "", loss: what))
  }

  private mutating func show(_ value: CapturedValue, depth: Int) {
    switch value {
    case .list(let items): list(items, "[", "]", depth)
    case .tuple(let items): list(items, "(", ")", depth)
    case .set(let items, _): list(items, "{", "}", depth)
    case .map(let entries): map(entries, depth)
    case .object(let object): self.object(object, depth)
    case .truncated(let known, let certain):
      show(known, depth: depth)
      lose(certain ? "cut by the sender" : "perhaps cut by the sender")
    case .opaque(let type, let description):
      lose(
        "only its \(type == nil ? "description" : "type") is known: \(Self.short(type ?? description))"
      )
    case .redacted(let kind): lose("replaced: \(Self.short(kind))")
    case .absent: lose("not sent")
    case .unread: lose("not read")
    default: say(Self.plain(value))
    }
  }

  private mutating func list(
    _ items: [CapturedValue], _ open: String, _ close: String, _ depth: Int
  ) {
    say(open)
    each(items, depth) { $0.show($1, depth: depth + 1) }
    say(close)
  }

  private mutating func map(_ entries: [MapEntry], _ depth: Int) {
    say("{")
    each(entries, depth) { text, entry in
      text.show(entry.key, depth: depth + 1)
      text.say(": ")
      text.show(entry.value, depth: depth + 1)
    }
    say("}")
  }

  private mutating func object(_ object: ObjectValue, _ depth: Int) {
    say(Self.short(object.type) + "(")
    let parts =
      object.positional.map { NamedValue("", $0) } + object.named
      + (object.content.map { [NamedValue("", $0)] } ?? [])
    each(parts, depth) { text, part in
      if !part.name.isEmpty { text.say(Self.short(part.name) + "=") }
      text.show(part.value, depth: depth + 1)
    }
    say(")")
  }

  private mutating func each<Part>(
    _ parts: [Part], _ depth: Int, _ show: (inout CapturedText, Part) -> Void
  ) {
    guard depth < Self.depthLimit else { return say("…") }
    for (place, part) in parts.prefix(Self.itemLimit).enumerated() {
      if place > 0 { say(", ") }
      show(&self, part)
    }
    if parts.count > Self.itemLimit { say(", … \(parts.count - Self.itemLimit) more") }
  }

  private static func short(_ text: String) -> String {
    text.count > 120 ? String(text.prefix(120)) + "…" : text
  }
}
