import Interchange

/// A part of an event with the path that leads to it, so that every refusal can name its place.
///
/// Paths hold the protocol's own names and positions only, never a sender's.
struct Field {
  let value: JSON
  let path: String
  /// The annotations of relays and clients on this part.
  let meta: JSON?

  init(_ value: JSON, path: String = "", meta: JSON? = nil) {
    self.value = value
    self.path = path
    self.meta = meta
  }

  /// A member that is there and not null.
  subscript(name: String) -> Field? {
    guard let member = value[name], !member.isNull else { return nil }
    return Field(member, path: path.isEmpty ? name : "\(path).\(name)", meta: meta?[name])
  }

  /// The first of several spellings that is there.
  subscript(names: String...) -> Field? { names.lazy.compactMap { self[$0] }.first }

  func requireObject() throws(IntakeError) -> Field {
    guard value.members != nil else { throw .wrongShape(path: path, expected: "an object") }
    return self
  }

  /// The items that are not null.
  func items() throws(IntakeError) -> [Field] {
    guard let items = value.items else { throw .wrongShape(path: path, expected: "a list") }
    return items.enumerated().compactMap { position, item in
      item.isNull
        ? nil : Field(item, path: "\(path)[\(position)]", meta: meta?[String(position)])
    }
  }

  func text() throws(IntakeError) -> String {
    guard let text = value.text else { throw .wrongShape(path: path, expected: "a string") }
    return text
  }

  /// A string, or what senders write in its place: a number, a truth, or a structure as compact JSON.
  func looseText() -> String { value.text ?? value.text(.compact) }

  func integer() throws(IntakeError) -> Int {
    guard let integer = value.integer else {
      throw .wrongShape(path: path, expected: "an integer of ordinary size")
    }
    return integer
  }

  /// The list under `values`, or the bare list, or one bare object: senders of different ages differ.
  func listOfValues() throws(IntakeError) -> [Field] {
    if let values = self["values"] { return try values.items() }
    if value.items != nil { return try items() }
    if value["values"] != nil { return [] }
    return [try requireObject()]
  }
}
