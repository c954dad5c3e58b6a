import Failures
import Languages

/// Writes statements as lines.
struct SourceComposer {
  var writer: SourceWriter
  let layout: LineLayout
  /// Comments that stand above statements.
  var notes: [Statement.Kind: String] = [:]
  private(set) var lines: [String] = []

  init(writer: SourceWriter, layout: LineLayout) {
    self.writer = writer
    self.layout = layout
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  mutating func append(raw line: String) { lines.append(line) }

  /// A line of its own, from what `body` writes.
  mutating func line(
    _ depth: Int, _ body: (inout SourceWriter) throws(PrintingError) -> Void
  ) throws(PrintingError) {
    lines += layout.lines(LogicalLine(depth, try writer.taken(body)))
  }

  mutating func write(_ statements: [Statement], depth: Int) throws(PrintingError) {
    if statements.isEmpty { return lines.append(String(repeating: "    ", count: depth) + "pass") }
    var previous: Statement.Kind?
    for statement in statements {
      if let previous { separate(previous, from: statement.kind, depth: depth) }
      if let note = notes[statement.kind] { label("# " + note, depth: depth) }
      try write(statement.kind, depth: depth)
      previous = statement.kind
    }
  }

  /// black wants empty lines around functions, and one after imports.
  private mutating func separate(
    _ previous: Statement.Kind, from next: Statement.Kind, depth: Int
  ) {
    switch (previous, next) {
    case (.define, _), (_, .define):
      lines += Array(repeating: "", count: depth == 0 ? 2 : 1)
    case (.importing, .importing): break
    case (.importing, _): lines.append("")
    default: break
    }
  }

  private mutating func write(_ kind: Statement.Kind, depth: Int) throws(PrintingError) {
    switch kind {
    case .bind(let target, let value):
      try line(depth) { (writer) throws(PrintingError) in
        try writer.write(bound: target)
        writer.write("=", spaced: true)
        try writer.write(optional: value)
      }
    case .update(let target, let operation, let value):
      let symbol = operation.hasSuffix("=") ? String(operation.dropLast()) : operation
      _ = try Precedence.operation(symbol)
      try line(depth) { (writer) throws(PrintingError) in
        try writer.write(target)
        writer.write(symbol + "=", spaced: true)
        try writer.write(optional: value)
      }
    case .evaluate(let expression):
      try line(depth) { (writer) throws(PrintingError) in try writer.write(expression) }
    case .give(let expression): try write(keyword: "return", expression, depth: depth)
    case .fail(let expression): try write(keyword: "raise", expression, depth: depth)
    case .check(let test, let message):
      try line(depth) { (writer) throws(PrintingError) in
        writer.write("assert")
        try writer.write(optional: test)
        guard let message else { return }
        writer.comma()
        try writer.write(optional: message)
      }
    case .importing(let imports):
      for statement in imports { try write(statement, depth: depth) }
    case .pass: lines.append(String(repeating: "    ", count: depth) + "pass")
    case .unsupported(let kind): throw .unsupported(kind)
    default: try write(compound: kind, depth: depth)
    }
  }

  private mutating func write(
    keyword: String, _ expression: Expression?, depth: Int
  ) throws(PrintingError) {
    try line(depth) { (writer) throws(PrintingError) in
      writer.write(keyword)
      if let expression { try writer.write(optional: expression) }
    }
  }

  private mutating func write(_ statement: Import, depth: Int) throws(PrintingError) {
    let line = try ImportLine(checking: statement)
    lines += layout.lines(line.logicalLine(depth: depth))
  }

  private mutating func write(compound kind: Statement.Kind, depth: Int) throws(PrintingError) {
    switch kind {
    case .branch(let test, let then, let otherwise):
      try write(branch: "if", test, then, otherwise, depth: depth)
    case .forEach(let target, let iterable, let body):
      try line(depth) { (writer) throws(PrintingError) in
        writer.write("for")
        try writer.write(loopTarget: target)
        writer.write("in", spaced: true)
        try writer.write(optional: iterable)
        writer.write(":")
      }
      try write(body, depth: depth + 1)
    case .loop(let test, let body):
      try write(head: "while", test, depth: depth)
      try write(body, depth: depth + 1)
    case .with(let items, let body):
      try line(depth) { (writer) throws(PrintingError) in try writer.write(contexts: items) }
      try write(body, depth: depth + 1)
    case .attempt(let body, let handlers, let otherwise, let finally):
      try write(attempt: body, handlers, otherwise, finally, depth: depth)
    case .define(let function): try write(function, depth: depth)
    default: break
    }
  }

  private mutating func write(
    head keyword: String, _ test: Expression, depth: Int
  ) throws(PrintingError) {
    try line(depth) { (writer) throws(PrintingError) in
      writer.write(keyword)
      try writer.write(optional: test)
      writer.write(":")
    }
  }

  private mutating func write(
    branch keyword: String, _ test: Expression, _ then: [Statement], _ otherwise: [Statement],
    depth: Int
  ) throws(PrintingError) {
    try write(head: keyword, test, depth: depth)
    try write(then, depth: depth + 1)
    if otherwise.isEmpty { return }
    if otherwise.count == 1, case .branch(let test, let then, let rest) = otherwise[0].kind {
      return try write(branch: "elif", test, then, rest, depth: depth)
    }
    label("else:", depth: depth)
    try write(otherwise, depth: depth + 1)
  }

  private mutating func label(_ text: String, depth: Int) {
    lines.append(String(repeating: "    ", count: depth) + text)
  }

  private mutating func write(
    attempt body: [Statement], _ handlers: [ExceptionHandler], _ otherwise: [Statement],
    _ finally: [Statement], depth: Int
  ) throws(PrintingError) {
    label("try:", depth: depth)
    try write(body, depth: depth + 1)
    for handler in handlers {
      try line(depth) { (writer) throws(PrintingError) in try writer.write(head: handler) }
      try write(handler.body, depth: depth + 1)
    }
    if !otherwise.isEmpty {
      label("else:", depth: depth)
      try write(otherwise, depth: depth + 1)
    }
    if !finally.isEmpty || handlers.isEmpty {
      label("finally:", depth: depth)
      try write(finally, depth: depth + 1)
    }
  }

  mutating func write(_ function: FunctionDefinition, depth: Int) throws(PrintingError) {
    for decorator in function.decorators {
      try line(depth) { (writer) throws(PrintingError) in
        writer.write("@")
        try writer.write(decorator)
      }
    }
    var head = LogicalLine(
      depth,
      try writer.taken { (writer) throws(PrintingError) in try writer.write(head: function) })
    head.isDefinition = true
    lines += layout.lines(head)
    try write(function.body, depth: depth + 1)
  }
}
