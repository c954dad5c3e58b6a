import Interchange
import Languages
import Synchronization

/// Modules that the kit's own process has imported, so that no trial has to; each is tried once.
final class WarmModules: Sendable {
  private let tried: Mutex<Set<String>> = Mutex([])

  /// Seconds that the imports of one question may take together.
  static let seconds = 30.0

  /// Imports what is new. A module whose import ends or blocks the kit is met again in the trial that needs it.
  func warm(_ modules: [String], in kit: KitConversation) {
    let new = tried.withLock { tried in modules.filter { tried.insert($0).inserted } }
    guard !new.isEmpty else { return }
    _ = try? kit.ask(
      "warm", [.init("modules", .array(new.map { .string($0) }))], seconds: Self.seconds)
  }
}

extension Program {
  /// The modules that the program names.
  var modules: [String] {
    var found: [String] = []
    func visit(_ expression: Expression) {
      if case .symbol(let symbol) = expression, !found.contains(symbol.module) {
        found.append(symbol.module)
      }
      expression.children.forEach(visit)
    }
    setup.flatMap(\.flattened).flatMap(\.expressions).forEach(visit)
    visit(entry)
    return found
  }
}
