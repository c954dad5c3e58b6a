import Failures
import Languages

/// Recorded reads as pytest's `monkeypatch`, at the boundary where production read them.
struct PythonReplay {
  let work: [RecordedWork]

  /// `nil` where nothing that was recorded can be answered again.
  func replay() -> Replay? {
    let parts = [environment(), store(), exchanges(), draws(), databases()].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return parts.reduce(Replay()) { $0 + $1 }
  }

  // MARK: environment and randomness

  private func environment() -> Replay? {
    var values: [String: String?] = [:]
    for case .variable(let name, let value) in work.map(\.read) where Self.isOwn(name) {
      values[name] = .some(value)
    }
    guard !values.isEmpty else { return nil }
    // A place on production's machine is the test's own folder.
    let isPlace = { (value: String?) in value?.hasPrefix("/") ?? false }
    let folder = Expression.call(
      .symbol(Symbol(module: "builtins", path: ["str"])), [Argument(.positional, .name("tmp_path"))]
    )
    let setup = values.sorted { $0.key < $1.key }.map { name, value in
      isPlace(value)
        ? Self.monkeypatch("setenv", .text(name), folder)
        : value.map { Self.monkeypatch("setenv", .text(name), .text($0)) }
          ?? Self.monkeypatch(
            "delenv",
            [Argument(.positional, .text(name)), Argument(.named("raising"), .value(.bool(false)))])
    }
    return Replay(
      setup: setup,
      fixtures: values.values.contains(where: isPlace)
        ? ["monkeypatch", "tmp_path"] : ["monkeypatch"],
      assumptions: ["the environment is production's"])
  }

  /// Whether a variable steers the service, and not the machine or the interpreter.
  private static func isOwn(_ name: String) -> Bool {
    let common = [
      "PATH", "HOME", "LANG", "LANGUAGE", "COLUMNS", "LINES", "TZ", "PWD", "USER", "SHELL",
      "TMPDIR", "TERM", "HOSTNAME",
    ]
    let prefixes = [
      "PYTHON", "LC_", "XDG_", "SENTRY_", "NEVERMORE_", "VIRTUAL_ENV", "PYTEST", "LD_",
    ]
    return !common.contains(name) && !prefixes.contains(where: name.hasPrefix)
  }

  private func draws() -> Replay? {
    var values: [String: [CapturedValue]] = [:]
    for case .draw(let function, let value) in work.map(\.read) where value.isExact {
      values[function, default: []].append(value)
    }
    guard !values.isEmpty else { return nil }
    let setup = values.sorted { $0.key < $1.key }.map { function, drawn in
      Self.patch(function, answering: drawn.map(Expression.value))
    }
    return Replay(
      setup: setup, fixtures: ["monkeypatch"], assumptions: ["what was drawn is production's"])
  }

  // MARK: redis

  private func store() -> Replay? {
    let answers = work.compactMap { entry -> CapturedValue? in
      if case .command(_, let answer?) = entry.read { answer } else { nil }
    }
    guard !answers.isEmpty, answers.allSatisfy(\.isExact) else { return nil }
    return Replay(
      setup: [Self.patch("redis.Redis.execute_command", answering: answers.map(Expression.value))],
      fixtures: ["monkeypatch"], connections: ["redis": Self.construct("redis", ["Redis"], [])],
      assumptions: ["redis answers as it did"])
  }

  private func databases() -> Replay? {
    DatabaseReplay(
      queries: work.compactMap { if case .query(let query) = $0.read { query } else { nil } }
    ).replay()
  }

  private func exchanges() -> Replay? {
    ExchangeReplay(
      exchanges: work.compactMap { if case .exchange(let it) = $0.read { it } else { nil } }
    ).replay()
  }

  // MARK: notation

  static func monkeypatch(_ method: String, _ arguments: Expression...) -> Statement {
    monkeypatch(method, arguments.map { Argument(.positional, $0) })
  }

  static func monkeypatch(_ method: String, _ arguments: [Argument]) -> Statement {
    Statement(.evaluate(.call(.attribute(.name("monkeypatch"), method), arguments)))
  }

  /// Whoever calls it gets these answers, one after another; always the same where there is but one.
  static func patch(_ target: String, answering answers: [Expression]) -> Statement {
    let distinct = Set(answers)
    let stand: Expression =
      distinct.count == 1
      ? .closure(parameters: ["*args", "**kwargs"], body: answers[0])
      : mock("Mock", [Argument(.named("side_effect"), .list(answers))])
    return monkeypatch("setattr", .text(target), stand)
  }

  static func mock(_ kind: String, _ arguments: [Argument] = []) -> Expression {
    .call(.symbol(Symbol(module: "unittest.mock", path: [kind])), arguments)
  }

  static func construct(_ module: String, _ path: [String], _ arguments: [Expression]) -> Expression
  {
    .call(
      .symbol(Symbol(module: module, path: path)), arguments.map { Argument(.positional, $0) })
  }
}

extension Expression {
  static func text(_ text: String) -> Expression { .value(.string(text)) }
}
