import Failures
import Languages

extension PythonPrinter {
  /// The file of one test, and the data files that it reads.
  ///
  /// The environment of a test is set when its modules are imported already. Of the clock only `time.time`
  /// stands still: what reads it in another way goes on.
  public func test(_ plan: TestPlan) throws(PrintingError) -> TestText {
    var names = LocalNames()
    names.collect(plan.program)
    if case .value(let value, _) = plan.expectation { names.collect(value) }
    var files = FixtureFiles(testPath: plan.path, taken: names.all)
    var plan = plan
    plan.program = files.extract(from: plan.program)
    names.collect(plan.program)
    let body = TestBody(plan: plan, names: names.all)
    var composer = composer(reserved: names.all.union(body.ownNames))
    let setup = try composer.adoptImports(of: plan.program.setup)
    switch plan.style.framework {
    case .pytest: try body.writePytest(setup, &composer)
    case .unittest: try body.writeUnittest(setup, &composer)
    }
    let comment = CommentText.lines(plan.comment)
    let imports = try importBlock.lines(composer.writer.imports.imports)
    let head = comment + (comment.isEmpty || imports.isEmpty ? [] : [""]) + imports
    let gap = head.isEmpty ? [] : ["", ""]
    let source = (head + gap).map { $0 + "\n" }.joined() + composer.text
    return TestText(path: plan.path, source: source, fixtures: files.files)
  }
}

/// The one test of a file, between its imports and its end.
private struct TestBody {
  let plan: TestPlan
  let result: String
  var ownNames: Set<String> { [result, "monkeypatch", "self", testName, className] }

  init(plan: TestPlan, names: Set<String>) {
    self.plan = plan
    var result = "result"
    while names.contains(result) { result += "_" }
    self.result = result
  }

  private var testName: String { SnakeCase.name(plan.name, prefix: "test_") }

  private var className: String {
    let words = SnakeCase.name(plan.name, suffix: "_tests").split(separator: "_")
    let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return name.first?.isNumber == true ? "_" + name : name
  }

  private var conditions: Conditions { plan.program.conditions }

  // MARK: Frameworks

  func writePytest(
    _ setup: [Statement], _ composer: inout SourceComposer
  ) throws(PrintingError) {
    let usesPatch = !conditions.environment.isEmpty || !conditions.answers.isEmpty
    var parameters = plan.program.fixtures
    if usesPatch, !parameters.contains("monkeypatch") { parameters.insert("monkeypatch", at: 0) }
    var decorators: [Expression] = []
    if let reason = plan.knownIssue {
      let mark = Expression.attribute(
        .attribute(.symbol(Symbol(module: "pytest")), "mark"), "xfail")
      decorators = [
        .call(
          mark,
          [
            Argument(.named("strict"), .value(.bool(true))),
            Argument(.named("reason"), .value(.string(reason))),
          ])
      ]
    }
    var statements = try monkeypatches() + setup
    statements = inFrozenTime(statements + (try expectation(&composer)))
    try composer.write(
      FunctionDefinition(
        name: testName, parameters: parameters.map { Parameter(name: $0) }, decorators: decorators,
        body: statements), depth: 0)
  }

  func writeUnittest(
    _ setup: [Statement], _ composer: inout SourceComposer
  ) throws(PrintingError) {
    guard plan.program.fixtures.isEmpty else {
      throw .unsupported("a fixture of pytest in a suite of unittest")
    }
    let module = try composer.writer.imports.moduleName("unittest")
    composer.append(raw: "class \(className)(\(module).TestCase):")
    if let reason = plan.knownIssue {
      for line in CommentText.lines(["known issue: " + reason]) {
        composer.append(raw: "    " + line)
      }
    }
    var statements = inFrozenTime(setup + (try expectation(&composer)))
    for answer in conditions.answers.reversed() {
      let patch = ContextItem(resource: try ConditionPatch.answer(answer))
      statements = [Statement(.with([patch], body: statements))]
    }
    if !conditions.environment.isEmpty {
      let patch = ContextItem(resource: ConditionPatch.environment(conditions.environment))
      statements = [Statement(.with([patch], body: statements))]
    }
    let mark = Expression.attribute(.symbol(Symbol(module: "unittest")), "expectedFailure")
    try composer.write(
      FunctionDefinition(
        name: testName, parameters: [Parameter(name: "self")],
        decorators: plan.knownIssue == nil ? [] : [mark], body: statements), depth: 1)
  }

  // MARK: Conditions

  private func monkeypatches() throws(PrintingError) -> [Statement] {
    let monkeypatch = Expression.name("monkeypatch")
    var statements = conditions.environment.sorted { $0.key < $1.key }.map { name, value in
      call(.attribute(monkeypatch, "setenv"), .value(.string(name)), .value(.string(value)))
    }
    for answer in conditions.answers {
      let (owner, name) = try ConditionPatch.target(answer.symbol)
      let closure = Expression.closure(parameters: ["*args", "**kwargs"], body: answer.answer)
      statements.append(call(.attribute(monkeypatch, "setattr"), owner, name, closure))
    }
    return statements.map { Statement(.evaluate($0)) }
  }

  private func inFrozenTime(_ statements: [Statement]) -> [Statement] {
    guard let instant = conditions.instant else { return statements }
    let patch = ContextItem(resource: ConditionPatch.instant(instant))
    return [Statement(.with([patch], body: statements))]
  }

  // MARK: Expectation

  private func expectation(
    _ composer: inout SourceComposer
  ) throws(PrintingError) -> [Statement] {
    let statements = try expectation()
    for statement in statements {
      switch statement.kind {
      case .with, .attempt: composer.notes[statement.kind] = "The code answers such input with an error of its own."
      default: break
      }
    }
    return statements
  }

  private func expectation() throws(PrintingError) -> [Statement] {
    switch plan.expectation {
    case .noFailure(let allowed):
      let step = [Statement(.evaluate(plan.program.entry))]
      if allowed.isEmpty { return step }
      let suppress = call(
        .attribute(.symbol(Symbol(module: "contextlib")), "suppress"),
        arguments: try checked(allowed))
      return [Statement(.with([ContextItem(resource: suppress)], body: step))]
    case .resultType(let type, let allowed):
      return try afterEntry(allowed) { value in
        isUnittest
          ? Statement(
            .evaluate(call(.attribute(.name("self"), "assertIsInstance"), value, .symbol(type))))
          : Statement(
            .check(
              call(.symbol(Symbol(module: "builtins", path: ["isinstance"])), value, .symbol(type)),
              message: nil))
      }
    case .value(let expected, let allowed):
      return try afterEntry(allowed) { value in
        isUnittest
          ? Statement(.evaluate(call(.attribute(.name("self"), "assertEqual"), value, expected)))
          : Statement(
            .check(
              .comparison(value, [ComparisonPart(expected.isSingleton ? "is" : "==", expected)]),
              message: nil))
      }
    }
  }

  private var isUnittest: Bool { plan.style.framework == .unittest }

  /// The check of the entry's result; a documented answer ends the test before it.
  private func afterEntry(
    _ allowed: [Symbol], _ check: (Expression) -> Statement
  ) throws(PrintingError) -> [Statement] {
    let entry = Statement(.bind(.name(result), plan.program.entry))
    if allowed.isEmpty { return [entry, check(.name(result))] }
    let handler = ExceptionHandler(types: try checked(allowed), body: [Statement(.give(nil))])
    return [
      Statement(.attempt(body: [entry], handlers: [handler], otherwise: [], finally: [])),
      check(.name(result)),
    ]
  }

  /// A broad type would let every failure pass.
  private func checked(_ allowed: [Symbol]) throws(PrintingError) -> [Expression] {
    for symbol in allowed where symbol.module == "builtins" {
      if let name = symbol.path.first, name == "Exception" || name == "BaseException" {
        throw .unsupported("an allowed " + name)
      }
    }
    return allowed.map(Expression.symbol)
  }

  private func call(_ callee: Expression, _ arguments: Expression...) -> Expression {
    call(callee, arguments: arguments)
  }

  private func call(_ callee: Expression, arguments: [Expression]) -> Expression {
    .call(callee, arguments.map { Argument(.positional, $0) })
  }
}

extension Expression {
  fileprivate var isSingleton: Bool {
    switch self {
    case .value(.null), .value(.bool): true
    default: false
    }
  }
}

/// Text as the lines of a comment: nothing in it can end the comment or tell Python how to read the file.
enum CommentText {
  static func lines(_ text: [String]) -> [String] {
    text.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map { line in
      var comment = "#"
      var words = ""
      for scalar in line.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
          .unassigned, .spaceSeparator:
          words += " "
        default: words.unicodeScalars.append(scalar)
        }
      }
      for sign in [":", "="] { words = words.replacing("coding" + sign, with: "coding " + sign) }
      while words.last == " " { words.removeLast() }
      if !words.isEmpty { comment += " " + words }
      return comment
    }
  }
}
