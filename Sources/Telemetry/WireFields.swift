import Intake

/// The fields of one protobuf message, walked over without decoding what is in them.
struct WireFields {
  private var rest: ArraySlice<UInt8>

  init(_ message: ArraySlice<UInt8>) { rest = message }

  /// The content of the next field of a number that has a length; all others are stepped over.
  mutating func next(_ number: UInt64) throws(IntakeError) -> ArraySlice<UInt8>? {
    while !rest.isEmpty {
      let tag = try varint()
      switch tag & 7 {
      case 0: _ = try varint()
      case 1: _ = try take(8)
      case 2:
        let content = try take(try varint())
        if tag >> 3 == number { return content }
      case 5: _ = try take(4)
      // Groups have been out of use since before OTLP.
      default: throw Self.malformed
      }
    }
    return nil
  }

  private mutating func take(_ count: UInt64) throws(IntakeError) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Self.malformed }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  private mutating func varint() throws(IntakeError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64, let byte = rest.popFirst() {
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Self.malformed
  }

  private static let malformed = IntakeError.malformedExport(format: "protobuf")
}
