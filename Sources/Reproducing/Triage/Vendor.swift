import Failures
import Languages

/// Bugs of installed packages.
enum Vendor {
  /// A package that crashes over its own state, called by the repository with plain, sound values.
  ///
  /// A package that raises an exception says something about its caller, so only crashes count; and a crash over what the
  /// repository handed in may be the repository's doing, so only those count that the arguments do not explain.
  static let rule = TriageRule("a package that fails over its own state") { scene in
    guard scene.nature == .other || scene.nature == .missingKey || scene.nature == .missingPosition,
      scene.exception.module == nil, !scene.isLibraryCall, let site = scene.site,
      let entry = scene.below.first?.frame,
      case .package(let package) = entry.origin, !entry.function.lastComponent.hasPrefix("__"),
      let failing = scene.below.last(where: { $0.frame.isOfPackage })?.frame,
      failing.origin == entry.origin, scene.below.last?.frame == failing,
      let arguments = try soundArguments(scene, site, entry),
      let statement = try failure(failing, scene), !statement.isDecision
    else { return nil }
    if explains(arguments, failing: failing, isEntry: failing == entry, statement, scene) {
      guard guarantees(failing, statement) else { return nil }
    }
    let version = scene.event.packages.first { $0.key.lowercased() == package.lowercased() }?.value
    let release = version.map { " \($0)" } ?? ""
    return Stop(
      .vendorBug,
      "`\(package)`\(release) fails in its own `\(failing.function.lastComponent)` (line \(failing.line) of "
        + "`\(failing.file.lastPathPart)`) over its own state, called with plain values \(scene.whereabouts).",
      remedy:
        "report it to the maintainers of `\(package)`\(release), and pin or upgrade to a version that holds; "
        + "an answer made up in this repository would be wrong")
  }

  /// The entry's parameters that the repository gave, if all of them are plain values that a contract can ask for.
  private static func soundArguments(_ scene: Scene, _ site: Int, _ entry: Frame) throws
    -> [NamedValue]?
  {
    guard let standing = try scene.standing(site),
      let call = standing.calls.first(where: { $0.name == entry.function.lastComponent }),
      call.arguments.allSatisfy({ $0.label != .spread && $0.label != .namedSpread })
    else { return nil }
    let variables = entry.variables.filter { !["self", "cls"].contains($0.name) }
    let positional = call.arguments.filter { $0.label == .positional }.count
    guard variables.count >= positional else { return nil }
    let names = call.arguments.compactMap { argument -> String? in
      if case .named(let name) = argument.label { name } else { nil }
    }
    let given = Array(variables.prefix(positional)) + variables.filter { names.contains($0.name) }
    guard given.count == call.arguments.count, given.allSatisfy(\.value.isSound) else { return nil }
    return given
  }

  /// Whether the arguments may be what the package failed over.
  private static func explains(
    _ arguments: [NamedValue], failing: Frame, isEntry: Bool, _ statement: Statement, _ scene: Scene
  ) -> Bool {
    let message = scene.exception.message
    if scene.nature == .missingKey {
      let key = message.lowercased().filter { $0 != "'" && $0 != "\"" }
      let isHandedIn = arguments.contains { argument in
        guard case .string(let text) = argument.value else { return false }
        return text.lowercased().contains(key)
      }
      if isHandedIn { return true }
    } else if ["'str'", "'int'", "'float'", "'bytes'", "'bool'", "str,", "int,"].contains(
      where: message.contains)
    {
      return true
    }
    guard isEntry else { return false }
    return !statement.suspects(scene).isDisjoint(with: arguments.map(\.name))
  }

  /// The statement of a package's frame at which it failed, read from the lines that the sender kept.
  private static func failure(_ frame: Frame, _ scene: Scene) throws -> Statement? {
    guard let source = frame.sourceLine else { return nil }
    let statements = try scene.session.parse(
      frame.linesBefore + [source] + frame.linesAfter, frame.linesBefore.count)
    if let standing = Standing(line: frame.linesBefore.count + 1, in: statements) {
      return standing.statement
    }
    return Standing(line: 1, in: try scene.session.parse([source], 0))?.statement
  }

  /// Whether the package itself saw to it that what it looks up is there: it tested for the key, or put it there.
  private static func guarantees(_ frame: Frame, _ statement: Statement) -> Bool {
    let lookups = statement.expressions.flatMap(\.all).compactMap { part -> (String, String)? in
      guard case .item(let base, let key) = part, let container = base.dottedNames,
        case .name(let name) = key
      else { return nil }
      return (container.joined(separator: "."), name)
    }
    return lookups.contains { container, key in
      frame.linesBefore.contains { line in
        line.contains("\(key) not in \(container)") || line.contains("\(container)[\(key)] =")
          || line.contains("\(container).setdefault(\(key)")
      }
    }
  }
}

extension Statement {
  /// An exception that is raised, or a check.
  fileprivate var isDecision: Bool {
    switch kind {
    case .fail, .check: true
    default: false
    }
  }

  /// The names that the failure may be about: for a division what divides, for a lookup what is looked up and where.
  fileprivate func suspects(_ scene: Scene) -> Set<String> {
    let all = expressions.flatMap(\.all)
    var parts = expressions
    if scene.exception.message.mentions(["by zero"]) {
      parts = all.compactMap { part in
        if case .binary(_, let operation, let divisor) = part, ["/", "//", "%"].contains(operation)
        {
          divisor
        } else {
          nil
        }
      }
    } else if scene.nature == .missingKey || scene.nature == .missingPosition {
      parts = all.filter { if case .item = $0 { true } else { false } }
    }
    return parts.reduce(into: []) { $0.formUnion($1.freeNames) }
  }
}

extension CapturedValue {
  /// A plain value with something in it.
  fileprivate var isSound: Bool {
    switch self {
    case .string(let text): !text.isEmpty
    case .bytes(let bytes, _): !bytes.isEmpty
    case .bool, .integer, .decimal, .uuid, .date: true
    case .float(let number): number.isFinite
    default: false
    }
  }
}
