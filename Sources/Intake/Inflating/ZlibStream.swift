import CZlib

/// gzip, and deflate with or without zlib's wrapping.
final class ZlibStream: InflationStream {
  private enum Phase { case unopened, open, ended }

  private let isGzip: Bool
  /// zlib keeps the address of its stream, so that it may not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var phase = Phase.unopened

  init(isGzip: Bool) {
    self.isGzip = isGzip
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
  }

  deinit {
    if phase != .unopened { inflateEnd(stream) }
    stream.deallocate()
  }

  var isComplete: Bool { phase == .ended }

  func inflate(
    _ source: [UInt8], _ rest: inout Range<Int>, into room: UnsafeMutableRawBufferPointer
  ) throws(IntakeError) -> Int {
    if rest.isEmpty, phase != .open { return 0 }
    try prepare(first: rest.isEmpty ? 0 : source[rest.lowerBound])
    let status = source.withUnsafeBufferPointer { bytes in
      let window = UnsafeMutableBufferPointer(mutating: UnsafeBufferPointer(rebasing: bytes[rest]))
      stream.pointee.next_in = window.baseAddress
      stream.pointee.avail_in = UInt32(clamping: window.count)
      stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(room.count)
      let offered = stream.pointee.avail_in
      let status = CZlib.inflate(stream, Z_NO_FLUSH)
      rest = rest.dropFirst(Int(offered - stream.pointee.avail_in))
      return status
    }
    if status == Z_STREAM_END { phase = .ended }
    // Z_BUF_ERROR: nothing is left to be done with what is there.
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw .damagedCompression
    }
    return room.count - Int(stream.pointee.avail_out)
  }

  private func prepare(first byte: UInt8) throws(IntakeError) {
    switch phase {
    case .open: return
    case .unopened:
      let size = Int32(MemoryLayout<z_stream>.size)
      guard inflateInit2_(stream, windowBits(first: byte), zlibVersion(), size) == Z_OK else {
        throw .damagedCompression
      }
    case .ended:
      // Only gzip may go on, with a further member; its mark is looked for again.
      guard isGzip, inflateReset(stream) == Z_OK else { throw .damagedCompression }
    }
    phase = .open
  }

  /// zlib's way of naming a format: 15 is the largest window, 16 more means gzip, below zero is bare deflate.
  ///
  /// zlib's wrapping begins with a byte that says method 8 and a window of at most 7. A bare stream would have to begin with
  /// a stored block and bits that nobody sets to look like it.
  private func windowBits(first byte: UInt8) -> Int32 {
    if isGzip { return 15 + 16 }
    return byte & 0x0F == 8 && byte >> 4 <= 7 ? 15 : -15
  }
}
