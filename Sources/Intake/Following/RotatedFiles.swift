import Foundation

/// The files beside a log that were it once: `app.log.1`, `app.log-20261123`, `app.log.2026-11-23_04`.
///
/// Compressed ones are left out: they are other files than those that were read.
struct RotatedFiles {
  let path: String

  /// Oldest first, by when they were last written to.
  func files() -> [OpenFile] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "./"
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { Self.wasRotated($0, from: name) }
      .compactMap { OpenFile(path: folder + $0) }
      .sorted { $0.changed < $1.changed }
  }

  private static func wasRotated(_ candidate: String, from name: String) -> Bool {
    guard candidate.hasPrefix(name) else { return false }
    let ending = candidate.dropFirst(name.count)
    guard let separator = ending.first, ".-_".contains(separator), ending.count > 1 else {
      return false
    }
    return ending.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || ".-_:T".contains($0)) }
  }
}
