import Foundation
import Interchange
import Logging

/// A line of the log for each message: JSON for machines, or words for a terminal. What is said is static; what it is about is in the
/// metadata.
public struct LineLog: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel = Logger.Level.info
  public var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let isForMachines: Bool
  private let write: @Sendable ([UInt8]) -> Void

  /// What is longer is cut: a log is no place for anything of that length.
  private static let longestValue = 500

  public init(
    label: String, isForMachines: Bool,
    write: @escaping @Sendable ([UInt8]) -> Void = LineLog.toStandardError
  ) {
    self.label = label
    self.isForMachines = isForMachines
    self.write = write
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var all = metadata
    all.merge(metadataProvider?.get() ?? [:]) { $1 }
    all.merge(event.metadata ?? [:]) { $1 }
    let values = all.sorted { $0.key < $1.key }.map { ($0.key, Self.cut("\($0.value)")) }
    write(isForMachines ? json(event, values) : words(event, values))
  }

  private func json(_ event: LogEvent, _ values: [(String, String)]) -> [UInt8] {
    var members: [JSON.Member] = [
      .init("at", .string(Date().formatted(.iso8601))),
      .init("level", .string(event.level.rawValue)), .init("label", .string(label)),
      .init("message", .string(event.message.description)),
    ]
    if !values.isEmpty {
      members.append(.init("about", .object(values.map { .init($0.0, .string($0.1)) })))
    }
    return JSON.object(members).bytes() + [10]
  }

  private func words(_ event: LogEvent, _ values: [(String, String)]) -> [UInt8] {
    let about = values.map { "  \($0.0)=\($0.1)" }.joined()
    return Array("\(event.level.rawValue)  \(event.message)\(about)\n".utf8)
  }

  private static func cut(_ value: String) -> String {
    String(
      String.UnicodeScalarView(
        value.unicodeScalars.prefix(longestValue).map {
          $0.properties.generalCategory == .control ? "?" : $0
        }))
  }

  public static let toStandardError: @Sendable ([UInt8]) -> Void = { line in
    // One call a line: lines of several threads are not mixed.
    _ = line.withUnsafeBytes { Foundation.write(2, $0.baseAddress, $0.count) }
  }
}
