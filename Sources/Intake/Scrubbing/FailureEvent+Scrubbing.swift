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
      return frame
    }
    return record
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
