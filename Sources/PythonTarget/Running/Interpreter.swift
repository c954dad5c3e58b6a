import Foundation
import Sandboxing

/// The target's own interpreter, and what has to be visible for it to start.
public struct Interpreter: Sendable, Hashable {
  /// As configured or found; its links are what make a virtual environment one.
  public var path: String

  public init(path: String) { self.path = path }

  /// The interpreter that is obvious for a checkout: a virtual environment in it, the active one, or the first on the path.
  public static func obvious(for root: String, environment: [String: String]) -> Interpreter? {
    let inside = [".venv", "venv", "env"].map { "\(root)/\($0)/bin/python" }
    let active = environment["VIRTUAL_ENV"].map { ["\($0)/bin/python"] } ?? []
    let onPath = (environment["PATH"] ?? "").split(separator: ":").flatMap {
      ["\($0)/python3", "\($0)/python"]
    }
    return (inside + active + onPath).first { FileManager.default.isExecutableFile(atPath: $0) }
      .map { Interpreter(path: $0) }
  }

  /// A virtual environment of the checkout without an interpreter that can be started: ``obvious(for:environment:)`` passes it
  /// over, which its owner should know.
  public static func broken(for root: String) -> String? {
    [".venv", "venv", "env"].first { folder in
      let files = FileManager.default
      return files.fileExists(atPath: "\(root)/\(folder)/pyvenv.cfg")
        && !files.isExecutableFile(atPath: "\(root)/\(folder)/bin/python")
    }
  }

  /// Folders that hold the interpreter, its library, and what its environment links to.
  public func mounts() -> [Mount] {
    var folders: [String] = []
    var hop = path
    for _ in 0..<20 {
      folders.append(Self.prefix(of: hop))
      folders += Self.bases(of: Self.prefix(of: hop))
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: hop) else {
        break
      }
      hop =
        target.hasPrefix("/")
        ? target : ((hop as NSString).deletingLastPathComponent + "/" + target)
      hop = (hop as NSString).standardizingPath
    }
    folders += folders.flatMap(Self.linkedFolders)
    let shown = Set(folders.filter { $0.count > 1 && $0 != "/usr" && !$0.hasPrefix("/usr/lib") })
    return shown.sorted().map { Mount($0) }
  }

  /// The folder above `bin`.
  private static func prefix(of executable: String) -> String {
    ((executable as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
  }

  /// Where a virtual environment says that its base is.
  private static func bases(of prefix: String) -> [String] {
    guard let text = try? String(contentsOfFile: prefix + "/pyvenv.cfg", encoding: .utf8) else {
      return []
    }
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2, parts[0] == "home", parts[1].hasPrefix("/") else { return nil }
      return (parts[1] as NSString).deletingLastPathComponent
    }
  }

  /// Folders outside that an installed package's path file adds.
  private static func linkedFolders(of prefix: String) -> [String] {
    let library = prefix + "/lib"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
    return versions.filter { $0.hasPrefix("python") }.flatMap { version -> [String] in
      let site = "\(library)/\(version)/site-packages"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: site)) ?? []
      return names.filter { $0.hasSuffix(".pth") }.flatMap { name -> [String] in
        let text = (try? String(contentsOfFile: "\(site)/\(name)", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init).filter {
          $0.hasPrefix("/") && FileManager.default.fileExists(atPath: $0)
        }
      }
    }
  }
}
