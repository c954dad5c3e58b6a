import Intake
import Testing

@testable import struct Intake.Inflater

/// The laws of every encoding.
@Suite struct `Inflating` {
  /// What becomes of a body that arrives in these pieces.
  static func outcome(
    _ pieces: [[UInt8]], _ encoding: ContentEncoding, limit: Int = 1 << 20
  ) -> Result<[UInt8], IntakeError> {
    var inflater = Inflater(encoding: encoding, limit: limit)
    do throws(IntakeError) {
      for piece in pieces { try inflater.take(piece) }
      return .success(try inflater.finish())
    } catch {
      return .failure(error)
    }
  }

  static let damaged = Result<[UInt8], IntakeError>.failure(.damagedCompression)

  @Test(arguments: 0..<20)
  func `however a body is cut into pieces, it is the same body`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for (encoding, body) in EncodedText.all + [(.identity, EncodedText.text)] {
      var rest = body[...]
      var pieces: [[UInt8]] = []
      while !rest.isEmpty {
        let piece = rest.prefix(generator.below(generator.below(60) + 1))
        pieces.append(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      #expect(Self.outcome(pieces, encoding) == .success(EncodedText.text), "\(encoding)")
    }
  }

  @Test func `a body that is cut off is refused, wherever it ends`() {
    for (encoding, body) in EncodedText.all {
      for length in 1..<body.count {
        #expect(Self.outcome([Array(body.prefix(length))], encoding) == Self.damaged)
      }
    }
  }

  @Test func `what follows a stream and is none is refused, at once or in a piece of its own`() {
    for (encoding, body) in EncodedText.all {
      for rest in [[0], Array("tail".utf8), [0x1F], [0x28, 0xB5]] as [[UInt8]] {
        #expect(Self.outcome([body + rest], encoding) == Self.damaged, "\(encoding)")
        #expect(Self.outcome([body, rest], encoding) == Self.damaged, "\(encoding)")
      }
    }
  }

  @Test func `gzip and zstd may be several streams in a row, the others may not`() {
    for (encoding, body) in EncodedText.all {
      let twice = Result<[UInt8], IntakeError>.success(EncodedText.text + EncodedText.text)
      let expected = [.gzip, .zstd].contains(encoding) ? twice : Self.damaged
      #expect(Self.outcome([body + body], encoding) == expected)
      #expect(Self.outcome([body, body], encoding) == expected)
      #expect(Self.outcome((body + body).map { [$0] }, encoding) == expected)
    }
  }

  @Test(arguments: ContentEncoding.allCases)
  func `no byte at all is an empty body`(encoding: ContentEncoding) {
    #expect(Self.outcome([], encoding) == .success([]))
    #expect(Self.outcome([[], []], encoding) == .success([]))
  }

  @Test func `a body of exactly the limit is taken, and one byte more is not`() {
    let size = EncodedText.text.count
    for (encoding, body) in EncodedText.all {
      #expect(Self.outcome([body], encoding, limit: size) == .success(EncodedText.text))
      #expect(
        Self.outcome([body], encoding, limit: size - 1)
          == .failure(.inflatesTooLarge(limit: size - 1)))
    }
    let plain = [EncodedText.text]
    #expect(Self.outcome(plain, .identity, limit: size) == .success(EncodedText.text))
    #expect(
      Self.outcome(plain, .identity, limit: size - 1) == .failure(.tooLarge(limit: size - 1)))
  }

  @Test(
    arguments: [ContentEncoding.gzip, .deflate, .brotli, .zstd], [1 << 16, 3_000_001, 1 << 26])
  func `a gigabyte of zeros ends at the limit, and holds no more than a piece beyond it`(
    encoding: ContentEncoding, limit: Int
  ) {
    let bomb = Bomb.body(encoding)
    #expect(bomb.count < 2 << 20)
    var inflater = Inflater(encoding: encoding, limit: limit)
    var refusal: IntakeError?
    var most = 0
    for start in stride(from: 0, to: bomb.count, by: 512) {
      do throws(IntakeError) {
        try inflater.take(Array(bomb[start..<min(start + 512, bomb.count)]))
      } catch {
        refusal = error
        break
      }
      most = max(most, inflater.held)
    }
    #expect(refusal == .inflatesTooLarge(limit: limit))
    // The piece, and what the allocator rounds up to.
    #expect(most <= limit + 2 * Inflater.pieceSize)
    #expect(inflater.held <= Inflater.pieceSize)
  }

  @Test func `a refusal stands, whatever arrives after it`() {
    var inflater = Inflater(encoding: .gzip, limit: 100)
    for _ in 0..<3 {
      #expect(throws: IntakeError.damagedCompression) { try inflater.take(Array("no".utf8)) }
    }
    #expect(throws: IntakeError.damagedCompression) { try inflater.finish() }
  }

  @Test func `streams of nothing, without end, are refused by what they take`() {
    // An empty gzip member, as Python writes it.
    let empty = EncodedText.bytes("H4sIAAAAAAAC/wMAAAAAAAAAAAA=")
    #expect(Self.outcome([empty], .gzip) == .success([]))
    let many = (0..<1000).flatMap { _ in empty }
    #expect(Self.outcome([many], .gzip, limit: 4096) == .failure(.tooLarge(limit: 4096)))
  }

  @Test(arguments: 0..<200)
  func `damaged bodies end in an error or a body within the limit`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for (encoding, body) in EncodedText.all {
      var body = body
      for _ in 0...generator.below(4) {
        body[generator.below(body.count)] = UInt8(generator.below(256))
      }
      if case .success(let output) = Self.outcome([body], encoding, limit: 2000) {
        #expect(output.count <= 2000)
      }
    }
  }

  @Test func `a zstd window above what bodies may have is refused`() {
    // A window of 16 MB, and one last block that says nothing.
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 14 << 3, 0x01, 0x00, 0x00]
    #expect(Self.outcome([frame], .zstd) == Self.damaged)
    var allowed = frame
    allowed[5] = 13 << 3
    #expect(Self.outcome([allowed], .zstd) == .success([]))
  }
}

@Suite struct `Content encodings` {
  @Test(arguments: [
    (nil, ContentEncoding.identity), ("", .identity), ("identity", .identity), ("gzip", .gzip),
    (" GZip ", .gzip), ("x-gzip", .gzip), ("deflate", .deflate), ("br", .brotli), ("zstd", .zstd),
  ])
  func `the header's value names one`(header: String?, expected: ContentEncoding) throws {
    #expect(try ContentEncoding(header: header) == expected)
  }

  @Test(arguments: [
    ("gzip, gzip", "gzip,gzip"), ("br,gzip", "br,gzip"), ("compress", "compress"),
    ("<b>\u{1B}[1m", "?b???1m"),
  ])
  func `several and unknown ones are refused, and named in letters that do no harm`(
    header: String, named: String
  ) {
    #expect(throws: IntakeError.unknownEncoding(named)) { try ContentEncoding(header: header) }
  }
}
