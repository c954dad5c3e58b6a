import CZstd

/// zstd; a window above 8 MB is refused, as RFC 9659 lays down for bodies.
final class ZstdStream: InflationStream {
  private static let largestWindow: Int32 = 23

  private let state: OpaquePointer?
  private(set) var isComplete = false

  init() {
    state = ZSTD_createDStream()
    if let state { ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, Self.largestWindow) }
  }

  deinit { ZSTD_freeDStream(state) }

  func inflate(
    _ source: [UInt8], _ rest: inout Range<Int>, into room: UnsafeMutableRawBufferPointer
  ) throws(IntakeError) -> Int {
    if isComplete, rest.isEmpty { return 0 }
    guard let state else { throw .damagedCompression }
    var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
    let status = source.withUnsafeBytes { bytes in
      let window = UnsafeRawBufferPointer(rebasing: bytes[rest])
      var next = ZSTD_inBuffer(src: window.baseAddress, size: window.count, pos: 0)
      let status = ZSTD_decompressStream(state, &target, &next)
      rest = rest.dropFirst(next.pos)
      return status
    }
    guard ZSTD_isError(status) == 0 else { throw .damagedCompression }
    // Zero: a frame has ended, and all of it is written out. Another may follow.
    isComplete = status == 0
    return target.pos
  }
}
