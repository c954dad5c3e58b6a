import Languages

/// What no test should have to notice: what is written for people, and what only runs as a program.
enum Exclusion {
  /// Whether nothing at all is changed in this part of the tree.
  static func leavesOut(_ node: SourceNode, below ancestors: [SourceNode], _ listing: Listing)
    -> Bool
  {
    switch node.kind {
    case .annotation, .decorator, .importing, .outer: return true
    case .evaluate:
      return node.isDocumentation || node.children.first.map { isLog($0, listing) } == true
    case .call: return isLog(node, listing)
    case .branch: return node.isReservedGuard || node.onlyImports
    case .bind: return bindsReservedName(node)
    default: break
    }
    switch node.role {
    case .annotation, .decorators, .bases, .message: return true
    default: break
    }
    return isMessage(node, below: ancestors)
  }

  /// Whether the parts of the node are left alone while the node itself may be changed.
  static func leavesOutParts(of node: SourceNode) -> Bool {
    // The places inside a formatted text are not told exactly by every language version.
    node.kind == .formatted
  }

  /// Arguments of what is raised: numbers and switches count (a status), words do not.
  private static func isMessage(_ node: SourceNode, below ancestors: [SourceNode]) -> Bool {
    guard let place = ancestors.lastIndex(where: { $0.kind == .call }), place > 0,
      ancestors[place - 1].kind == .fail,
      node.role == .arguments || ancestors.last?.kind == .argument
    else { return false }
    let value = node.argumentValue
    return !value.isLiteral("integer", "bool", "float")
  }

  /// `logger.info(…)`, `self.log.debug(…)`, `warnings.warn(…)`.
  private static func isLog(_ node: SourceNode, _ listing: Listing) -> Bool {
    guard node.kind == .call, let callee = node.child(.callee), callee.kind == .attribute,
      logWords.contains(callee.label), let receiver = callee.children.first
    else { return false }
    let name = (receiver.kind == .call ? receiver.child(.callee) ?? receiver : receiver).label
      .lowercased()
    return name.contains("log") || name == "warnings"
  }

  private static let logWords: Set = [
    "debug", "info", "notice", "warning", "warn", "error", "exception", "critical", "fatal",
    "trace",
    "log",
  ]

  /// Names between two underscores are for the language and for tools.
  private static func bindsReservedName(_ node: SourceNode) -> Bool {
    let targets = node.children(.target)
    return !targets.isEmpty && targets.allSatisfy { $0.kind == .name && $0.label.isReserved }
  }
}

extension SourceNode {
  /// A text that stands alone.
  var isDocumentation: Bool {
    kind == .evaluate && children.count == 1
      && (children[0].isText || children[0].isLiteral("ellipsis"))
  }

  /// A branch that asks how the file was started, or by which tool it is read.
  var isReservedGuard: Bool {
    guard kind == .branch, let test = child(.test) else { return false }
    return test.kind == .comparison
      && test.children.contains { $0.kind == .name && $0.label.isReserved }
  }

  /// A branch that chooses what is imported: by version, for a type checker.
  var onlyImports: Bool {
    guard kind == .branch else { return false }
    let body = children.filter { $0.role == .body || $0.role == .otherwise }
    return body.contains { $0.kind == .importing }
      && body.allSatisfy { $0.kind == .importing || $0.kind == .pass }
  }
}

extension String {
  fileprivate var isReserved: Bool { count > 4 && hasPrefix("__") && hasSuffix("__") }
}
