/// Takes apart the answer of `git cat-file --batch`: for each object `id type size`, its bytes, and
/// a line's end.
struct BlobBatch {
  private var expected: ArraySlice<String>
  private var position = 0
  private var header: [UInt8] = []
  private var body: [UInt8] = []
  private var missing: Int?

  /// The ids in the order in which they were asked for.
  init(expecting ids: [String]) { expected = ids[...] }

  var isComplete: Bool { expected.isEmpty }

  /// Takes the next bytes and hands over each object that they complete, with its place in the
  /// order.
  mutating func take(
    _ chunk: ArraySlice<UInt8>, each: (Int, [UInt8]) throws(RepositoryError) -> Void
  ) throws(RepositoryError) {
    var rest = chunk
    while !rest.isEmpty {
      guard let left = missing else {
        try takeHeader(&rest)
        continue
      }
      if left > 0 {
        let part = rest.prefix(left)
        body += part
        rest = rest.dropFirst(part.count)
        missing = left - part.count
      } else {
        rest = rest.dropFirst()
        try each(position, body)
        position += 1
        expected = expected.dropFirst()
        body = []
        missing = nil
      }
    }
  }

  private mutating func takeHeader(_ rest: inout ArraySlice<UInt8>) throws(RepositoryError) {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      header += rest
      rest = []
      return
    }
    header += rest[..<end]
    rest = rest[(end + 1)...]
    let words = header.split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
    header = []
    guard words.count == 3, words[0] == expected.first, words[1] == "blob",
      let size = Int(words[2])
    else { throw .objectMissing(words.first ?? "") }
    missing = size
    body.reserveCapacity(size)
  }
}
