import Failures
import Foundation
import Interchange

/// The graph of a snapshot as captured values: a tree, in which what leads back to itself is a reference.
///
/// An object that is referred to twice is written out twice, up to ``limit`` values for each name: behind that the name's value
/// is cut.
struct NodeReading {
  let nodes: [JSON]
  /// Names of the sender's standard types, by the format's words.
  let standardTypes: [String: String]
  private var path: [Int] = []
  private var count = 0

  static let limit = 60_000

  init(nodes: [JSON], standardTypes: [String: String]) {
    self.nodes = nodes
    self.standardTypes = standardTypes
  }

  mutating func value(_ json: JSON) -> CapturedValue {
    count += 1
    guard count < Self.limit else { return .truncated(known: .null, certain: true) }
    switch json {
    case .null: return .null
    case .bool(let truth): return .bool(truth)
    case .number:
      return json.integerLiteral.map(CapturedValue.integer) ?? .float(json.double ?? .nan)
    case .string(let text): return .string(text)
    case .illFormedString(let units): return .illFormedString(units)
    case .object: return .opaque(type: nil, description: "")
    case .array(let parts): return tagged(parts)
    }
  }

  mutating func values(_ json: JSON?) -> [CapturedValue] {
    (json?.items ?? []).map { value($0) }
  }

  /// `[[name, value], …]`.
  mutating func pairs(_ json: JSON?) -> [NamedValue] {
    (json?.items ?? []).compactMap { pair in
      // A large graph under one name takes nothing from the others.
      if path.isEmpty { count = 0 }
      return pair[0]?.text.map { NamedValue($0, value(pair[1] ?? .null)) }
    }
  }

  // MARK: values

  private mutating func tagged(_ parts: [JSON]) -> CapturedValue {
    let word = parts.first?.text ?? ""
    func part(_ position: Int) -> JSON { position < parts.count ? parts[position] : .null }
    switch word {
    case "@": return node(part(1).integer ?? -1)
    case "float": return .float(part(1).text.flatMap(Double.init) ?? .nan)
    case "text":
      return .illFormedString(
        (part(1).items ?? []).compactMap { $0.integer.map(UInt16.init(truncatingIfNeeded:)) })
    case "bytes":
      let known = CapturedValue.bytes(Self.bytes(part(1)), mutable: false)
      return part(2).isNull ? known : .truncated(known: known, certain: true)
    case "text-cut": return .truncated(known: .string(part(1).text ?? ""), certain: true)
    case "decimal": return .decimal(part(1).text ?? "NaN")
    case "uuid": return part(1).text.map(CapturedValue.uuid) ?? .absent
    case "path": return part(2).text.map(CapturedValue.path) ?? .absent
    case "date": return moment(.date, part(1), .null, .null)
    case "time": return moment(.time, part(1), part(2), part(3))
    case "datetime": return moment(.dateTime, part(1), part(2), part(3))
    case "duration": return moment(.duration, part(1), .null, .null)
    case "zone":
      return zone(part(1)).map { .date(Moment(kind: .zone, fields: [], zone: $0)) }
        ?? value(part(1))
    case "enum":
      return .enumeration(
        type: Self.dotted(part(1)), member: part(2).text ?? "", raw: value(part(3)))
    case "type", "function": return .named(Self.dotted(part(1)))
    case "module": return .named(part(1).text ?? "")
    case "range", "fraction", "complex": return standard(word, parts.dropFirst().map { value($0) })
    case "lost": return Self.lost(part(1).text ?? "", part(2).text, part(3).text)
    default: return .opaque(type: word, description: "")
    }
  }

  private static func lost(_ why: String, _ type: String?, _ note: String?) -> CapturedValue {
    switch why {
    case "redacted": .redacted(kind: note ?? "secret")
    case "depth", "size", "time": .truncated(known: .null, certain: true)
    case "unread": .unread
    default:
      .opaque(type: type.map { $0.replacingOccurrences(of: ":", with: ".") }, description: "")
    }
  }

  private func standard(_ word: String, _ arguments: [CapturedValue]) -> CapturedValue {
    guard let type = standardTypes[word] else { return .opaque(type: word, description: "") }
    return .object(ObjectValue(type: type, positional: arguments))
  }

  private mutating func moment(
    _ kind: Moment.Kind, _ fields: JSON, _ zone: JSON, _ fold: JSON
  ) -> CapturedValue {
    let numbers = (fields.items ?? []).compactMap(\.integer)
    let known = self.zone(zone)
    // A zone of a kind that has no short form is a value of its own, and is lost with the moment.
    guard zone.isNull || known != nil else {
      return .opaque(type: "datetime.datetime", description: "")
    }
    return .date(Moment(kind: kind, fields: numbers, zone: known, fold: fold.integer == 1))
  }

  private func zone(_ json: JSON) -> Moment.Zone? {
    if json.text == "utc" { return .utc }
    switch json[0]?.text {
    case "offset": return json[1]?.integer.map { .offset(seconds: $0, name: json[2]?.text) }
    case "named": return json[1]?.text.map(Moment.Zone.named)
    default: return nil
    }
  }

  // MARK: nodes

  private mutating func node(_ index: Int) -> CapturedValue {
    guard nodes.indices.contains(index) else { return .absent }
    // What is long is written once, in the form of a value.
    guard let parts = nodes[index].items else { return value(nodes[index]) }
    guard !path.contains(index) else { return .reference(index) }
    guard path.count < 60 else { return .truncated(known: .null, certain: true) }
    path.append(index)
    defer { path.removeLast() }
    func part(_ position: Int) -> JSON { position < parts.count ? parts[position] : .null }
    let word = parts.first?.text ?? ""
    switch word {
    case "list": return cut(.list(values(part(1))), part(2))
    case "tuple": return cut(.tuple(values(part(1))), part(2))
    case "set", "frozenset": return cut(.set(values(part(1)), frozen: word == "frozenset"), part(2))
    case "map": return cut(.map(entries(part(1))), part(2))
    case "deque": return cut(standard(word, [.list(values(part(1)))]), part(2))
    case "ordered-map", "counter": return cut(standard(word, [.map(entries(part(1)))]), part(2))
    case "default-map":
      return cut(standard(word, [value(part(1)), .map(entries(part(2)))]), part(3))
    case "bytearray": return cut(.bytes(Self.bytes(part(1)), mutable: true), part(2))
    case "text", "text-cut", "bytes", "lost": return tagged(parts)
    case "object": return object(index, part(1), part(2), part(3))
    case "named-tuple":
      return .object(
        ObjectValue(type: Self.dotted(part(1)), named: pairs(part(2)), identity: index))
    case "exception":
      return .object(
        ObjectValue(type: Self.dotted(part(1)), positional: values(part(2)), identity: index))
    case "closure": return .opaque(type: "function", description: part(1).text ?? "")
    case "generator": return .opaque(type: "generator", description: part(1).text ?? "")
    case "file":
      let content = value(part(3))
      if case .bytes = content { return standard("byte-file", [content]) }
      return standard("text-file", [content])
    default: return .opaque(type: word, description: "")
    }
  }

  private mutating func object(
    _ index: Int, _ type: JSON, _ fields: JSON, _ rest: JSON
  ) -> CapturedValue {
    let content = rest["content"].map { value($0) }
    // A view of a map's items is read like a list of them.
    if let content, let view = Self.view(Self.dotted(type), of: content) { return view }
    let known = CapturedValue.object(
      ObjectValue(
        type: Self.dotted(type), named: pairs(fields), identity: index,
        form: Self.records.contains(rest["kind"]?.text ?? "") ? .record : .state,
        content: content))
    return cut(known, rest["fieldCount"] ?? .null)
  }

  private mutating func entries(_ json: JSON) -> [MapEntry] {
    (json.items ?? []).map { MapEntry(key: value($0[0] ?? .null), value: value($0[1] ?? .null)) }
  }

  private func cut(_ known: CapturedValue, _ count: JSON) -> CapturedValue {
    count.isNull ? known : .truncated(known: known, certain: true)
  }

  private static func bytes(_ json: JSON) -> [UInt8] {
    json.text.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
  }

  private static func view(_ type: String, of content: CapturedValue) -> CapturedValue? {
    guard case .map(let entries) = content else { return nil }
    switch type {
    case "dict_values": return .list(entries.map(\.value))
    case "dict_keys": return .list(entries.map(\.key))
    case "dict_items": return .list(entries.map { .tuple([$0.key, $0.value]) })
    case "mappingproxy": return content
    default: return nil
    }
  }

  /// Kinds of objects whose fields their construction takes.
  private static let records: Set<String> = ["dataclass", "attrs", "pydantic", "row"]

  /// `shop.cart:Cart.Line` as `shop.cart.Cart.Line`; what is built in goes by its name alone.
  private static func dotted(_ json: JSON) -> String {
    let name = (json.text ?? "").replacingOccurrences(of: ":", with: ".")
    return name.hasPrefix("builtins.") ? String(name.dropFirst("builtins.".count)) : name
  }
}
