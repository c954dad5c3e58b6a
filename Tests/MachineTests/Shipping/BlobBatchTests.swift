import Testing

@testable import Shipping

@Suite struct BlobBatchTests {
  @Test func `objects come out whole however the stream is cut`() throws {
    let objects: [[UInt8]] = [Array("one".utf8), [], Array("\n\nid2 blob 5\n".utf8), [0, 10, 255]]
    var stream: [UInt8] = []
    for (number, bytes) in objects.enumerated() {
      stream += Array("id\(number) blob \(bytes.count)\n".utf8) + bytes + [10]
    }
    for length in 1...stream.count {
      var batch = BlobBatch(expecting: ["id0", "id1", "id2", "id3"])
      var found: [[UInt8]] = []
      for start in stride(from: 0, to: stream.count, by: length) {
        let chunk = stream[start..<min(start + length, stream.count)]
        try batch.take(chunk) { place, bytes throws(RepositoryError) in
          #expect(place == found.count)
          found.append(bytes)
        }
      }
      #expect(found == objects && batch.isComplete, "chunks of \(length)")
    }
  }

  @Test(arguments: ["id0 missing\n", "other blob 1\nx\n", "id0 tree 1\nx\n", "id0 blob x\n"])
  func `an answer to another question is an error`(answer: String) {
    var batch = BlobBatch(expecting: ["id0"])
    #expect(throws: RepositoryError.self) {
      try batch.take(Array(answer.utf8)[...]) { _, _ throws(RepositoryError) in }
    }
  }
}
