/// A body that is inflated while its pieces arrive, and that ends at the limit whatever its sender packed into it.
///
/// Never more than ``pieceSize`` bytes beyond the limit are held. Every byte has to belong to the stream: what is cut off,
/// damaged or followed by something else is refused, except that gzip and zstd may be several streams in a row, as their
/// standards say. No byte at all is an empty body in every encoding. After a refusal every further call is refused alike.
///
/// It cannot be copied, so that the decompressor's state has one owner; that also makes it safe to send on.
public struct Inflater: ~Copyable, @unchecked Sendable {
  /// The most that is inflated at a time.
  public static let pieceSize = 1 << 15

  private let limit: Int
  private let stream: (any InflationStream)?
  private let piece: UnsafeMutableRawBufferPointer
  private var output: [UInt8] = []
  private var taken = 0
  private var refusal: IntakeError?

  /// `limit` is in bytes, for what comes out, and, but for a stream's own few bytes, for what goes in.
  public init(encoding: ContentEncoding, limit: Int) {
    self.limit = min(max(0, limit), 1 << 40)
    stream = Self.stream(encoding)
    piece = .allocate(byteCount: stream == nil ? 0 : Self.pieceSize, alignment: 16)
  }

  deinit { piece.deallocate() }

  private static func stream(_ encoding: ContentEncoding) -> (any InflationStream)? {
    switch encoding {
    case .identity: nil
    case .gzip: ZlibStream(isGzip: true)
    case .deflate: ZlibStream(isGzip: false)
    case .brotli: BrotliStream()
    case .zstd: ZstdStream()
    }
  }

  /// The room that is taken by what has been inflated so far.
  var held: Int { output.capacity + piece.count }

  /// Inflates the next piece of the body.
  public mutating func take(_ bytes: [UInt8]) throws(IntakeError) {
    if let refusal { throw refusal }
    do throws(IntakeError) {
      try append(bytes)
    } catch {
      refusal = error
      output = []
      throw error
    }
  }

  /// The body; its stream has to be complete.
  public mutating func finish() throws(IntakeError) -> [UInt8] {
    if let refusal { throw refusal }
    if let stream, taken > 0, !stream.isComplete {
      refusal = .damagedCompression
      throw .damagedCompression
    }
    return output
  }

  private mutating func append(_ bytes: [UInt8]) throws(IntakeError) {
    taken += bytes.count
    guard let stream else {
      guard taken <= limit else { throw .tooLarge(limit: limit) }
      return output.append(contentsOf: bytes)
    }
    // What inflates to nothing, empty streams in a row, costs time all the same.
    guard taken <= limit + limit / 256 + 1024 else { throw .tooLarge(limit: limit) }
    var rest = 0..<bytes.count
    var produced = 0
    while !rest.isEmpty || produced == piece.count {
      let before = rest.count
      produced = try stream.inflate(bytes, &rest, into: piece)
      guard produced <= limit - output.count else { throw .inflatesTooLarge(limit: limit) }
      guard produced > 0 || rest.count < before || before == 0 else { throw .damagedCompression }
      makeRoom(for: produced)
      output.append(contentsOf: piece[..<produced])
    }
  }

  /// Doubles, as an array does by itself, but never beyond the limit.
  private mutating func makeRoom(for count: Int) {
    let needed = output.count + count
    guard needed > output.capacity else { return }
    output.reserveCapacity(max(needed, min(2 * output.capacity, limit)))
  }
}
