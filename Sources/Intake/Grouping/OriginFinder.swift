import Failures

/// Decides where a frame's code lies, from the repository's tree alone.
///
/// An event grants no authority: whatever it names, the answer is a path of the tree or none.
public struct OriginFinder: Sendable {
  private let tree: Set<String>
  /// Paths of the tree by their last component, so that a frame is compared with few.
  private let pathsByName: [String: [TreePath]]
  private let importRoots: [[Substring]]
  private let checkout: [Substring]

  /// `tree` holds the paths of the files at the revision, relative to the root; `importRoots` are folders of it
  /// from which modules are imported, "" or "." being the root; `checkout` is where the tree lies on this machine.
  public init(tree: Set<String>, importRoots: [String] = [], checkout: String) {
    self.tree = tree
    var pathsByName: [String: [TreePath]] = [:]
    for path in tree.sorted() {
      let components = Self.components(path)
      guard let name = components.last else { continue }
      pathsByName[String(name), default: []].append(TreePath(path: path, components: components))
    }
    self.pathsByName = pathsByName
    var roots = importRoots.map(Self.components)
    if !roots.contains([]) { roots.append([]) }
    self.importRoots = roots
    self.checkout = Self.components(checkout)
  }

  /// The event with every frame's origin set.
  public func placed(_ event: FailureEvent) -> FailureEvent {
    var event = event
    for exception in event.exceptions.indices {
      for frame in event.exceptions[exception].frames.indices {
        event.exceptions[exception].frames[frame].origin = origin(
          of: event.exceptions[exception].frames[frame])
      }
    }
    return event
  }

  public func origin(of frame: Frame) -> Frame.Origin {
    let named = frame.absolutePath ?? frame.file
    guard Self.isAcceptable(named), Self.isAcceptable(frame.file) else { return .elsewhere }
    var components = Self.components(named)
    let isInCheckout =
      named.hasPrefix("/") && !checkout.isEmpty && components.starts(with: checkout)
    if isInCheckout { components.removeFirst(checkout.count) }
    if let package = Self.package(in: components) { return .package(package) }
    if isInCheckout {
      let path = components.joined(separator: "/")
      if tree.contains(path) { return .repository(path) }
    }
    if Self.isStandardLibrary(components) { return .standardLibrary }
    let path = bestMatch(components, module: frame.module)
    return path.map(Frame.Origin.repository) ?? .elsewhere
  }

  /// The path of the tree that shares the longest end with the frame's.
  ///
  /// One component alone is no evidence: then the module must agree. So it must where several match equally well.
  private func bestMatch(_ components: [Substring], module: String?) -> String? {
    guard let name = components.last, let candidates = pathsByName[String(name)] else { return nil }
    let ranked = candidates.map { ($0, Self.commonSuffix($0.components, components)) }
    let longest = ranked.map(\.1).max() ?? 0
    let best = ranked.filter { $0.1 == longest }.map(\.0)
    let agreeing = best.filter { agrees($0, with: module) }
    if longest >= 2 {
      if agreeing.isEmpty, Self.reachesDeeper(module, than: best[0], matched: longest) {
        return nil
      }
      if best.count == 1 { return best[0].path }
      if agreeing.count == 1 { return agreeing[0].path }
      let whole = best.filter { $0.components.count == longest }
      return whole.count == 1 ? whole[0].path : nil
    }
    return agreeing.count == 1 ? agreeing[0].path : nil
  }

  /// Whether a module's name has more parts than matched: `google.cloud.storage.client` is not `storage/client.py`.
  private static func reachesDeeper(_ module: String?, than path: TreePath, matched: Int) -> Bool {
    guard let module else { return false }
    let parts = module.split(separator: ".").count
    return parts > matched - (path.components.count - path.moduleComponents.count)
  }

  /// Whether importing `module` from one of the import roots would load this file.
  private func agrees(_ path: TreePath, with module: String?) -> Bool {
    guard let module, !module.isEmpty else { return false }
    let wanted = module.split(separator: ".", omittingEmptySubsequences: false)
    return importRoots.contains { root in
      path.components.starts(with: root)
        && path.moduleComponents.dropFirst(root.count).elementsEqual(wanted)
    }
  }

  private static func commonSuffix(_ left: [Substring], _ right: [Substring]) -> Int {
    zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
  }

  /// Paths as interpreters write them; nothing that climbs, names a scheme or belongs to another system.
  private static func isAcceptable(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("<") && !path.hasPrefix("file:")
      && !path.utf8.contains(0) && !path.utf8.contains(UInt8(ascii: "\\"))
      && !path.contains("://") && !path.split(separator: "/").contains("..")
  }

  private static func components(_ path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }

  /// The folder, or the single file without its ending, below a folder of installed packages.
  private static func package(in components: [Substring]) -> String? {
    let folders: Set<Substring> = ["site-packages", "dist-packages"]
    guard let position = components.lastIndex(where: { folders.contains($0) }),
      position + 1 < components.count
    else { return nil }
    let name = components[position + 1]
    if position + 2 < components.count { return String(name) }
    return String(name.prefix { $0 != "." })
  }

  /// `…/lib/python3.11/…`, or the same as an archive: `…/lib/python311.zip/…`.
  private static func isStandardLibrary(_ components: [Substring]) -> Bool {
    zip(components, components.dropFirst()).contains { folder, version in
      (folder == "lib" || folder == "lib64") && version.hasPrefix("python")
        && version.dropFirst(6).first?.isNumber == true
    }
  }
}

/// A path of the tree, taken apart once.
private struct TreePath: Sendable {
  let path: String
  let components: [Substring]

  /// Without the ending, and without the file that stands for its folder.
  var moduleComponents: [Substring] {
    var components = components
    guard let name = components.popLast() else { return [] }
    let stem = name.prefix { $0 != "." }
    return stem == "__init__" ? components : components + [stem]
  }
}
