import Languages

/// A file's tree as a list of places, outermost first, with what rules ask of each of them.
struct Syntax: Sendable {
  struct Place: Sendable {
    var node: SourceNode
    /// Index of the place around this one; -1 for the file itself.
    var parent: Int
    /// Index of the innermost function or type around it; -1 for what runs at import.
    var scope: Int
    /// The same for code that is the same but for white space, comments and where it stands.
    var shape: Int
    /// One past the last place inside this one.
    var end: Int
  }

  let file: SourceFile
  private let bytes: [UInt8]
  private(set) var places: [Place] = []

  init(_ file: SourceFile) {
    self.file = file
    bytes = Array(file.text.utf8)
    _ = add(file.root, parent: -1, scope: -1)
  }

  private mutating func add(_ node: SourceNode, parent: Int, scope: Int) -> Int {
    let index = places.count
    places.append(Place(node: node, parent: parent, scope: scope, shape: 0, end: 0))
    let isScope = node.kind == .function || node.kind == .type
    var hasher = Hasher()
    hasher.combine(node.kind)
    hasher.combine(node.label)
    for child in node.children {
      hasher.combine(child.role)
      hasher.combine(add(child, parent: index, scope: isScope ? index : scope))
    }
    // The words of a formatted text stand between its parts.
    if node.children.isEmpty || node.kind == .formatted { hasher.combine(leafText(node)) }
    places[index].end = places.count
    places[index].shape = hasher.finalize()
    return places[index].shape
  }

  private func leafText(_ node: SourceNode) -> String {
    let text = text(node)
    return node.kind == .literal ? text : text.filter { !$0.isWhitespace }
  }

  // MARK: asking

  func text(_ node: SourceNode) -> String {
    let range = node.span.bytes.clamped(to: bytes.indices)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  func text(_ index: Int) -> String { text(places[index].node) }

  func node(_ index: Int) -> SourceNode { places[index].node }

  /// The places inside one, without itself.
  func inside(_ index: Int) -> Range<Int> { (index + 1)..<places[index].end }

  /// The places directly inside one.
  func children(_ index: Int) -> [Int] {
    var found: [Int] = []
    var next = index + 1
    while next < places[index].end {
      found.append(next)
      next = places[next].end
    }
    return found
  }

  func children(_ index: Int, _ role: SourceNode.Role) -> [Int] {
    children(index).filter { places[$0].node.role == role }
  }

  func child(_ index: Int, _ role: SourceNode.Role) -> Int? { children(index, role).first }

  /// The places around one, innermost first.
  func around(_ index: Int) -> [Int] {
    var found: [Int] = []
    var next = places[index].parent
    while next >= 0 {
      found.append(next)
      next = places[next].parent
    }
    return found
  }

  /// The innermost function around a place, itself if it is one.
  func function(_ index: Int) -> Int? {
    places[index].node.kind == .function
      ? index : around(index).first { places[$0].node.kind == .function }
  }

  /// `Basket.total`, `outer.inner`; empty for what runs at import.
  func name(of scope: Int) -> String {
    guard scope >= 0 else { return "" }
    let outer = around(scope).filter { [.function, .type].contains(places[$0].node.kind) }
    return (outer.reversed() + [scope]).map { places[$0].node.label }.joined(separator: ".")
  }

  /// Every function, by its qualified name.
  var functions: [String: Int] {
    var found: [String: Int] = [:]
    for index in places.indices where places[index].node.kind == .function {
      found[name(of: index)] = index
    }
    return found
  }

  /// How often each shape is there.
  var shapes: [Int: Int] {
    places.reduce(into: [:]) { $0[$1.shape, default: 0] += 1 }
  }

  /// The callee of a call without white space: `self.log.warning`.
  func callee(_ call: Int) -> String {
    child(call, .callee).map { text($0).filter { !$0.isWhitespace } } ?? ""
  }
}
