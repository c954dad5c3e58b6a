/// The members of an object while it is read: unique by the exact bytes of their keys, in constant time each.
struct MemberList {
  private(set) var members: [JSON.Member] = []
  /// Positions by key, made only for objects so large that looking through them would be slow.
  private var positions: [ExactKey: Int]?

  private static let smallCount = 12

  mutating func set(_ key: ScannedString, _ value: JSON) {
    let member =
      switch key {
      case .text(let text): JSON.Member(text, value)
      case .illFormed(let units): JSON.Member(illFormedKey: units, value)
      }
    if let position = position(of: member) {
      members[position].value = value
      return
    }
    positions?[ExactKey(member)] = members.count
    members.append(member)
    if positions == nil, members.count > Self.smallCount {
      positions = [:]
      for (position, member) in members.enumerated() { positions?[ExactKey(member)] = position }
    }
  }

  private func position(of member: JSON.Member) -> Int? {
    if let positions { return positions[ExactKey(member)] }
    let key = ExactKey(member)
    return members.firstIndex { ExactKey($0) == key }
  }
}

/// A key by its bytes: texts that Unicode calls equivalent stay two keys, as in JSON.
private struct ExactKey: Hashable {
  let text: String
  let units: [UInt16]?

  init(_ member: JSON.Member) {
    text = member.key
    units = member.illFormedKey
  }

  static func == (left: ExactKey, right: ExactKey) -> Bool {
    left.units == right.units && left.text == right.text
      && left.text.utf8.count == right.text.utf8.count
      && left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}
