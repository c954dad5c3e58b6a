import Failures

/// What the richest event of a failure held, with each loss marked; what is beyond the bounds is counted.
struct CapturedView {
  struct Variable {
    let name: String
    let pieces: [CapturedText.Piece]
  }

  struct Call {
    let function: String
    let place: String
    let source: String?
    let variables: [Variable]
    let hasNoVariables: Bool
    /// Whether it is known to lie outside the repository.
    let isForeign: Bool
    let isOpen: Bool
    let isWhole: Bool
  }

  struct Request {
    let line: String
    let variables: [Variable]
    let isDropped: Bool
  }

  let message: String
  let exception: String
  /// The innermost first.
  let calls: [Call]
  let callsMore: Int?
  let request: Request?
  let release: String?
  let environment: String?
  let runtime: String?
  let values: Int
  let losses: Int

  static let callLimit = 20
  private static let variableLimit = 40

  init(_ event: FailureEvent) {
    var shown = Bounds()
    let exception = event.exception
    message = String((exception?.message ?? event.message ?? "").prefix(1000))
    self.exception = exception?.type ?? "a message"
    let frames = exception?.frames.reversed() ?? []
    let isPlaced = frames.contains { $0.repositoryPath != nil }
    calls = frames.prefix(Self.callLimit).map { Self.call($0, isPlaced: isPlaced, &shown) }
    callsMore = frames.count > Self.callLimit ? frames.count - Self.callLimit : nil
    request = event.request.map { Self.request($0, &shown) }
    release = event.release
    environment = event.environment
    runtime = event.runtime.map { "\(event.platform) \($0)" }
    values = shown.values
    losses = shown.losses
  }

  /// What one page shows of values, at most.
  private struct Bounds {
    var room = 40_000
    var values = 0
    var losses = 0
  }

  private static func call(
    _ frame: Frame, isPlaced: Bool, _ bounds: inout Bounds
  ) -> Call {
    let path = frame.repositoryPath
    let known = Set(frame.entry.map(\.name))
    let values = frame.entry + frame.variables.filter { !known.contains($0.name) } + frame.globals
    let variables = Self.variables(values, &bounds)
    return Call(
      function: frame.function, place: "\(path ?? frame.file):\(frame.line)",
      source: frame.sourceLine.map { String($0.drop { $0 == " " }.prefix(300)) },
      variables: variables, hasNoVariables: variables.isEmpty, isForeign: isPlaced && path == nil,
      isOpen: !isPlaced || path != nil,
      isWhole: frame.isWhole)
  }

  private static func request(_ request: RequestRecord, _ bounds: inout Bounds) -> Request {
    var values = request.query.map { NamedValue("query " + $0.name, $0.value) }
    values += request.headers.map { NamedValue("header " + $0.name, $0.value) }
    values += request.cookies.map { NamedValue("cookie " + $0.name, $0.value) }
    var isDropped = false
    switch request.body {
    case .structured(let value): values.append(NamedValue("body", value))
    case .text(let text): values.append(NamedValue("body", .string(text)))
    case .dropped: isDropped = true
    case nil: break
    }
    return Request(
      line: String("\(request.method) \(request.path)".prefix(500)),
      variables: variables(values, &bounds), isDropped: isDropped)
  }

  private static func variables(_ values: [NamedValue], _ bounds: inout Bounds) -> [Variable] {
    values.prefix(variableLimit).map { value in
      let text = CapturedText(value.value, room: min(2000, bounds.room))
      bounds.room -= text.pieces.reduce(0) { $0 + $1.text.count }
      bounds.values += 1
      bounds.losses += text.losses > 0 ? 1 : 0
      return Variable(name: String(value.name.prefix(120)), pieces: text.pieces)
    }
  }
}
