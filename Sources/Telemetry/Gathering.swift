import Failures
import Foundation
import OpenTelemetry

/// The outcome of each record of a body, while it is read.
struct Gathering {
  let reader: OTLPReader
  let format: OTLPFormat
  private(set) var batch = OTLPBatch()
  private var keys: Set<String> = []

  /// The number from which on OTLP calls a log record an error.
  private static let errorSeverity = 17

  init(reader: OTLPReader, format: OTLPFormat) {
    self.reader = reader
    self.format = format
  }

  private var isFull: Bool { batch.occurrences.count >= reader.bounds.failures }

  mutating func ignore() { batch.ignored += 1 }

  mutating func refuse() { batch.refused += 1 }

  /// A failure where the record has an exception, and its severity does not say that nothing failed: services log a
  /// retry's exception as a warning.
  mutating func take(
    log: Opentelemetry_Proto_Logs_V1_LogRecord, from resource: ResourceReading
  ) {
    let severity = log.severityNumber.rawValue
    guard severity == 0 || severity >= Self.errorSeverity else { return ignore() }
    let attributes = Attributes(log.attributes)
    let body = log.body.stringValue
    let exceptions = ExceptionReading(reader).exceptions(attributes, text: body)
    guard !exceptions.isEmpty else { return ignore() }
    guard !isFull else { return refuse() }
    var event = resource.event(exceptions)
    event.timestamp =
      Self.date(log.timeUnixNano) ?? Self.date(log.observedTimeUnixNano)
    event.message = body.isEmpty ? nil : body
    event.request = HTTPReading(attributes).request
    event.facts = attributes.facts() + event.facts
    let context = TraceContext(trace: log.traceID, span: log.spanID, format: format)
    add(event, context, moment: log.timeUnixNano)
  }

  mutating func take(
    span: Opentelemetry_Proto_Trace_V1_Span, from resource: ResourceReading
  ) {
    let occasions = span.events.filter { $0.name == "exception" }
    guard !occasions.isEmpty else { return ignore() }
    let context = TraceContext(trace: span.traceID, span: span.spanID, format: format)
    let attributes = Attributes(span.attributes)
    let facts = attributes.facts()
    // On any other kind of span the attributes tell of a request that the service made.
    let request = span.kind == .server ? HTTPReading(attributes).request : nil
    for occasion in occasions {
      guard !isFull else {
        refuse()
        continue
      }
      let own = Attributes(occasion.attributes)
      let exceptions = ExceptionReading(reader).exceptions(own, text: "")
      guard !exceptions.isEmpty else {
        ignore()
        continue
      }
      var event = resource.event(exceptions)
      event.timestamp = Self.date(occasion.timeUnixNano)
      event.transaction = (1...1024).contains(span.name.utf8.count) ? span.name : nil
      event.request = request
      event.facts = own.facts() + facts + event.facts
      add(event, context, moment: occasion.timeUnixNano)
    }
  }

  private mutating func add(_ event: FailureEvent, _ context: TraceContext, moment: UInt64) {
    let key = context.key(of: event)
    if let key, !keys.insert(key).inserted {
      batch.repeated += 1
      return
    }
    var event = event
    event.traceIdentifier = context.trace
    if let span = context.span {
      event.facts.append(NamedValue("span_id", .string(span)))
    }
    event.identifier = context.identifier(of: event, moment: moment)
    batch.occurrences.append(OTLPBatch.Occurrence(event: event, key: key))
  }

  private static func date(_ nanoseconds: UInt64) -> Date? {
    nanoseconds == 0 ? nil : Date(timeIntervalSince1970: Double(nanoseconds) / 1e9)
  }
}
