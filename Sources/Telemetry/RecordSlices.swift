import Intake

/// The records of a protobuf export, as slices of its bytes.
///
/// Logs and traces have the same outline: the request's field 1 is a resource's part; of that, field 1 is the resource and
/// field 2 a scope's part; of that, field 2 is a record.
struct RecordSlices {
  /// A resource, which is decoded when the first of its records is read, and once.
  final class Resource {
    private let bytes: ArraySlice<UInt8>
    private var reading: ResourceReading?

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var size: Int { bytes.count }

    func reading(
      _ read: (ArraySlice<UInt8>) throws(IntakeError) -> ResourceReading
    ) throws(IntakeError) -> ResourceReading {
      if let reading { return reading }
      let made = try read(bytes)
      reading = made
      return made
    }
  }

  private let body: ArraySlice<UInt8>

  init(_ body: [UInt8]) { self.body = body[...] }

  func visit(
    _ take: (Resource, ArraySlice<UInt8>) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var parts = WireFields(body)
    while let part = try parts.next(1) {
      var own = WireFields(part)
      var resource: ArraySlice<UInt8> = []
      // It may stand anywhere; of several the last one counts.
      while let found = try own.next(1) { resource = found }
      let shared = Resource(resource)
      var scopes = WireFields(part)
      while let scope = try scopes.next(2) {
        var records = WireFields(scope)
        while let record = try records.next(2) { try take(shared, record) }
      }
    }
  }
}
