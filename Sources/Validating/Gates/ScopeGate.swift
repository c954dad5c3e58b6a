import Failures
import Languages

/// Only files that a fix may change, no test made weaker, and small enough to be read.
struct ScopeGate {
  let changes: ChangeSet
  let conventions: Conventions

  /// What is larger is no fix that a person reads to its end. BugsInPy's median fix has six lines.
  static let lines = 400
  static let files = 12

  func gate() -> Gate {
    let findings = paths + sizes + changes.tests.flatMap(TestWeakening(conventions).findings)
    let harm = findings.filter { $0.weight == .harm }
    let doubts = findings.filter { $0.weight == .doubt }
    let details = findings.sorted { $0.weight > $1.weight }.map(\.text)
    if let first = harm.first {
      return Gate(.scope, .failed, first.text + ".", details: details)
    }
    if let first = doubts.first {
      return Gate(.scope, .notRun, "A person has to decide: \(first.text).", details: details)
    }
    return Gate(
      .scope, .passed,
      "\(changes.sources.count.of("file")) of source and \(lineCount.of("line")) change; no test is touched for the worse.",
      details: details)
  }

  private var lineCount: Int {
    changes.sources.reduce(0) { $0 + $1.addedLines.count + $1.removedLines.count }
  }

  private var paths: [Finding] {
    var found = changes.broken.map { Finding.harm("\($0) does not parse with the patch") }
    for (path, role) in changes.roles.sorted(by: { $0.key < $1.key }) {
      if path.hasPrefix("/") || path.split(separator: "/").contains("..") || path.isEmpty {
        found.append(.harm("`\(path)` is outside the tree"))
        continue
      }
      let isRemoved = changes.patch.files[path] == .some(nil)
      switch role {
      case .steering(let reason): found.append(.harm("\(path) \(reason): a fix has no need of it"))
      case .test where isRemoved: found.append(.harm("\(path) is removed: its tests are gone"))
      case .source where isRemoved: found.append(.doubt("\(path) is removed"))
      case .resource:
        found.append(.doubt("\(path) is no source: no gate can weigh what it changes"))
      case .source, .test, .document: break
      }
    }
    if changes.sources.isEmpty, changes.broken.isEmpty {
      found.append(.harm("the patch changes no source"))
    }
    return found
  }

  private var sizes: [Finding] {
    var found: [Finding] = []
    if lineCount > Self.lines {
      found.append(
        .harm(
          "\(lineCount) lines of source change, more than \(Self.lines): what cannot be reviewed cannot be proven"
        ))
    }
    if changes.roles.count > Self.files {
      found.append(.harm("\(changes.roles.count) files change, more than \(Self.files)"))
    }
    return found
  }
}

extension Int {
  /// `1 file`, `2 files`.
  func of(_ thing: String) -> String { self == 1 ? "1 \(thing)" : "\(self) \(thing)s" }

  var are: String { self == 1 ? "is" : "are" }
}
