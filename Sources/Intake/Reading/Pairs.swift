import Interchange

/// Names and values in any of the shapes that senders use: an object, a list of pairs, a list of `key` and `value`.
enum Pairs {
  struct Pair {
    var name: String
    var value: JSON
    /// Where the value stands, in the way annotations name it.
    var place: [String]
  }

  /// What is no pair is left out.
  static func read(_ json: JSON?) -> [Pair] {
    switch json {
    case .object(let members):
      members.map { Pair(name: $0.key, value: $0.value, place: [$0.key]) }
    case .array(let items):
      items.enumerated().compactMap { position, item in
        if let name = item[0]?.text {
          return Pair(name: name, value: item[1] ?? .null, place: [String(position), "1"])
        }
        guard let name = item["key"]?.text else { return nil }
        return Pair(name: name, value: item["value"] ?? .null, place: [String(position), "value"])
      }
    default: []
    }
  }
}
