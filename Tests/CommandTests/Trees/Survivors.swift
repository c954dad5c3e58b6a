import Foundation

/// Processes that are still there when a run is over.
enum Survivors {
  /// The command lines of all processes that name one of the marks, or that work in a folder named so.
  static func with(_ marks: [String]) -> [String] {
    let files = FileManager.default
    let own = ProcessInfo.processInfo.processIdentifier
    let processes = ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap(Int32.init)
    return processes.filter { $0 != own }.compactMap { process in
      let line = files.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      let folder = (try? files.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")) ?? ""
      let text = String(decoding: line, as: UTF8.self) + " " + folder
      return marks.contains { text.contains($0) } ? text : nil
    }
  }
}
