import Foundation

extension Sandbox {
  /// The paths on the way to a file, through every link, that this machine has and the sandbox
  /// would not see; mount them, or folders above them. Empty if the file can be reached.
  ///
  /// A link inside a mount is followed as the sandbox would follow it: to where its target is
  /// seen there. A path that does not exist on this machine is not reported.
  public func missing(for path: String) -> [String] {
    var missing: [String] = []
    var pending = Sandbox.components(path)
    var reached: [String] = []
    var hops = 0
    while !pending.isEmpty {
      let component = pending.removeFirst()
      if component == ".." {
        reached = Array(reached.dropLast())
        continue
      }
      reached.append(component)
      let place = "/" + reached.joined(separator: "/")
      let source = source(of: place)
      if let target = link(at: place, source: source) {
        hops += 1
        if hops > 40 { return missing }
        if source == nil, !Sandbox.isRoot(place) { missing.append(place) }
        reached = target.hasPrefix("/") ? [] : Array(reached.dropLast())
        pending = Sandbox.components(target) + pending
      } else if pending.isEmpty, source == nil, !isAboveMount(place) {
        missing.append(place)
      }
    }
    return missing.filter { access($0, F_OK) == 0 }
  }

  private var visible: [Mount] { SystemFiles.mounts + readOnly + writable }

  private static func components(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init).filter { $0 != "." }
  }

  /// Where a path of the sandbox lies on this machine; nil where no mount shows it.
  private func source(of place: String) -> String? {
    var best: Mount?
    for mount in visible where Sandbox.lies(place, in: mount.destination) {
      if mount.depth >= best?.depth ?? 0 { best = mount }
    }
    guard let best else { return nil }
    return best.source + place.dropFirst(best.destination == "/" ? 0 : best.destination.count)
  }

  /// Bubblewrap follows the source of a mount itself, so that a mount is never a link inside.
  private func link(at place: String, source: String?) -> String? {
    if Sandbox.isRoot(place) { return SystemFiles.roots.first { $0.path == place }?.link }
    if visible.contains(where: { $0.destination == place }) { return nil }
    if source == nil, isAboveMount(place) { return nil }
    return try? FileManager.default.destinationOfSymbolicLink(atPath: source ?? place)
  }

  private func isAboveMount(_ place: String) -> Bool {
    visible.contains { Sandbox.lies($0.destination, in: place) }
  }

  private static func isRoot(_ place: String) -> Bool {
    SystemFiles.roots.contains { $0.path == place }
  }

  private static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || folder == "/" || path.hasPrefix(folder + "/")
  }
}
