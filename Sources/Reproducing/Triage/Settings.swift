import Failures
import Languages

/// Variables, settings, credentials and files that a deployment has to provide.
enum Settings {
  /// A variable that is missing or that cannot be read as what it should be: the failing statement reads it.
  static let environment = TriageRule("a variable of the environment") { scene in
    guard let site = scene.site, try scene.raised() == nil,
      [.missingKey, .conversion, .nothing].contains(scene.nature),
      scene.below.allSatisfy({ $0.frame.repositoryPath == nil && !$0.frame.isOfPackage }),
      let standing = try scene.standing(site)
    else { return nil }
    for expression in suspects(standing, scene) {
      let sources = try scene.provenance(of: expression, at: site)
      guard sources.isDisjoint(with: [.request]) else { continue }
      if let variable = sources.derivedVariable, scene.nature != .nothing,
        sources.paths.isEmpty, isOfSettings(variable, scene, site)
      {
        return malformedFile(variable, scene)
      }
      guard let variable = sources.variable else { continue }
      guard try scene.nature != .nothing || !isOptional(variable, scene) else { continue }
      return stop(variable, scene)
    }
    return nil
  }

  /// The name of a setting that the repository documents or sets elsewhere, and that this deployment has not.
  static let missing = TriageRule("a setting that is not set") { scene in
    guard scene.nature == .missingKey || scene.nature == .configuration else { return nil }
    let named = try settingName(scene)
    if scene.nature == .configuration {
      return Stop(
        .configuration,
        "The deployment's settings were refused \(scene.whereabouts) (`\(scene.typeName)`)"
          + (named.map { "; `\($0.name)` is named at `\($0.match.path):\($0.match.line)`." } ?? "."),
        remedy: named.map { "set `\($0.name)` for this deployment" }
          ?? "correct the deployment's settings and credentials, and start it again")
    }
    guard let named else { return nil }
    return Stop(
      .configuration,
      "The code \(scene.whereabouts) reads the setting `\(named.name)`, which "
        + "`\(named.match.path):\(named.match.line)` names and this deployment has not set.",
      remedy:
        "set `\(named.name)` for this deployment; a default in the code would hide that it is missing"
    )
  }

  /// A check of the repository that refuses to start without a variable.
  static let refusedAtStart = TriageRule("a check of the settings") { scene in
    guard let (index, standing, exception) = try scene.raised() else { return nil }
    var expressions = standing.conditions.map(\.test)
    if let recovery = standing.recovery {
      expressions += recovery.attempt.flatMap(\.flattened).flatMap(\.expressions)
    }
    let condition = standing.conditions.last.map { " (condition in line \($0.line))" } ?? ""
    for expression in expressions {
      let sources = try scene.provenance(of: expression, at: index)
      guard let variable = sources.variable, !sources.contains(.request) else { continue }
      return Stop(
        .configuration,
        "`\(scene.place(index))` refuses to go on without a sound \(described(variable))\(condition).",
        remedy: "set the \(described(variable)) for this deployment")
    }
    guard let name = exception.all.compactMap(\.text).lazy.compactMap({ variable(in: $0) }).first
    else { return nil }
    return Stop(
      .configuration,
      "`\(scene.place(index))` refuses to go on without the setting `\(name)`\(condition).",
      remedy: "set `\(name)` for this deployment")
  }

  /// A file that settings name and that is not there.
  static let file = TriageRule("a file that settings name") { scene in
    guard scene.nature == .missingFile, let site = scene.site,
      let standing = try scene.standing(site)
    else { return nil }
    for expression in standing.calls.flatMap({ [$0.callee] + $0.arguments.map(\.value) }) {
      let sources = try scene.provenance(of: expression, at: site)
      guard sources.isDisjoint(with: [.request, .commandLine]) else { return nil }
      let paths = sources.paths
      // A file in a folder that settings name is the code's own affair, unless a document says that it is provided.
      let isNamed = paths.isEmpty && (sources.contains(.setting) || sources.variable != nil)
      let isProvided = try paths.contains { path in
        if path.isMountedPath { return true }
        return try scene.session.search(path.lastPathPart).contains(where: \.path.isDocument)
      }
      guard isNamed || isProvided else {
        if paths.isEmpty { continue }
        return nil
      }
      if !isNamed, let artefact = try artefact(paths, scene) { return artefact }
      return Stop(
        .configuration,
        "The file that the code opens \(scene.whereabouts) is named by the deployment"
          + "\(sources.variable.map { " (\(described($0)))" } ?? ""), and it is not there.",
        remedy:
          "provide the file (mount the secret or the configuration), or correct the setting that names it"
      )
    }
    return nil
  }

  /// A file that the code names and that a document says is built: not for the deployment to write by hand.
  private static func artefact(_ paths: [String], _ scene: Scene) throws -> Stop? {
    for path in paths where !path.isMountedPath && !path.lastPathPart.isOfSettings {
      let building = try scene.session.search(path.lastPathPart).first { match in
        match.path.isDocument
          && match.text.firstGroup(
            #"(?i)(\bmake \w|\bbuil[dt]|\bgenerate|\bcompile|\bcollect|\bbundle)"#)
            != nil
      }
      guard let building else { continue }
      return Stop(
        .badDeploy,
        "The file that the code opens \(scene.whereabouts) is built, as `\(building.path):\(building.line)` says, and the "
          + "deployment has not got it.",
        remedy: "build the deployment again as `\(building.path):\(building.line)` says")
    }
    return nil
  }

  /// What the operating system does not allow.
  static let rights = TriageRule("rights that the process has not") { scene in
    guard scene.nature == .permission, try scene.raised() == nil, let site = scene.site,
      try scene.standing(site) != nil
    else { return nil }
    return Stop(
      .configuration,
      "The operating system does not let the process do what it does \(scene.whereabouts).",
      remedy: "give the service's user the right to that file, folder or port")
  }

  // MARK: reading the source

  private static func stop(_ variable: String?, _ scene: Scene) -> Stop {
    let state =
      scene.nature == .conversion
      ? "holds nothing that can be read as what it is for" : "is missing"
    return Stop(
      .configuration, "The \(described(variable)), read \(scene.whereabouts), \(state).",
      remedy:
        "set the \(described(variable)) for this deployment; a default in the code would hide that it is wrong"
    )
  }

  private static func malformedFile(_ variable: String?, _ scene: Scene) -> Stop {
    Stop(
      .configuration,
      "The file that the \(described(variable)) names does not hold what the code \(scene.whereabouts) reads from it.",
      remedy: "correct the file that the \(described(variable)) names for this deployment")
  }

  /// Whether a file that a variable names holds settings, and not the data that the code works on.
  private static func isOfSettings(_ variable: String?, _ scene: Scene, _ site: Int) -> Bool {
    let frame = scene.evidence.frames[site].frame
    let words = ["config", "setting", "conf", "options", "limits", "secret", "credential", "flags"]
    return "\(variable ?? "") \(frame.function) \(frame.file.lastPathPart)".mentions(words)
  }

  private static func described(_ variable: String?) -> String {
    variable.map { "variable `\($0)` of the environment" } ?? "variable of the environment"
  }

  /// The parts of the failing statement that may have failed: for a missing key its subscripts, else what calls are given.
  private static func suspects(_ standing: Standing, _ scene: Scene) -> [Expression] {
    let all = standing.statement.expressions.flatMap(\.all)
    switch scene.nature {
    case .missingKey:
      return all.filter { part in
        guard case .item(_, let key) = part else { return false }
        // A key that the code computes is missing in data; one that it spells is missing in settings.
        return key.text.map(scene.exception.message.contains) ?? part.isReadOfEnvironment
      }
    case .nothing:
      return all.compactMap { part in
        if case .attribute(let base, _) = part { base } else { nil }
      } + standing.calls.flatMap { $0.arguments.map(\.value) }
    default: return standing.calls.flatMap { $0.arguments.map(\.value) }
    }
  }

  /// Whether the repository's documents say that the variable may be left out.
  private static func isOptional(_ variable: String?, _ scene: Scene) throws -> Bool {
    guard let variable else { return true }
    return try scene.session.search(variable).contains { match in
      match.path.isDocument
        && match.text.mentions(["optional", "default", "may be left", "if set", "unset"])
    }
  }

  /// The setting whose name the failing line spells, and where else the repository names it.
  private static func settingName(_ scene: Scene) throws -> (name: String, match: SourceMatch)? {
    let message = scene.exception.message
    let source = scene.site.flatMap { scene.evidence.frames[$0].frame.sourceLine } ?? ""
    let isOfSettings =
      scene.nature == .configuration
      || source.mentions(["settings", "config", "environ", "secrets"])
    guard isOfSettings else { return nil }
    let words = message.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    for word in words
    where word.isSettingName && source.contains(word) || scene.nature == .configuration {
      guard word.isSettingName else { continue }
      let elsewhere = try scene.session.search(word).first { match in
        match.path.isDocument
          || (match.path.mentions(["settings", "config"]) && !isSite(match, scene))
      }
      if let elsewhere { return (word, elsewhere) }
    }
    return nil
  }

  private static func isSite(_ match: SourceMatch, _ scene: Scene) -> Bool {
    guard let site = scene.site else { return false }
    return scene.place(site) == "\(match.path):\(match.line)"
  }

  /// A setting's name in a message that says that it is to be set.
  private static func variable(in text: String) -> String? {
    guard
      text.mentions([
        " set", "missing", "required", "environment", "configure", "setting", "must be",
      ])
    else {
      return nil
    }
    return text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      .first { $0.isVariableName && $0.contains("_") && $0.count > 4 }
  }
}

extension Set<Provenance> {
  /// The variable that something was computed from, where it was.
  fileprivate var derivedVariable: String?? {
    for source in self {
      if case .derived(let name) = source { return .some(name) }
    }
    return nil
  }

  /// The literals that name files.
  var paths: [String] {
    compactMap { source in
      guard case .literal(let text) = source, text.contains("/") || text.dropFirst().contains("."),
        !text.contains(" ")
      else { return nil }
      return text
    }
  }

  /// The variable that is read, where one is; its name where the source spells it.
  var variable: String?? {
    for source in self {
      if case .environment(let name) = source { return .some(name) }
    }
    return nil
  }
}

extension Expression {
  fileprivate var isReadOfEnvironment: Bool {
    guard case .item(let base, _) = self else { return false }
    return base.spelledName?.lowercased().contains("environ") ?? false
  }
}

extension Frame {
  var isOfPackage: Bool { if case .package = origin { true } else { false } }
}

extension String {
  /// Text for people, or a sample of settings.
  var isDocument: Bool {
    let name = lastPathPart.lowercased()
    let endings = [
      ".md", ".rst", ".txt", ".env", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".sh", ".example",
    ]
    return endings.contains(where: name.hasSuffix)
  }

  fileprivate var isOfSettings: Bool {
    [".env", ".toml", ".ini", ".cfg", ".conf"].contains(where: hasSuffix)
      || mentions(["config", "setting"])
  }

  fileprivate var isSettingName: Bool { isVariableName && count > 3 }

  /// Where deployments put what they provide.
  fileprivate var isMountedPath: Bool {
    ["/etc/", "/run/", "/var/run/", "/vault/", "/secrets/", "/mnt/"].contains(where: hasPrefix)
      || mentions(["secret", "credential", ".pem", ".key", ".crt", ".env"])
  }
}
