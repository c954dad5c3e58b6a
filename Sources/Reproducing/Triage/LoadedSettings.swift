import Failures
import Languages

/// Settings that are read from a file or the environment into one object, as a whole: what the deployment's file lacks, the
/// object lacks.
enum LoadedSettings {
  /// A field or key of such an object that is not there. One that nothing else in the repository names may be mistyped, and
  /// one that a type of the repository should declare is the code's own affair.
  static let rule = TriageRule("a setting that a deployment's file lacks") { scene in
    guard !scene.isLibraryCall, let site = scene.site, site == scene.evidence.frames.indices.last,
      scene.exception.module == nil, let name = missingName(scene),
      let standing = try scene.standing(site),
      let holder = standing.statement.expressions.flatMap(\.all).lazy
        .compactMap({ $0.owner(of: name) }).first,
      isOfSettings(holder), try !isDeclared(scene),
      try scene.provenance(of: holder, at: site).isDisjoint(with: [.request, .commandLine]),
      let loading = try loading(scene), let naming = try naming(name, scene)
    else { return nil }
    return Stop(
      .configuration,
      "The code \(scene.whereabouts) reads the setting `\(name)`, which `\(naming.path):\(naming.line)` names; the "
        + "settings that `\(loading.path):\(loading.line)` reads for this deployment lack it.",
      remedy:
        "set `\(name)` for this deployment; a default in the code would hide that it is missing")
  }

  /// The field or key that the message says is missing.
  private static func missingName(_ scene: Scene) -> String? {
    switch scene.nature {
    case .missingKey where !scene.exception.message.contains(" "):
      scene.exception.message.firstGroup(#"^['"](\w+)['"]$"#)
    case .other, .missingKey:
      scene.exception.message.firstGroup(#"object has no attribute '(\w+)'$"#)
    default: nil
    }
  }

  private static func isOfSettings(_ holder: Expression) -> Bool {
    let name = holder.spelledName?.lowercased() ?? ""
    let words = ["settings", "config", "conf", "cfg", "configuration"]
    return words.contains { name == $0 || name.hasSuffix("_" + $0) || name.hasPrefix($0 + "_") }
  }

  /// Whether the object is of a type of the repository, whose fields the code declares.
  private static func isDeclared(_ scene: Scene) throws -> Bool {
    guard let type = scene.exception.message.firstGroup(#"^'([\w.]+)' object"#) else {
      return false
    }
    return try scene.session.findType(type)?.isOfRepository ?? false
  }

  /// Where the repository reads settings: a line that decodes a file or asks the environment, in code about settings.
  private static func loading(_ scene: Scene) throws -> SourceMatch? {
    for word in ["toml", "json.load", "yaml", "ConfigParser", "environ", "getenv", "dotenv"] {
      let match = try scene.session.search(word).first { match in
        !match.path.isDocument && !match.path.isOfTests && match.text.contains("(")
          && (match.path.mentions(["config", "setting"])
            || match.text.mentions(["config", "setting"]))
      }
      if let match { return match }
    }
    return nil
  }

  /// Where a document or a sample of settings names it, and does not call it optional.
  private static func naming(_ name: String, _ scene: Scene) throws -> SourceMatch? {
    let matches = try scene.session.search(name).filter { match in
      match.path.isDocument && match.text.firstGroup(#"(\b"# + name + #"\b)"#) != nil
    }
    let isOptional = matches.contains {
      $0.text.mentions(["optional", "default", "may be left", "if set", "unset"])
    }
    return isOptional ? nil : matches.first
  }
}

extension Expression {
  /// What a field or a spelled key of this name is read from.
  fileprivate func owner(of name: String) -> Expression? {
    switch self {
    case .attribute(let owner, name): owner
    case .item(let owner, let key) where key.text == name: owner
    default: nil
    }
  }
}
