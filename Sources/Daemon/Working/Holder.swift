import Foundation

/// A process as a holder of leases: its number, and when it began, since numbers come again.
enum Holder {
  static var current: String { name(of: getpid()) ?? "\(getpid())" }

  static func name(of process: Int32) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? "\(process) \(fields[19])" : nil
  }

  /// Whether the process of a lease still runs.
  static func isAlive(_ holder: String) -> Bool {
    guard let process = holder.split(separator: " ").first.flatMap({ Int32($0) }) else {
      return false
    }
    return name(of: process) == holder
  }
}
