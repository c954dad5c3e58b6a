import Failures
import Foundation
import Languages

/// Installed packages that are not what the repository asks for.
enum Modules {
  static let rules = [program, missing, incomplete, otherVersion]

  /// A program that the code starts and that the machine has not.
  static let program = TriageRule("a program that the deployment lacks") { scene in
    guard scene.nature == .missingProgram else { return nil }
    return Stop(
      .badDeploy,
      "The program that the code starts \(scene.whereabouts) is not installed in the deployment.",
      remedy: "install the program in the deployment's image, or correct the setting that names it")
  }

  /// A module that the repository's list of dependencies promises.
  static let missing = TriageRule("a module that the deployment lacks") { scene in
    guard scene.nature == .missingModule, let module = missingModule(scene) else { return nil }
    guard let dependency = try scene.session.dependencies(module).first else { return nil }
    return Stop(
      .badDeploy,
      "`\(dependency.place.path):\(dependency.place.line)` asks for `\(dependency.package)`, "
        + "and the deployment that failed \(scene.whereabouts) was built without it.",
      remedy: "build the deployment again from `\(dependency.place.path)`")
  }

  /// A file of the repository that the deployment lacks, or a system library.
  static let incomplete = TriageRule("a deployment that is not whole") { scene in
    guard scene.nature == .missingModule else { return nil }
    let message = scene.exception.message
    if message.mentions(["shared object", "undefined symbol", "glibc", "dll load failed"]) {
      return Stop(
        .badDeploy,
        "The import \(scene.whereabouts) found its package, but not a system library that it needs.",
        remedy:
          "build the deployment again on the system that it runs on, with the package's system libraries"
      )
    }
    guard let module = message.firstGroup(#"No module named '([\w.]+)'"#) else { return nil }
    let path = module.replacing(".", with: "/")
    guard
      let description = try scene.session.locate([
        SourcePosition(path: path + ".py", function: "<module>", line: 1)
      ]).first ?? nil
    else { return nil }
    return Stop(
      .badDeploy,
      "The import \(scene.whereabouts) did not find `\(description.path)`, which the repository holds.",
      remedy: "deploy the revision as a whole; `\(description.path)` was left out")
  }

  /// A name that the installed version of a package has not, while another version is asked for.
  static let otherVersion = TriageRule("a package of another version than the one asked for") {
    scene in
    for dependency in try modulesInDoubt(scene).flatMap(scene.session.dependencies) {
      guard let wanted = dependency.exactVersion,
        let installed = scene.event.packages.first(where: { isSame($0.key, dependency.package) })?
          .value,
        !isSameVersion(wanted, installed)
      else { continue }
      return Stop(
        .badDeploy,
        "The code \(scene.whereabouts) and the installed `\(dependency.package)` do not fit: "
          + "`\(dependency.place.path):\(dependency.place.line)` asks for \(wanted), \(shown(installed)) is deployed.",
        remedy: "build the deployment again with \(dependency.package) \(wanted)")
    }
    return nil
  }

  private static func missingModule(_ scene: Scene) -> String? {
    scene.exception.message.firstGroup(#"[Nn]o module named '?([\w.]+)'?"#)
      ?? scene.exception.message.firstGroup(#"No package metadata was found for ([\w.-]+)"#)
      ?? scene.exception.message.firstGroup(#"The '([\w.-]+)[^']*' distribution was not found"#)
  }

  /// The modules whose version may be wrong: an import or an attribute that they have not, or a call that they refuse.
  private static func modulesInDoubt(_ scene: Scene) throws -> [String] {
    let message = scene.exception.message
    if let named = message.firstGroup(#"cannot import name '\w+' from '([\w.]+)'"#)
      ?? message.firstGroup(#"^module '([\w.]+)' has no attribute"#)
    {
      return message.contains("partially initialized") ? [] : [named.firstComponent]
    }
    if scene.nature == .missingModule {
      return missingModule(scene).map { [$0.firstComponent] } ?? []
    }
    guard scene.nature == .signature else { return [] }
    if let frame = scene.below.first?.frame {
      if case .package(let name) = frame.origin { return [name] }
      return []
    }
    return try importedModules(scene)
  }

  /// The modules from which the file of the failing statement imports what that statement calls.
  private static func importedModules(_ scene: Scene) throws -> [String] {
    guard let site = scene.site, let path = scene.evidence.frames[site].frame.repositoryPath,
      let standing = try scene.standing(site)
    else { return [] }
    let roots = Set(standing.calls.compactMap(\.callee.root))
    return try roots.sorted().flatMap { root in
      try scene.session.search(root).compactMap { match -> String? in
        guard match.path == path else { return nil }
        return match.text.firstGroup(#"^\s*from ([A-Za-z]\w*)[\w.]* import .*\b"# + root + #"\b"#)
          ?? match.text.firstGroup(#"^\s*import (?:.*, *)?("# + root + #")\b"#)
      }
    }
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    one.normalized == other.normalized
  }

  /// The deployed version, if it looks like one.
  private static func shown(_ version: String) -> String {
    version.firstGroup(#"^([0-9][\w.+!-]{0,30})$"#) ?? "another version"
  }

  private static func isSameVersion(_ one: String, _ other: String) -> Bool {
    one == other || one.hasPrefix(other + "+") || other.hasPrefix(one + "+")
  }
}

extension String {
  fileprivate var firstComponent: String { String(prefix { $0 != "." }) }
  fileprivate var normalized: String {
    lowercased().replacing("_", with: "-").replacing(".", with: "-")
  }
}
