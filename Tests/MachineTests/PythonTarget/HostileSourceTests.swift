import Failures
import Languages
import Testing

@testable import PythonTarget
@testable import Reproducing

/// An event's context lines are anybody's: whatever they say, no candidate program reaches the machine.
@Suite struct HostileSourceTests {
  static let files = [
    "shop/__init__.py": """
    import os
    import subprocess as sp
    from subprocess import run as launch
    from os import system as quiet
    from shutil import rmtree
    from functools import partial
    EVAL = eval
    """,
    "shop/pricing.py":
      "import os\n\nclass Basket:\n    def total(self, *a, **k): return 1 / 0\n\ndef total(*a, **k): return 1 / 0\n",
  ]

  static let expressions = [
    "os.system('id')", "shop.os.system('id')", "shop.pricing.os.system('id')",
    "shop.sp.run(['id'])", "sp.run(['id'])",
    "launch(['id'])", "shop.launch(['id'])", "quiet('id')", "shop.quiet('id')", "EVAL('1')",
    "shop.EVAL('1')", "eval('1')",
    "exec('1')", "open('/etc/passwd')", "getattr(total, 'x')", "__import__('os')",
    "setattr(total, 'a', 1)", "globals()",
    "vars(total)", "input()", "breakpoint()", "compile('1', '', 'eval')", "total.__globals__['os']",
    "().__class__.__mro__",
    "Basket().__class__", "Basket.__subclasses__()", "b['eval']('1')", "bi.eval('1')",
    "io.open('/etc/passwd')",
    "subprocess.check_output('id')", "pathlib.os.system('id')", "json.codecs.open('/etc/passwd')",
    "rmtree('/')",
    "shop.rmtree('/')", "partial(quiet, 'id')()", "importlib.import_module('os')",
    "sys.modules['os']", "pickle.loads(b'')",
    "operator.attrgetter('__globals__')(total)", "operator.methodcaller('__init__')(total)",
    "typing.get_type_hints(total)", "types.FunctionType(None, {})", "types.CodeType()",
    "pathlib.Path('/x').write_text('')",
    "pathlib.Path('/x').unlink()", "Path('/etc/passwd').read_text()",
    "'{0.__globals__}'.format(total)",
    "shop.__builtins__['eval']('1')", "shop.__loader__", "type('X', (), {}).mro()",
    "map(launch, [['id']])",
    "(lambda: os.system('id'))()", "[launch(c) for c in [['id']]]", "sorted(['id'], key=quiet)",
    "string.Formatter().get_field('0.__globals__', [total], {})",
    "functools.update_wrapper(hint, total, updated=('__globals__',))", "hint.update(a=quiet)",
  ]

  static let heads = [
    "from shop import __builtins__ as b", "import builtins as bi",
    "import os, io, sys, pickle, importlib, subprocess",
    "import pathlib, json, operator, typing, types, string, functools", "from pathlib import Path",
    "import shop, shop.pricing",
    "from shop import sp, launch, quiet, EVAL, rmtree, partial",
    "from shop.pricing import total, Basket",
  ]

  /// What may stand in a program: nothing of the machine and nothing of the interpreter's machinery.
  static func objections(_ program: Program) -> [String] {
    var found: [String] = []
    func visit(_ expression: Expression) {
      switch expression {
      case .symbol(let symbol):
        let inside = ["shop", "shop.pricing"].contains(symbol.module)
        let foreign: Set<String> = ["launch", "quiet", "EVAL", "rmtree", "os", "sp", "partial"]
        if inside, !foreign.isDisjoint(with: symbol.path) { found.append(symbol.entry) }
        if symbol.path.contains(where: { $0.hasPrefix("__") }) { found.append(symbol.entry) }
        if !inside, !AllowedNames.allows(symbol) { found.append(symbol.entry) }
        let reach: [String: Set<String>] = [
          "operator": ["attrgetter", "methodcaller"], "typing": ["get_type_hints", "ForwardRef"],
          "types": ["FunctionType", "CodeType", "LambdaType"], "pathlib": ["Path", "PosixPath"],
          "string": ["Formatter"], "functools": ["update_wrapper", "wraps"],
        ]
        if let head = symbol.path.first, reach[symbol.module]?.contains(head) == true {
          found.append(symbol.entry)
        }
      case .attribute(_, let name):
        if name.hasPrefix("__"), name != "__enter__" { found.append(".\(name)") }
      case .call(.attribute(.value(.string(let template)), let name), _)
      where name.hasPrefix("format") && template.contains("__"):
        found.append(template)
      case .call(.attribute(.name(let variable), let name), _) where name.hasPrefix("format"):
        found.append(variable)
      default: break
      }
      expression.children.forEach(visit)
    }
    for statement in program.setup.flatMap(\.flattened) { statement.expressions.forEach(visit) }
    visit(program.entry)
    return found
  }

  private static func candidates(_ repository: RealRepository, _ lines: [String], focus: Int) throws
    -> [Candidate]
  {
    let outer = Frame(
      file: "service.py", function: "handle", line: 100, linesBefore: Array(lines[..<focus]),
      sourceLine: lines[focus],
      linesAfter: Array(lines[(focus + 1)...]),
      variables: [NamedValue("hint", .map([])), NamedValue("text", .string("x"))])
    let inner = Frame(
      file: "shop/pricing.py", function: "total", line: 6,
      variables: [NamedValue("a", .tuple([])), NamedValue("k", .map([]))],
      origin: .repository("shop/pricing.py"))
    let event = FailureEvent(
      identifier: "e", platform: "python",
      exceptions: [
        ExceptionRecord(
          type: "ZeroDivisionError", message: "division by zero", frames: [outer, inner])
      ])
    guard let evidence = try Evidence(of: event, in: repository.session) else { return [] }
    let source = try CallerSource(evidence: evidence, session: repository.session)
    return try [true, false].flatMap { try source.propose(outside: $0).candidates }
  }

  @Test func `no hostile context line is in any candidate program`() throws {
    let repository = try RealRepository(Self.files)
    var harmless = 0
    for expression in Self.expressions {
      for lines in [
        ["total(\(expression))"], ["a = \(expression)", "total(a)"],
        ["total(text, key=\(expression))"],
        ["def key(x):", "    return \(expression)", "total(key)"],
        ["with \(expression) as f:", "    total(f)"],
        ["text.a = \(expression)", "total(text)"],
        ["t = '{0.__globals__}'", "total(t.format(\(expression)))"],
        ["total(text.format_map(\(expression)))"],
        ["box = Basket()", "box.total = \(expression)", "total(box)"],
      ] {
        let found = try Self.candidates(
          repository, Self.heads + lines, focus: Self.heads.count + lines.count - 1)
        for candidate in found {
          #expect(Self.objections(candidate.program) == [], "\(lines)")
          harmless += 1
        }
      }
    }
    // The same lines without anything hostile do give programs.
    #expect(
      try !Self.candidates(repository, Self.heads + ["total(text)"], focus: Self.heads.count)
        .isEmpty)
  }

  @Test func `a redefinition or a statement after the focus is not taken`() throws {
    let repository = try RealRepository(Self.files)
    let lines = [
      "box = Basket()", "total(box)", "box = None", "box.rate = 5", "total(box, late=1)",
    ]
    for candidate in try Self.candidates(
      repository, Self.heads + lines, focus: Self.heads.count + 1)
    {
      #expect(candidate.program.setup.count == 1)
      guard case .call(_, let arguments) = candidate.program.entry else {
        return #expect(Bool(false))
      }
      #expect(arguments.count == 1)
    }
    #expect(
      try !Self.candidates(repository, Self.heads + lines, focus: Self.heads.count + 1).isEmpty)
  }

  @Test func `a function that the shown lines cut does not come along`() throws {
    let repository = try RealRepository(Self.files)
    let cut = ["total(text, key=key)", "def key(row):", "    if row:"]
    #expect(try Self.candidates(repository, cut, focus: 0).isEmpty)
    let whole = ["def key(row):", "    return row", "total(text, key=key)"]
    #expect(try !Self.candidates(repository, whole, focus: 2).isEmpty)
  }

  @Test(arguments: [
    "\u{0}", String(repeating: "(", count: 60_000), "x = 1" + String(repeating: "+1", count: 2_000),
    "a" + String(repeating: ".b", count: 3_000), String(repeating: "-", count: 50_000) + "1",
    "f" + String(repeating: "()", count: 1_500), "\u{2028}total()", "total(\u{202E}text)",
  ])
  func `lines that are no source neither end the kit nor the case`(line: String) throws {
    let repository = try RealRepository(Self.files)
    _ = try Self.candidates(repository, [line, "total(text)"], focus: 0)
    #expect(try !Self.candidates(repository, ["total(text)"], focus: 0).isEmpty)
  }
}
