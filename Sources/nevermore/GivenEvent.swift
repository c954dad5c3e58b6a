import Failures
import Intake
import PythonTarget
import Telemetry

/// What a person gives a command as an event, in any of the forms that are understood.
enum GivenEvent {
  /// An OTLP export's newest failure, or what ``EventReader`` makes of the bytes; compressed or not.
  static func read(_ bytes: [UInt8]) throws(IntakeError) -> FailureEvent {
    let limit = EventReader.standardLimit
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    let plain = try Inflation.inflated(bytes, limit: limit)
    let export = ExportFile(reader: OTLPReader(language: .python))
    if let newest = try export.newest(in: plain) { return newest }
    return try EventReader.ofPython.read(plain)
  }
}

extension StackLanguage {
  static let python = StackLanguage(
    readStack: TracebackText.read, readType: { QualifiedType.parted($0) })
}
