import Failures

/// Leads through every text of an event, and says of each where it stands and what its name announces.
///
/// What code is named by stays: files of the repository, functions, modules, types, the names of variables and fields. So do truths,
/// nulls and moments.
final class EventWalk {
  typealias Change = ([UInt8], TextPass.Spot) -> [UInt8]

  let names: SecretNames
  private let change: Change
  /// Texts under names that the configuration keeps.
  private(set) var kept: [String] = []

  init(names: SecretNames, _ change: @escaping Change) {
    self.names = names
    self.change = change
  }

  func walked(_ event: FailureEvent) -> FailureEvent {
    var event = event
    event.message = event.message.map { text($0, "message") }
    event.exceptions = event.exceptions.map(walked)
    event.request = event.request.map(walked)
    event.breadcrumbs = event.breadcrumbs.map { crumb in
      Breadcrumb(
        category: crumb.category, message: text(crumb.message, "breadcrumb"),
        fields: crumb.fields.map { walked($0, "breadcrumb") })
    }
    event.arguments = walked(arguments: event.arguments)
    event.transaction = event.transaction.map { text($0, "transaction", role: .address) }
    event.facts = event.facts.map { walked($0, "facts") }
    event.work = event.work.map(walked)
    return event
  }

  // MARK: texts

  func text(
    _ text: String, _ place: String, under kind: String? = nil, role: Finds.Role = .text
  ) -> String {
    let bytes = Array(text.utf8)
    let result = change(bytes, TextPass.Spot(place: place, kind: kind, role: role))
    return result == bytes ? text : String(decoding: result, as: UTF8.self)
  }

  func bytes(_ bytes: [UInt8], _ place: String, under kind: String?) -> [UInt8] {
    change(bytes, TextPass.Spot(place: place, kind: kind))
  }

  /// Notes what a value under a kept name holds, so that it stays everywhere.
  func keep(_ value: CapturedValue) {
    switch value {
    case .string(let text), .path(let text), .integer(let text): kept.append(text)
    case .opaque(_, let text): kept.append(text)
    default: for child in value.children { keep(child) }
    }
  }

  /// A name as a place may show it: names are the sender's, too.
  static func shown(_ name: String) -> String {
    let isPlain =
      name.utf8.count <= 40 && name.wholeMatch(of: /[A-Za-z_][A-Za-z_.-]*[0-9]{0,2}/) != nil
    return isPlain ? "`\(name)`" : "a value"
  }

  // MARK: parts

  private func walked(_ record: ExceptionRecord) -> ExceptionRecord {
    var record = record
    record.message = text(record.message, "message of \(Self.shown(record.type))")
    record.frames = record.frames.map(walked)
    return record
  }

  private func walked(_ frame: Frame) -> Frame {
    var frame = frame
    let file = frame.file.split(separator: "/").last.map(String.init) ?? frame.file
    let place = "\(Self.shown(frame.function)) in \(Self.shown(file))"
    let lines = "source lines of \(place)"
    frame.absolutePath = frame.absolutePath.map { path($0) }
    frame.linesBefore = frame.linesBefore.map { text($0, lines, role: .source) }
    frame.sourceLine = frame.sourceLine.map { text($0, lines, role: .source) }
    frame.linesAfter = frame.linesAfter.map { text($0, lines, role: .source) }
    frame.variables = frame.variables.map { walked($0, place) }
    frame.entry = frame.entry.map { walked($0, place) }
    frame.globals = frame.globals.map { walked($0, place) }
    return frame
  }

  /// A file's path: of it only the name of a home is anybody's.
  func path(_ path: String) -> String {
    path.contains("/home/") || path.contains("Users") ? text(path, "path of a frame") : path
  }

  /// `--password hunter2` is two words, `--token=abc` is one.
  private func walked(arguments: [String]) -> [String] {
    var kind: String?
    return arguments.map { argument in
      let isFlag = argument.hasPrefix("-")
      defer { kind = isFlag && !argument.contains("=") ? names.kind(argument) : nil }
      if !isFlag { return text(argument, "command line", under: kind) }
      guard let equals = argument.firstIndex(of: "=") else { return text(argument, "command line") }
      let name = String(argument[..<equals])
      let value = String(argument[argument.index(after: equals)...])
      return name + "=" + text(value, "command line", under: names.kind(name))
    }
  }

  private func walked(_ request: RequestRecord) -> RequestRecord {
    var request = request
    request.url = text(request.url, "URL of the request", role: .address)
    request.query = request.query.map { walked($0, "query of the request") }
    request.headers = request.headers.map { walked($0, "headers of the request") }
    request.cookies = request.cookies.map { cookie in
      let kind = Self.namesSession(cookie.name) ? "session" : nil
      return walked(cookie, "cookies of the request", under: kind)
    }
    request.body =
      switch request.body {
      case .text(let body): .text(text(body, "body of the request"))
      case .structured(let value): .structured(walked(value, "body of the request"))
      case .dropped, nil: request.body
      }
    return request
  }

  /// Cookies carry sessions under names too short to mean that elsewhere.
  private static func namesSession(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix("sid") || name.hasPrefix("auth") || name.hasPrefix("remember")
  }
}
