import Failures
import Languages

/// What somebody at a command line asked for and could not have.
enum Operation {
  /// Asked behind what the deployment lacks; ``wrongPath`` is asked before it.
  static let rules = [wrongArgument, refused]

  /// A file named on the command line that is not there or may not be read.
  static let wrongPath = TriageRule("a file named by an operator") { scene in
    guard scene.nature == .missingFile || scene.nature == .permission, let site = scene.site,
      try scene.raised() == nil, let standing = try scene.standing(site)
    else { return nil }
    let expressions = standing.calls.flatMap { [$0.callee] + $0.arguments.map(\.value) }
    let isNamed = try expressions.contains {
      try scene.provenance(of: $0, at: site).contains(.commandLine)
    }
    guard isNamed || isOnCommandLine(scene) else { return nil }
    return Stop(
      .operatorAction,
      "The file that the code opens \(scene.whereabouts) was named on the command line, and it is not there "
        + "or may not be opened.",
      remedy: "call the command again with the right file")
  }

  /// Whether the path that the message tells is a word of the command line as it came. What is not allowed may also lie in
  /// a folder that was named so; what is not there in such a folder is the code's own affair.
  private static func isOnCommandLine(_ scene: Scene) -> Bool {
    guard scene.event.request == nil, scene.isProgram,
      let path = scene.exception.message.firstGroup(#": '(.+)'$"#)
    else { return false }
    return commandLine(scene).contains { word in
      word == path || scene.nature == .permission && word.count > 1 && path.hasPrefix(word + "/")
    }
  }

  /// The words of the process' command line, and the list that the entry of the program was given in its place.
  private static func commandLine(_ scene: Scene) -> [String] {
    guard let entry = scene.evidence.repositoryFrames.first else { return [] }
    let first = scene.function(entry)?.definition.parameters.first?.name
    let given = scene.evidence.frames[entry].frame.variables.first { $0.name == first }?.value
    let words: [String] =
      switch given {
      case .list?, .truncated(.list, _)?: given?.texts ?? []
      default: []
      }
    return Array(scene.event.arguments.dropFirst()) + words
  }

  /// An argument that is converted just where it is taken from the command line.
  static let wrongArgument = TriageRule("an argument that was mistyped") { scene in
    guard [.conversion, .missingPosition].contains(scene.nature), let site = scene.site,
      site == scene.evidence.frames.indices.last, scene.event.request == nil,
      let standing = try scene.standing(site)
    else { return nil }
    let suspects =
      scene.nature == .conversion
      ? standing.calls.flatMap { $0.arguments.map(\.value) }
      : standing.statement.expressions.flatMap(\.all).filter { part in
        if case .item(let base, _) = part { base.spelledName == "argv" } else { false }
      }
    for expression in suspects {
      guard expression.calls.isEmpty,
        try scene.provenance(of: expression, at: site) == [.commandLine],
        scene.nature != .conversion || isQuoted(scene, site)
      else { continue }
      return Stop(
        .operatorAction,
        "The argument that the code reads \(scene.whereabouts) was missing on the command line or not of the form "
          + "that the command takes.",
        remedy: "call the command again with the arguments that it documents")
    }
    return nil
  }

  /// Whether the message quotes a text of the command line as it came, and not something made of it.
  private static func isQuoted(_ scene: Scene, _ site: Int) -> Bool {
    let captured = scene.evidence.frames[site].frame.variables.flatMap(\.value.texts)
    return (captured + scene.event.arguments).contains {
      !$0.isEmpty && scene.exception.message.contains($0)
    }
  }

  /// The command line's own parser refused.
  static let refused = TriageRule("a command line that was refused") { scene in
    guard scene.nature == .usage else { return nil }
    return Stop(
      .operatorAction,
      "The command refused its command line \(scene.whereabouts) (`\(scene.typeName)`).",
      remedy: "call the command again with the arguments that it documents")
  }
}
