/// Bodies whose compression shows in their own first bytes: gzip, zlib, zstd, or plain.
public enum Inflation {
  /// The bytes as they were before compression; plain bytes are returned as they are.
  public static func inflated(_ bytes: [UInt8], limit: Int) throws(IntakeError) -> [UInt8] {
    let encoding = ContentEncoding(mark: bytes)
    return encoding == .identity
      ? bytes : try inflated(bytes, encoding: encoding, limit: limit)
  }

  /// A whole body in the encoding that its sender named.
  public static func inflated(
    _ bytes: [UInt8], encoding: ContentEncoding, limit: Int
  ) throws(IntakeError) -> [UInt8] {
    var inflater = Inflater(encoding: encoding, limit: limit)
    try inflater.take(bytes)
    return try inflater.finish()
  }
}
