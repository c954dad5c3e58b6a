import Interchange

/// The event inside a Sentry envelope: a header line, then a header line and a payload an item.
struct Envelope {
  var header: JSON
  var event: JSON
  /// What the probe attached; `nil` where it did not.
  var snapshot: [UInt8]?

  private static let newline = UInt8(ascii: "\n")

  /// Reads the first item of the type `event`, and the probe's; all others are stepped over unread.
  ///
  /// `nil` where the bytes are no envelope at all, because their first line is no object or all there is.
  init?(_ bytes: [UInt8]) throws(IntakeError) {
    let firstLine = bytes.prefix { $0 != Self.newline }
    guard firstLine.count < bytes.count, Self.looksLikeObject(firstLine) else { return nil }
    let rest = bytes[firstLine.count...]
    let hasItems = rest.contains { !Self.isSpace($0) }
    // A single long line is an event of its own: it would only be read twice.
    guard hasItems || firstLine.count < 1 << 14,
      let header = try? JSON(parsing: Array(firstLine)), header.members != nil,
      hasItems || Self.isHeaderAlone(header)
    else { return nil }
    self.header = header
    (event, snapshot) = try Self.items(in: bytes, from: firstLine.count + 1)
  }

  private static func items(
    in bytes: [UInt8], from start: Int
  ) throws(IntakeError) -> (event: JSON, snapshot: [UInt8]?) {
    var offset = start
    var types: [String] = []
    var event: JSON?
    var snapshot: [UInt8]?
    while let item = try nextItem(in: bytes, at: &offset) {
      if item.type == "event", event == nil {
        do throws(JSONError) {
          event = try JSON(parsing: Array(bytes[item.payload]))
        } catch {
          throw .notJSON(JSONError(error.problem, offset: error.offset + item.payload.lowerBound))
        }
      }
      if item.type == "attachment", item.name == SnapshotDecoding.fileName, snapshot == nil {
        snapshot = Array(bytes[item.payload])
      }
      let name = printable(item.type)
      if !types.contains(name), types.count < 8 { types.append(name) }
    }
    guard let event else { throw .noEventItem(types: types) }
    return (event, snapshot)
  }

  private static func nextItem(
    in bytes: [UInt8], at offset: inout Int
  ) throws(IntakeError) -> (type: String, name: String?, payload: Range<Int>)? {
    while offset < bytes.count, isSpace(bytes[offset]) { offset += 1 }
    guard offset < bytes.count else { return nil }
    let headerEnd = bytes[offset...].firstIndex(of: newline) ?? bytes.count
    let header: JSON
    do throws(JSONError) {
      header = try JSON(parsing: Array(bytes[offset..<headerEnd]))
    } catch {
      throw .malformedEnvelope(
        problem: "an item's header is not JSON", offset: offset + error.offset)
    }
    guard let type = header["type"]?.text else {
      throw .malformedEnvelope(problem: "an item has no type", offset: offset)
    }
    let first = min(headerEnd + 1, bytes.count)
    let end: Int
    if let length = header["length"], !length.isNull {
      guard let length = length.integer, length >= 0, length <= bytes.count - first else {
        throw .malformedEnvelope(
          problem: "an item's length goes beyond the end or is no number", offset: offset)
      }
      end = first + length
    } else {
      end = bytes[first...].firstIndex(of: newline) ?? bytes.count
    }
    offset = end
    return (type, header["filename"]?.text, first..<end)
  }

  /// A header without any item still is an envelope when it says what only a header says.
  private static func isHeaderAlone(_ header: JSON) -> Bool {
    header["sent_at"] != nil || header["dsn"] != nil
  }

  private static func looksLikeObject(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { !isSpace($0) } == UInt8(ascii: "{")
      && line.last { !isSpace($0) } == UInt8(ascii: "}")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// A sender's word, fit to stand in an error.
  private static func printable(_ type: String) -> String {
    String(
      type.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "?" })
  }
}
