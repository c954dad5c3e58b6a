import Foundation

/// One captured occurrence of a failure, as its sender reported it. Every string in it is hostile.
public struct FailureEvent: Sendable, Equatable {
  public var identifier: String
  public var timestamp: Date?
  /// The sender's name of the language: `python`, `native`, …
  public var platform: String
  public var release: String?
  public var environment: String?
  /// What was logged, where there is no exception.
  public var message: String?
  /// Oldest first: the last one is the one that reached the sender.
  public var exceptions: [ExceptionRecord]
  public var request: RequestRecord?
  public var breadcrumbs: [Breadcrumb]
  /// Packages of the service's environment, name to version.
  public var packages: [String: String]
  /// The command line of the process.
  public var arguments: [String]
  public var transaction: String?
  public var traceIdentifier: String?
  /// The version of the language's runtime, `3.11.7`.
  public var runtime: String?
  /// Other facts that the sender attached: tags, extra, contexts.
  public var facts: [NamedValue]
  /// What the unit of work read, oldest first, where the probe kept it.
  public var work: [RecordedWork]

  public init(
    identifier: String, timestamp: Date? = nil, platform: String, release: String? = nil,
    environment: String? = nil, message: String? = nil, exceptions: [ExceptionRecord] = [],
    request: RequestRecord? = nil, breadcrumbs: [Breadcrumb] = [],
    packages: [String: String] = [:], arguments: [String] = [], transaction: String? = nil,
    traceIdentifier: String? = nil, runtime: String? = nil, facts: [NamedValue] = [],
    work: [RecordedWork] = []
  ) {
    self.identifier = identifier
    self.timestamp = timestamp
    self.platform = platform
    self.release = release
    self.environment = environment
    self.message = message
    self.exceptions = exceptions
    self.request = request
    self.breadcrumbs = breadcrumbs
    self.packages = packages
    self.arguments = arguments
    self.transaction = transaction
    self.traceIdentifier = traceIdentifier
    self.runtime = runtime
    self.facts = facts
    self.work = work
  }

  /// The exception that reached the sender.
  public var exception: ExceptionRecord? { exceptions.last }
}

/// One exception of a chain or group.
public struct ExceptionRecord: Sendable, Equatable {
  public var type: String
  public var module: String?
  public var message: String
  /// Outermost call first.
  public var frames: [Frame]
  public var isHandled: Bool?
  /// How the sender caught it: `excepthook`, `flask`, `logging`, …
  public var mechanism: String?
  public var identifier: Int?
  public var parent: Int?
  public var isGroup: Bool

  public init(
    type: String, module: String? = nil, message: String, frames: [Frame] = [],
    isHandled: Bool? = nil, mechanism: String? = nil, identifier: Int? = nil, parent: Int? = nil,
    isGroup: Bool = false
  ) {
    self.type = type
    self.module = module
    self.message = message
    self.frames = frames
    self.isHandled = isHandled
    self.mechanism = mechanism
    self.identifier = identifier
    self.parent = parent
    self.isGroup = isGroup
  }
}

/// One call on the stack.
public struct Frame: Sendable, Equatable {
  /// Where the frame's code lies: decided from the repository's tree, never from the sender's word.
  public enum Origin: Sendable, Equatable {
    /// A path relative to the repository's root.
    case repository(String)
    case standardLibrary
    /// An installed package, by the name of its folder.
    case package(String)
    case elsewhere
  }

  public var file: String
  public var absolutePath: String?
  public var function: String
  public var module: String?
  public var line: Int
  /// The source lines before, at, and after ``line``; evidence to be parsed, never to be pasted.
  public var linesBefore: [String]
  public var sourceLine: String?
  public var linesAfter: [String]
  /// In the sender's order; arguments first.
  public var variables: [NamedValue]
  /// The arguments as they came in, where the function was armed.
  public var entry: [NamedValue]
  /// Data of the module that the function names, where the probe kept it.
  public var globals: [NamedValue]
  /// Whether the variables are the live ones: then what is not marked as lost is exact.
  public var isWhole: Bool
  public var origin: Origin

  public init(
    file: String, absolutePath: String? = nil, function: String, module: String? = nil, line: Int,
    linesBefore: [String] = [], sourceLine: String? = nil, linesAfter: [String] = [],
    variables: [NamedValue] = [], entry: [NamedValue] = [], globals: [NamedValue] = [],
    isWhole: Bool = false, origin: Origin = .elsewhere
  ) {
    self.file = file
    self.absolutePath = absolutePath
    self.function = function
    self.module = module
    self.line = line
    self.linesBefore = linesBefore
    self.sourceLine = sourceLine
    self.linesAfter = linesAfter
    self.variables = variables
    self.entry = entry
    self.globals = globals
    self.isWhole = isWhole
    self.origin = origin
  }

  /// The path in the repository, if the frame's code lies there.
  public var repositoryPath: String? {
    if case .repository(let path) = origin { path } else { nil }
  }

  /// The captured value of a variable, if there is one.
  public func variable(_ name: String) -> CapturedValue? {
    variables.first { $0.name == name }?.value
  }

  /// What a parameter was given: as it came in where that is known, else as it stood at last.
  public func argument(_ name: String) -> CapturedValue? {
    entry.first { $0.name == name }?.value ?? variable(name)
  }
}

/// The HTTP request that was being answered.
public struct RequestRecord: Sendable, Equatable {
  public enum Body: Sendable, Equatable {
    /// JSON or form fields, as the sender decoded them.
    case structured(CapturedValue)
    case text(String)
    /// There was one, and the sender dropped it.
    case dropped
  }

  public var method: String
  public var url: String
  public var query: [NamedValue]
  public var headers: [NamedValue]
  public var cookies: [NamedValue]
  public var body: Body?

  public init(
    method: String, url: String, query: [NamedValue] = [], headers: [NamedValue] = [],
    cookies: [NamedValue] = [], body: Body? = nil
  ) {
    self.method = method
    self.url = url
    self.query = query
    self.headers = headers
    self.cookies = cookies
    self.body = body
  }

  /// The path of the URL, without host and query.
  public var path: String {
    guard let scheme = url.range(of: "://") else {
      return String(url.prefix { $0 != "?" && $0 != "#" })
    }
    let rest = url[scheme.upperBound...]
    guard let slash = rest.firstIndex(of: "/") else { return "/" }
    return String(rest[slash...].prefix { $0 != "?" && $0 != "#" })
  }

  /// A header's text, by its name in any case.
  public func header(_ name: String) -> String? {
    for header in headers where header.name.lowercased() == name.lowercased() {
      if case .string(let text) = header.value { return text }
    }
    return nil
  }
}

/// Something that happened before the failure.
public struct Breadcrumb: Sendable, Equatable {
  public var category: String
  public var message: String
  public var fields: [NamedValue]

  public init(category: String, message: String, fields: [NamedValue] = []) {
    self.category = category
    self.message = message
    self.fields = fields
  }
}
