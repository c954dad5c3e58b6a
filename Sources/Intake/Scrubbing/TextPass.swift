import Foundation

/// One pass over the texts of an event: either it looks for secrets, or it replaces them.
///
/// A text is first read in every notation that it may hold, then by its forms and names; what was replaced once stays.
final class TextPass {
  /// A text in an event: where it stands, and what its name announces.
  struct Spot {
    var place: String
    var kind: String?
    var role = Finds.Role.text
  }

  /// A secret that was seen.
  struct Candidate {
    var text: [UInt8]
    var whole: String
    var kind: String
    var form: Disguise.Form
    var place: String
    var spreads: Bool
  }

  /// JSON in a printed map in JSON, with percent signs, in base 64: nobody packs more.
  private static let deepest = 6

  private let scrubber: Scrubber
  private let known: KnownSecrets
  private let isLooking: Bool
  /// What is nobody's secret, because the repository itself holds it.
  private let held: Set<String>
  private let manners: [[UInt8]: Disguise.Manner]
  private(set) var candidates: [Candidate] = []
  private(set) var redactions: [Redaction] = []
  private(set) var given: Set<[UInt8]> = []
  private var said: Set<Redaction> = []

  init(
    looking scrubber: Scrubber, given: Set<[UInt8]>
  ) {
    self.scrubber = scrubber
    isLooking = true
    known = KnownSecrets(given: given)
    held = []
    manners = [:]
  }

  init(
    replacing known: KnownSecrets, _ scrubber: Scrubber, held: Set<String>,
    manners: [[UInt8]: Disguise.Manner]
  ) {
    self.scrubber = scrubber
    isLooking = false
    self.known = known
    self.held = held
    self.manners = manners
  }

  func covered(_ bytes: [UInt8], at spot: Spot) -> [UInt8] {
    walk(bytes, spot, depth: Self.deepest).bytes
  }

  // MARK: one text

  private func walk(_ bytes: [UInt8], _ spot: Spot, depth: Int) -> Marked {
    var marked = Marked(bytes)
    guard bytes.count >= (spot.kind == nil ? 6 : 1) else { return marked }
    for occurrence in known.occurrences(in: bytes) { cover(occurrence, &marked, spot) }
    let signs = Signs(bytes)
    var finds = Finds(in: bytes, signs, role: spot.role, names: scrubber.names)
    finds.add(scrubber.rules, in: bytes)
    if depth > 0 {
      let own = finds.named.map(\.range).filter { $0 != bytes.indices }
      for notation in Notation.all(in: bytes, signs)
      // What is packed under a name is read below, as what the name says.
      where !notation.isPacked || !own.contains(where: notation.range.overlaps) {
        var inner = spot
        // What is packed is the whole value, or something of its own.
        let last = bytes.lastIndex { $0 != UInt8(ascii: "=") } ?? 0
        if notation.range != bytes.indices, notation.range != 0..<(last + 1) { inner.kind = nil }
        notation.write(walk(notation.content, inner, depth: depth - 1), into: &marked)
      }
    }
    for (range, kind) in finds.named where depth > 0 && range != bytes.indices {
      let inner = Spot(place: spot.place, kind: kind)
      marked.take(walk(Array(bytes[range]), inner, depth: depth - 1), at: range.lowerBound)
    }
    for secret in finds.secrets { cover(secret, &marked, spot) }
    if let kind = spot.kind { coverRest(of: &marked, finds, kind, spot) }
    return marked
  }

  private func cover(
    _ occurrence: KnownSecrets.Occurrence, _ marked: inout Marked, _ spot: Spot
  ) {
    let text = Array(marked.original[occurrence.range])
    if occurrence.isGiven {
      for place in occurrence.range { marked.put(marked.original[place], at: place) }
    } else {
      let kind = kinds[text.folded] ?? "secret"
      replace(occurrence.range, of: &marked, form: occurrence.form, kind, spot)
    }
  }

  /// What kind each known secret was seen as.
  var kinds: [[UInt8]: String] = [:]

  private func cover(_ secret: Finds.Secret, _ marked: inout Marked, _ spot: Spot) {
    let range = secret.range
    let text = Array(marked.original[range])
    let whole = String(decoding: marked.original[secret.whole], as: UTF8.self)
    guard !marked.isDone(range) else { return }
    guard !held.contains(whole), !known.isGiven(text) else {
      for place in range { marked.put(marked.original[place], at: place) }
      return
    }
    // A replacement in a word makes the word random, and was not so before.
    if secret.kind == "random", range.contains(where: { marked.done[$0] }) { return }
    if isLooking {
      candidates.append(
        Candidate(
          text: text, whole: whole, kind: secret.kind, form: secret.form, place: spot.place,
          spreads: secret.spreads))
    }
    replace(range, of: &marked, form: secret.form, secret.kind, spot)
  }

  /// What a name announces is a secret down to its last letter, but for what every such value has.
  private func coverRest(
    of marked: inout Marked, _ finds: Finds, _ kind: String, _ spot: Spot
  ) {
    let text = marked.original
    guard !held.contains(String(decoding: text, as: UTF8.self)) else { return }
    var isKept = Structure.of(text, kind: kind)
    for range in finds.structure { for place in range { isKept[place] = true } }
    let signs = text.filter { $0 != 45 }
    let isHexadecimal =
      signs.count >= 8 && signs.allSatisfy(\.isHexadecimalDigit) && signs.contains(where: \.isDigit)
    var start = 0
    while start < text.count {
      guard !isKept[start], !marked.done[start] else {
        start += 1
        continue
      }
      var end = start
      while end < text.count, !isKept[end], !marked.done[end] { end += 1 }
      let range = Structure.trimmed(text, start..<end)
      if range.contains(where: { text[$0].isAlphanumeric }) {
        let form: Disguise.Form = isHexadecimal ? .hexadecimal : .plain
        cover(Finds.Secret(range, kind, form: form), &marked, spot)
      }
      start = end
    }
  }

  // MARK: replacing

  private func replace(
    _ range: Range<Int>, of marked: inout Marked, form: Disguise.Form, _ kind: String, _ spot: Spot
  ) {
    let new = replaced(Array(marked.original[range]), form)
    for (byte, place) in zip(new, range) { marked.put(byte, at: place) }
    guard !isLooking else { return }
    given.insert(Array(marked.bytes[range]))
    let redaction = Redaction(kind: kind, place: spot.place)
    if said.insert(redaction).inserted { redactions.append(redaction) }
  }

  /// The replacement of a text; what other secrets it holds are replaced in it as everywhere.
  private func replaced(_ text: [UInt8], _ form: Disguise.Form) -> [UInt8] {
    guard !isLooking else { return text }
    var result = scrubber.disguise.covered(
      text, form: form, manner: manners[text.folded] ?? .strict)
    guard form == .plain || form == .hexadecimal else { return result }
    for inner in known.occurrences(in: text, shorter: true) {
      let part = Array(text[inner.range])
      result.replaceSubrange(
        inner.range, with: inner.isGiven ? part : replaced(part, inner.form))
    }
    return result
  }
}
