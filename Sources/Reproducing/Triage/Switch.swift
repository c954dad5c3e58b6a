import Failures
import Languages

/// Looks for a setting that a caller asked before it called what raises without any condition of its own.
struct Switch {
  let scene: Scene

  /// The innermost such setting, by its own name, and the place that asks it.
  func above(_ index: Int) throws -> (name: String, place: String)? {
    for outer in scene.evidence.repositoryFrames.reversed() where outer < index {
      for condition in try (scene.standing(outer)?.conditions ?? []).reversed()
      where condition.holds {
        guard let name = condition.test.switchName,
          try scene.provenance(of: condition.test, at: outer).isDisjoint(with: [.request])
        else { continue }
        let path = scene.evidence.frames[outer].frame.repositoryPath ?? ""
        return (name, "\(path):\(condition.line)")
      }
    }
    return nil
  }
}

extension Expression {
  /// The setting that a test asks for, and nothing else: `settings.NAME`, `config["NAME"]`, `environ.get("NAME") == "1"`.
  fileprivate var switchName: String? {
    switch self {
    case .attribute(let owner, let name) where owner.holdsSettings: name
    case .item(let owner, let key) where owner.holdsSettings: key.text
    case .call(.attribute(let owner, _), let arguments) where owner.holdsSettings:
      arguments.first?.value.text
    case .call(let callee, let arguments) where callee.spelledName == "getenv":
      arguments.first?.value.text
    case .comparison(let first, let parts)
    where parts.count == 1 && ["==", "is"].contains(parts[0].operation):
      first.switchName
    default: nil
    }
  }

  private var holdsSettings: Bool {
    spelledName?.mentions(["settings", "config", "environ", "flags", "features"]) ?? false
  }
}
