import CBrotli

/// brotli, whose window is at most 16 MB (RFC 7932).
final class BrotliStream: InflationStream {
  private let state: OpaquePointer?
  private(set) var isComplete = false

  init() { state = BrotliDecoderCreateInstance(nil, nil, nil) }

  deinit { if let state { BrotliDecoderDestroyInstance(state) } }

  func inflate(
    _ source: [UInt8], _ rest: inout Range<Int>, into room: UnsafeMutableRawBufferPointer
  ) throws(IntakeError) -> Int {
    if isComplete, rest.isEmpty { return 0 }
    guard let state, !isComplete else { throw .damagedCompression }
    var free = room.count
    var target = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let result = source.withUnsafeBufferPointer { bytes in
      let window = UnsafeBufferPointer(rebasing: bytes[rest])
      var next = window.baseAddress
      var left = window.count
      let result = BrotliDecoderDecompressStream(state, &left, &next, &free, &target, nil)
      rest = rest.dropFirst(window.count - left)
      return result
    }
    if result == BROTLI_DECODER_RESULT_ERROR { throw .damagedCompression }
    isComplete = result == BROTLI_DECODER_RESULT_SUCCESS
    return room.count - free
  }
}
