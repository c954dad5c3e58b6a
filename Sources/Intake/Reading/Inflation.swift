import CZlib

/// Bodies as senders put them on the wire: gzip, zlib, or plain.
enum Inflation {
  /// The bytes as they were before compression; plain bytes are returned as they are.
  static func inflated(_ bytes: [UInt8], limit: Int) throws(IntakeError) -> [UInt8] {
    isCompressed(bytes) ? try inflate(bytes, limit: limit) : bytes
  }

  /// No JSON begins like this: 0x1F8B is gzip's mark, and zlib's header is a multiple of 31 that begins with 0x78.
  private static func isCompressed(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 2 else { return false }
    if bytes[0] == 0x1F, bytes[1] == 0x8B { return true }
    return bytes[0] == 0x78 && (UInt16(bytes[0]) << 8 | UInt16(bytes[1])) % 31 == 0
  }

  /// Inflates piece by piece, so that no more than a piece beyond the limit is ever held.
  private static func inflate(_ bytes: [UInt8], limit: Int) throws(IntakeError) -> [UInt8] {
    var stream = z_stream()
    // 15 is the largest window; 32 has zlib tell gzip and zlib apart by itself.
    let version = zlibVersion()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, 15 + 32, version, size) == Z_OK else {
      throw IntakeError.damagedCompression
    }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let outcome = input.withUnsafeMutableBufferPointer { source -> IntakeError? in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      while true {
        var status = Z_OK
        piece.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        output.append(contentsOf: piece.prefix(piece.count - Int(stream.avail_out)))
        if output.count > limit { return .inflatesTooLarge(limit: limit) }
        if status == Z_STREAM_END { return nil }
        if status != Z_OK { return .damagedCompression }
      }
    }
    if let outcome { throw outcome }
    return output
  }
}
