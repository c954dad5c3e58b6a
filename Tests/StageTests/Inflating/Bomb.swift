import CZlib
import Intake

/// A gigabyte of zeros in a small body.
enum Bomb {
  static func body(_ encoding: ContentEncoding) -> [UInt8] {
    switch encoding {
    case .identity: []
    case .gzip: zlib(windowBits: 15 + 16)
    case .deflate: zlib(windowBits: 15)
    case .brotli: brotli
    case .zstd: zstd
    }
  }

  /// A mebibyte that ends at a whole byte, again and again: copies of it may follow each other.
  private static func zlib(windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, zlibVersion(),
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var zeros = [UInt8](repeating: 0, count: 1 << 20)
    func deflated() -> [UInt8] {
      var output = [UInt8](repeating: 0, count: 1 << 16)
      let rest = zeros.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          stream.next_in = source.baseAddress
          stream.avail_in = UInt32(source.count)
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          deflate(&stream, Z_FULL_FLUSH)
          return Int(stream.avail_out)
        }
      }
      return output.dropLast(rest)
    }
    let first = deflated()
    let further = deflated()
    return first + (1..<1024).flatMap { _ in further }
  }

  /// The first block, and then the same 101 bytes for every 64 blocks of a mebibyte, as brotli 1.2 wrote them.
  private static let brotli =
    EncodedText.bytes("y///PwAkAOKxQHLv//j//weABEA=")
    + (0..<16).flatMap { _ in
      EncodedText.bytes(
        "HBaA7v0f////AJAAiMMC0L3/4///HwASAHFYALr3f/z//wNAAiAOC0D3/o///38ASADEYQHo3v/x//8PAAmAOCwA"
          + "3fs//v//ASABEIcFoHv/x///PwAkAOKwAHTv//j//weABEA=")
    }

  /// Blocks of one repeated byte (RFC 8878, 3.1.1.2), 128 KB each.
  private static let zstd: [UInt8] = {
    let mark: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    // No size and no checksum; a window of 128 KB.
    let frame: [UInt8] = [0x00, 7 << 3]
    let header = UInt32(128 << 10) << 3 | 1 << 1
    let block = [UInt8(header & 0xFF), UInt8(header >> 8 & 0xFF), UInt8(header >> 16), 0]
    return mark + frame + (0..<8192).flatMap { _ in block }
  }()
}
