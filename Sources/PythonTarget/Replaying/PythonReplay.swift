import Failures
import Languages

/// Recorded reads as pytest's `monkeypatch`, at the boundary where production read them.
struct PythonReplay {
  let work: [RecordedWork]

  /// A part for each thing that was read.
  func replays() -> [Replay] {
    environment() + [store(), exchanges(), draws()].compactMap(\.self) + databases()
  }

  // MARK: environment and randomness

  private func environment() -> [Replay] {
    var values: [String: String?] = [:]
    for case .variable(let name, let value) in work.map(\.read) where Self.isOwn(name) {
      values[name] = .some(value)
    }
    return values.sorted { $0.key < $1.key }.map { name, value in
      // A place on production's machine is the test's own folder.
      let isPlace = value?.hasPrefix("/") ?? false
      return Replay(
        setup: [isPlace ? Self.place(name) : Self.variable(name, value)],
        fixtures: isPlace ? ["monkeypatch", "tmp_path"] : ["monkeypatch"],
        assumptions: ["the environment's `\(name)` is production's"])
    }
  }

  private static func place(_ name: String) -> Statement {
    let folder = construct("builtins", ["str"], [.name("tmp_path")])
    return monkeypatch("setenv", .text(name), folder)
  }

  private static func variable(_ name: String, _ value: String?) -> Statement {
    if let value { return monkeypatch("setenv", .text(name), .text(value)) }
    return monkeypatch(
      "delenv",
      [Argument(.positional, .text(name)), Argument(.named("raising"), .value(.bool(false)))])
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

  /// What may be replaced by what was drawn: an event names nothing else.
  private static let dice: Set<String> = [
    "random.random", "random.randint", "random.randrange", "random.choice", "random.choices",
    "random.sample", "random.uniform", "random.gauss", "uuid.uuid1", "uuid.uuid4",
  ]

  private func draws() -> Replay? {
    var values: [String: [CapturedValue]] = [:]
    for case .draw(let function, let value) in work.map(\.read)
    where value.isExact && Self.dice.contains(function) {
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

  private func databases() -> [Replay] {
    DatabaseReplay(
      queries: work.compactMap { if case .query(let query) = $0.read { query } else { nil } }
    ).replays()
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
