import Failures

extension EventWalk {
  func walked(_ work: RecordedWork) -> RecordedWork {
    RecordedWork(
      walked(work.read), caller: work.caller, callerFile: work.callerFile.map { path($0) })
  }

  private func walked(_ read: RecordedWork.Read) -> RecordedWork.Read {
    switch read {
    case .query(var query):
      query.statement = text(query.statement, "a statement")
      query.parameters = walked(query.parameters, "parameters of a statement")
      query.rows = query.rows.map { walked($0, underColumns: query.columns) }
      return .query(query)
    case .exchange(var exchange):
      exchange.url = text(exchange.url, "URL of another service", role: .address)
      exchange.headers = exchange.headers.map { walked($0, "headers of an answer") }
      exchange.body = walked(exchange.body, "body of an answer")
      return .exchange(exchange)
    case .command(let words, let answer):
      // `GET session:7` answers with a session: the key's name decides over the answer.
      let kind = words.dropFirst().prefix(1).compactMap(\.text).lazy.compactMap(names.kind).first
      return .command(
        words.map { walked($0, "a command to a store") },
        answer: answer.map { walked($0, "answer of a store", under: kind) })
    case .variable(let name, let value):
      guard let value else { return read }
      let named = walked(NamedValue(name, .string(value)), "the environment")
      return .variable(name: name, value: named.value.text ?? value)
    case .clock: return read
    case .draw(let function, let value):
      return .draw(function: function, value: walked(value, "a random value"))
    case .setting(let name, let value):
      return .setting(name: name, value: walked(NamedValue(name, value), "settings").value)
    }
  }

  /// A row whose columns' names say what stands in them.
  private func walked(_ row: CapturedValue, underColumns columns: [String]) -> CapturedValue {
    func placed(_ values: [CapturedValue]) -> [CapturedValue] {
      values.enumerated().map { position, value in
        guard columns.indices.contains(position) else { return walked(value, "a row") }
        return walked(NamedValue(columns[position], value), "a row").value
      }
    }
    switch row {
    case .tuple(let values): return .tuple(placed(values))
    case .list(let values): return .list(placed(values))
    default: return walked(row, "a row")
    }
  }
}

extension CapturedValue {
  fileprivate var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
}
