import Failures

extension FailureEvent {
  /// This event without secrets; scrubbing twice is scrubbing once.
  ///
  /// Numbers, truths and nulls stay even under secret names: they are structure. Source lines stay code.
  public func scrubbed() -> FailureEvent {
    var event = self
    event.message = message.map { SecretText.scrubbed($0) }
    event.exceptions = exceptions.map { $0.scrubbed() }
    event.request = request?.scrubbed()
    event.breadcrumbs = breadcrumbs.map { crumb in
      Breadcrumb(
        category: crumb.category, message: SecretText.scrubbed(crumb.message),
        fields: crumb.fields.map { $0.scrubbed() })
    }
    event.arguments = Self.scrubbed(arguments: arguments)
    event.transaction = transaction.map { SecretText.scrubbed($0) }
    event.facts = facts.map { $0.scrubbed() }
    event.work = work.map { $0.scrubbed() }
    return event
  }

  /// `--password hunter2` is two words, `--token=abc` is one.
  private static func scrubbed(arguments: [String]) -> [String] {
    var isSecret = false
    return arguments.map { argument in
      let isFlag = argument.hasPrefix("-")
      defer {
        isSecret = isFlag && !argument.contains("=") && SecretNames.kind(argument) != nil
      }
      if isSecret, !isFlag { return String(decoding: SecretText.mask, as: UTF8.self) }
      return SecretText.scrubbed(argument)
    }
  }
}

extension ExceptionRecord {
  fileprivate func scrubbed() -> ExceptionRecord {
    var record = self
    record.message = SecretText.scrubbed(message)
    record.frames = frames.map { frame in
      var frame = frame
      frame.linesBefore = frame.linesBefore.map { SecretText.scrubbed($0, source: true) }
      frame.sourceLine = frame.sourceLine.map { SecretText.scrubbed($0, source: true) }
      frame.linesAfter = frame.linesAfter.map { SecretText.scrubbed($0, source: true) }
      frame.variables = frame.variables.map { $0.scrubbed() }
      frame.entry = frame.entry.map { $0.scrubbed() }
      frame.globals = frame.globals.map { $0.scrubbed() }
      return frame
    }
    return record
  }
}

extension RecordedWork {
  fileprivate func scrubbed() -> RecordedWork {
    RecordedWork(read.scrubbed(), caller: caller, callerFile: callerFile)
  }
}

extension RecordedWork.Read {
  fileprivate func scrubbed() -> RecordedWork.Read {
    switch self {
    case .query(var query):
      query.statement = SecretText.scrubbed(query.statement)
      query.parameters = query.parameters.scrubbed()
      query.rows = query.rows.map { $0.scrubbed(underColumns: query.columns) }
      return .query(query)
    case .exchange(var exchange):
      exchange.url = SecretText.scrubbed(exchange.url)
      exchange.headers = exchange.headers.map { $0.scrubbed() }
      exchange.body = exchange.body.scrubbed()
      return .exchange(exchange)
    case .command(let words, let answer):
      // `GET session:7` answers with a session: the key's name decides over the answer.
      let names = words.dropFirst().prefix(1).compactMap(\.text)
      let kind = names.lazy.compactMap(SecretNames.kind).first
      return .command(words.map { $0.scrubbed() }, answer: answer?.scrubbed(under: kind))
    case .variable(let name, let value):
      guard let value else { return self }
      let isSecret = SecretNames.kind(name) != nil
      return .variable(
        name: name,
        value: isSecret
          ? String(decoding: SecretText.mask, as: UTF8.self) : SecretText.scrubbed(value))
    case .clock: return self
    case .draw(let function, let value): return .draw(function: function, value: value.scrubbed())
    case .setting(let name, let value):
      let named = NamedValue(name, value).scrubbed()
      return .setting(name: name, value: named.value)
    }
  }
}

extension CapturedValue {
  fileprivate var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A row whose columns' names say what stands in them.
  fileprivate func scrubbed(underColumns columns: [String]) -> CapturedValue {
    let kinds = columns.map(SecretNames.kind)
    func placed(_ values: [CapturedValue]) -> [CapturedValue] {
      values.enumerated().map { position, value in
        value.scrubbed(under: kinds.indices.contains(position) ? kinds[position] : nil)
      }
    }
    switch self {
    case .tuple(let values): return .tuple(placed(values))
    case .list(let values): return .list(placed(values))
    default: return scrubbed()
    }
  }
}

extension RequestRecord {
  fileprivate func scrubbed() -> RequestRecord {
    var request = self
    request.url = SecretText.scrubbed(url)
    request.query = query.map { $0.scrubbed() }
    request.headers = headers.map { $0.scrubbed() }
    request.cookies = cookies.map { cookie in
      Self.namesSession(cookie.name) ? cookie.scrubbed(under: "session") : cookie.scrubbed()
    }
    request.body =
      switch body {
      case .text(let text): .text(SecretText.scrubbed(text))
      case .structured(let value): .structured(value.scrubbed())
      case .dropped, nil: body
      }
    return request
  }

  /// Cookies carry sessions under names too short to mean that elsewhere.
  private static func namesSession(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix("sid") || name.hasPrefix("auth") || name.hasPrefix("remember")
  }
}
