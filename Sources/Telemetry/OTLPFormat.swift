/// The two notations of OTLP/HTTP: an answer is given in the one that was asked in.
public enum OTLPFormat: String, CaseIterable, Sendable {
  case protobuf = "application/x-protobuf"
  case json = "application/json"

  /// `nil` for what is neither; parameters, such as a character set, are passed over.
  public init?(contentType: String) {
    let name = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    self.init(rawValue: name)
  }

  public var contentType: String { rawValue }
}
