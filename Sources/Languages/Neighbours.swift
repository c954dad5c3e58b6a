import Failures
import Foundation

/// Programs that differ from a given one in a single literal, the likeliest to succeed first.
public enum Neighbours {
  public struct Neighbour: Sendable, Hashable {
    public var program: Program
    /// `"" instead of a text of 12 characters`, without captured values.
    public var changed: String
    /// Whether the literal is of the kind that it was: another text for a text.
    public var isSameKind: Bool
    /// Whether it is one that only careless tests tell apart: what code does with it is seldom meant.
    public var isFarther: Bool
  }

  /// At most `limit` neighbours, spread over the literals of the program. With `isWide` also those that are told apart by
  /// careless tests: zero, empty values and entries that are missing, each by itself.
  public static func of(_ program: Program, limit: Int, isWide: Bool = false) -> [Neighbour] {
    let sites = Sites(program: program)
    let near = sites.values.map(variants)
    let all = zip(near, sites.values).map { $0 + (isWide ? careless(near: $1) : []) }
    let rounds = (0..<20).flatMap { round in
      sites.values.indices.compactMap { site -> Neighbour? in
        guard round < all[site].count else { return nil }
        let value = all[site][round].value
        return Neighbour(
          program: sites.replacing(site, with: value), changed: all[site][round].words,
          isSameKind: value.isSameKind(as: sites.values[site]),
          isFarther: round >= near[site].count)
      }
    }
    return Array(rounds.prefix(limit))
  }

  private static func careless(
    near value: CapturedValue
  ) -> [(value: CapturedValue, words: String)] {
    switch value {
    case .null:
      return [
        (.integer("0"), "0 instead of nothing"), (.string(""), "an empty text instead of nothing"),
        (.bool(false), "no instead of nothing"), (.list([]), "an empty list instead of nothing"),
      ]
    case .integer(let digits) where digits != "0":
      return [(.null, "nothing instead of a number"), (.integer("1000003"), "a large number")]
    case .string(let text) where !text.isEmpty:
      return [(.null, "nothing instead of a text"), (.string(" "), "a blank")]
    case .list(let items) where items.count > 1:
      return [(.list([]), "an empty list"), (.list(items.reversed()), "the list turned round")]
    case .map(let entries):
      return entries.indices.prefix(8).map { place in
        var fewer = entries
        fewer.remove(at: place)
        return (.map(fewer), "a map without its entry \(place + 1)")
      }
        + entries.indices.prefix(8).map { place in
          var other = entries
          other[place].value = .null
          return (.map(other), "a map with nothing in its entry \(place + 1)")
        }
    default: return []
    }
  }

  private static func variants(
    of value: CapturedValue
  ) -> [(value: CapturedValue, words: String)] {
    switch value {
    case .null:
      return [(.integer("1"), "1 instead of nothing"), (.string("a"), "a text instead of nothing")]
    case .bool(let flag): return [(.bool(!flag), "\(!flag) instead of \(flag)")]
    case .integer:
      return ["1", "2", "0", "-1", "10"].filter { .integer($0) != value }.map {
        (.integer($0), "\($0) instead of another number")
      }
    case .float:
      return [
        (.float(1.5), "1.5 instead of another number"),
        (.float(0), "0.0 instead of another number"),
      ]
    case .string(let text): return texts(near: text)
    case .bytes(let bytes, let mutable):
      let text = String(validating: bytes, as: UTF8.self) ?? ""
      let others = words(of: text).map {
        (
          CapturedValue.bytes(Array($0.utf8), mutable: mutable),
          "1 in the place of a word of the bytes"
        )
      }
      return others + [
        (.bytes([], mutable: mutable), "no bytes"),
        (.bytes(bytes + [97], mutable: mutable), "one byte more"),
      ]
    case .list(let items):
      return lists(near: items).map { (.list($0.0), $0.1) }
        + otherKinds(than: "a list", items.first)
    case .tuple(let items):
      return lists(near: items).map { (.tuple($0.0), $0.1) }
        + otherKinds(than: "a tuple", items.first)
    case .map(let entries):
      if entries.isEmpty {
        return [
          (
            .map([MapEntry(key: .string("a"), value: .string("b"))]),
            "a map with one entry instead of none"
          )
        ]
      }
      return [
        (.map(Array(entries.dropLast())), "a map with an entry less"), (.map([]), "an empty map"),
      ] + otherKinds(than: "a map", nil)
    case .date(let moment): return moments(near: moment)
    default: return []
    }
  }

  /// What fails because of its kind is told by values of other kinds.
  private static func otherKinds(
    than kind: String, _ first: CapturedValue?
  ) -> [(value: CapturedValue, words: String)] {
    let item = first.map { [($0, "the first item in the place of \(kind)")] } ?? []
    return item + [
      (.null, "nothing instead of \(kind)"), (.string("a"), "a text instead of \(kind)"),
      (.integer("1"), "1 instead of \(kind)"),
    ]
  }

  private static func texts(near text: String) -> [(value: CapturedValue, words: String)] {
    var variants: [(CapturedValue, String)] = []
    if text.isEmpty {
      variants += [
        (.string("a"), "\"a\" instead of an empty text"),
        (.string("1"), "\"1\" instead of an empty text"),
      ]
    } else {
      variants += [
        (.string("a"), "\"a\" instead of another text"),
        (.string("1"), "\"1\" instead of another text"),
        (.string(""), "an empty text"), (.string(text + "\n"), "the text with a line's end"),
        (.string(String(text.dropLast())), "the text without its last character"),
      ]
      variants += words(of: text).map { (.string($0), "1 in the place of a word of the text") }
    }
    return variants
  }

  /// The text with one of its words replaced, for up to eight words spread over it.
  private static func words(of text: String) -> [String] {
    guard text.utf8.count <= 4000 else { return [] }
    var ranges: [Range<String.Index>] = []
    var start: String.Index?
    for index in text.indices {
      let isPart = text[index].isLetter || text[index].isNumber || text[index] == "."
      if isPart, start == nil { start = index }
      if !isPart, let begun = start {
        ranges.append(begun..<index)
        start = nil
      }
    }
    if let begun = start, begun > text.startIndex { ranges.append(begun..<text.endIndex) }
    let step = max(1, ranges.count / 8)
    return stride(from: ranges.count - 1, through: 0, by: -step).map {
      text.replacingCharacters(in: ranges[$0], with: "1")
    }
  }

  /// Another day, another hour, and the other answer to whether there is a time zone.
  private static func moments(near moment: Moment) -> [(value: CapturedValue, words: String)] {
    var found: [(CapturedValue, String)] = []
    var other = moment
    if moment.kind == .date || moment.kind == .dateTime, moment.fields.count > 2 {
      other.fields[1] = moment.fields[1] % 12 + 1
      other.fields[2] = moment.fields[2] == 15 ? 14 : 15
      found.append((.date(other), "another day"))
    }
    let hour = moment.kind == .time ? 0 : 3
    if moment.kind == .time || moment.kind == .dateTime, moment.fields.count > hour {
      other = moment
      other.fields[hour] = (moment.fields[hour] + 11) % 24
      found.append((.date(other), "another hour"))
      other = moment
      other.zone = moment.zone == nil ? .utc : nil
      let words = "a moment \(moment.zone == nil ? "with" : "without") a time zone"
      // What is told apart by its zone is told first, as before.
      found.insert((.date(other), words), at: 0)
    }
    return found
  }

  private static func lists(near items: [CapturedValue]) -> [([CapturedValue], String)] {
    if items.isEmpty {
      return [
        ([.integer("1")], "a list of one number instead of none"),
        ([.string("a")], "a list of one text instead of none"),
      ]
    }
    return [
      (Array(items.dropLast()), "a list with an item less"),
      (items + [items[items.count - 1]], "a list with an item more"),
    ]
  }
}

/// The literals of a program, in the order of reading, and the program with one of them replaced.
private struct Sites {
  let program: Program
  private(set) var values: [CapturedValue] = []

  init(program: Program) {
    self.program = program
    var collected: [CapturedValue] = []
    _ = Self.visit(program) {
      collected += $0.parts
      return $0
    }
    values = collected
  }

  func replacing(_ site: Int, with value: CapturedValue) -> Program {
    var position = 0
    return Self.visit(program) { literal in
      literal.replacingPart { part in
        defer { position += 1 }
        return position == site ? value : part
      }
    }
  }

  private static func visit(
    _ program: Program, _ change: (CapturedValue) -> CapturedValue
  ) -> Program {
    program.mapInputs { expression in
      if case .value(let value) = expression { .value(change(value)) } else { nil }
    }
  }
}

extension CapturedValue {
  fileprivate func isSameKind(as other: CapturedValue) -> Bool {
    switch (self, other) {
    case (.integer, .integer), (.float, .float), (.string, .string), (.bytes, .bytes),
      (.list, .list), (.tuple, .tuple), (.map, .map), (.bool, .bool):
      true
    default: false
    }
  }

  /// This value and its parts, outermost first; at most forty.
  fileprivate var parts: [CapturedValue] {
    Array(([self] + children.flatMap(\.parts)).prefix(40))
  }

  /// The same value with its parts passed through `change`, in the order of ``parts``.
  fileprivate func replacingPart(_ change: (CapturedValue) -> CapturedValue) -> CapturedValue {
    let changed = change(self)
    guard changed == self else { return changed }
    switch self {
    case .list(let items): return .list(items.map { $0.replacingPart(change) })
    case .tuple(let items): return .tuple(items.map { $0.replacingPart(change) })
    case .set(let items, let frozen):
      return .set(items.map { $0.replacingPart(change) }, frozen: frozen)
    case .map(let entries):
      return .map(
        entries.map {
          MapEntry(key: $0.key.replacingPart(change), value: $0.value.replacingPart(change))
        })
    default: return self
    }
  }
}
