import Failures
import Languages

import struct Foundation.Date

extension PythonPrinter {
  /// The name that a trial reads the result from.
  public static let resultName = "__nevermore_result__"

  /// A module that runs a program once in a process of its own: its conditions, its setup, and as the last
  /// statement ``resultName`` bound to the entry.
  ///
  /// Of the clock only `time.time` stands still: what reads it in another way goes on.
  public func program(_ program: Program) throws(PrintingError) -> String {
    guard program.fixtures.isEmpty else {
      throw .unsupported("a fixture of the suite outside a test")
    }
    var names = LocalNames()
    names.collect(program)
    var composer = composer(reserved: names.all.union([Self.resultName]))
    let setup = try composer.adoptImports(of: program.setup)
    for answer in program.conditions.answers {
      try composer.line(0) { (writer) throws(PrintingError) in
        try writer.write(ConditionPatch.answer(answer))
        writer.write(".start()")
      }
    }
    if let instant = program.conditions.instant {
      try composer.line(0) { (writer) throws(PrintingError) in
        try writer.write(ConditionPatch.instant(instant))
        writer.write(".start()")
      }
    }
    let last = Statement(.bind(.name(Self.resultName), program.entry))
    try composer.write(setup + [last], depth: 0)
    return try head(program.conditions, composer) + composer.text
  }

  /// The environment comes before the imports, because modules read it while they are imported.
  private func head(
    _ conditions: Conditions, _ composer: SourceComposer
  ) throws(PrintingError) -> String {
    var lines: [String] = []
    if !conditions.environment.isEmpty {
      lines = ["import os", ""]
      for (name, value) in conditions.environment.sorted(by: { $0.key < $1.key }) {
        lines.append("os.environ[\(TextNotation.string(name))] = \(TextNotation.string(value))")
      }
      lines.append("")
    }
    let imports = try importBlock.lines(composer.writer.imports.imports)
    if !imports.isEmpty { lines += imports + [""] }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// What holds a program's conditions, as expressions of `unittest.mock`.
enum ConditionPatch {
  private static let mock = Expression.symbol(Symbol(module: "unittest", path: ["mock"]))
  private static let patch = Expression.attribute(mock, "patch")

  static func answer(_ recorded: RecordedAnswer) throws(PrintingError) -> Expression {
    let (owner, name) = try target(recorded.symbol)
    return .call(
      .attribute(patch, "object"),
      [Argument(owner), Argument(name), Argument(.named("return_value"), recorded.answer)])
  }

  /// What holds the function, and its name in there.
  static func target(_ symbol: Symbol) throws(PrintingError) -> (Expression, Expression) {
    guard let last = symbol.path.last else { throw .unsupported("an answer of a module") }
    let owner = Symbol(module: symbol.module, path: symbol.path.dropLast())
    return (.symbol(owner), .value(.string(try PythonName.checked(last))))
  }

  static func instant(_ date: Date) -> Expression {
    .call(
      patch,
      [
        Argument(.value(.string("time.time"))),
        Argument(.named("return_value"), .value(.float(date.timeIntervalSince1970))),
      ])
  }

  static func environment(_ environment: [String: String]) -> Expression {
    let pairs = environment.sorted { $0.key < $1.key }.map {
      MapEntry(key: .string($0.key), value: .string($0.value))
    }
    return .call(
      .attribute(patch, "dict"),
      [
        Argument(.attribute(.symbol(Symbol(module: "os")), "environ")),
        Argument(.value(.map(pairs))),
      ])
  }
}

extension Argument {
  fileprivate init(_ value: Expression) { self.init(.positional, value) }
}

extension LocalNames {
  mutating func collect(_ program: Program) {
    collect(program.setup)
    collect(program.entry)
    for answer in program.conditions.answers { collect(answer.answer) }
    for fixture in program.fixtures { collect(.name(fixture)) }
  }
}

extension SourceComposer {
  /// Outermost imports of a setup go to the head of the file; the statements that are left.
  mutating func adoptImports(of setup: [Statement]) throws(PrintingError) -> [Statement] {
    var left: [Statement] = []
    for statement in setup {
      guard case .importing(let imports) = statement.kind else {
        left.append(statement)
        continue
      }
      for statement in imports { try writer.imports.adopt(statement) }
    }
    return left
  }
}
