import Failures
import Languages

extension SourceWriter {
  /// An expression, in parentheses if it holds together less tightly than its place demands.
  mutating func write(
    _ expression: Expression, atLeast least: Precedence = .closure
  ) throws(PrintingError) {
    guard try expression.precedence() < least else {
      return try nested { (writer) throws(PrintingError) in try writer.write(bare: expression) }
    }
    open("(", .atom)
    try nested { (writer) throws(PrintingError) in try writer.write(bare: expression) }
    close(")")
  }

  private mutating func write(bare expression: Expression) throws(PrintingError) {
    switch expression {
    case .value(let value): try write(value: value)
    case .name(let name): write(try PythonName.checked(name))
    case .symbol(let symbol): write(try imports.text(for: symbol))
    case .attribute(let base, let name): try write(attribute: name, of: base)
    case .item(let base, let index): try write(item: index, of: base)
    case .slice: throw .unsupported("a slice outside a subscript")
    case .call(let callee, let arguments): try write(call: callee, arguments)
    case .list(let items): try bracketed("[", items, "]")
    case .tuple(let items):
      open("(", .atom)
      try write(items: items)
      close(")")
    case .set(let items):
      if items.isEmpty { return try write(value: .set([], frozen: false)) }
      try bracketed("{", items, "}")
    case .map(let pairs): try write(pairs: pairs)
    case .unary, .binary, .comparison, .boolean, .conditional: try write(operation: expression)
    case .closure(let parameters, let body): try write(closure: parameters, body)
    case .comprehension(let comprehension): try write(comprehension: comprehension)
    case .awaited(let inner):
      write("await")
      try spaced { (writer) throws(PrintingError) in try writer.write(inner, atLeast: .primary) }
    case .completed(let inner): try write(completed: inner)
    case .drained(let inner):
      write(try imports.builtin("list"))
      open("(", .trailer)
      try write(inner)
      close(")")
    case .unsupported(let kind): throw .unsupported(kind)
    }
  }

  private mutating func write(
    attribute name: String, of base: Expression
  ) throws(PrintingError) {
    let name = try PythonName.checked(name)
    if base.isNumber {
      open("(", .atom)
      try write(base)
      close(")")
    } else {
      try write(base, atLeast: .primary)
    }
    let isChained = pieces.last?.role == .close
    write(".", priority: isChained ? Priority.member : 0)
    write(name)
  }

  private mutating func write(item index: Expression, of base: Expression) throws(PrintingError) {
    try write(base, atLeast: .primary)
    open("[", .trailer)
    switch index {
    case .slice(let from, let to, let by): try write(sliceFrom: from, to: to, by: by)
    case .tuple(let parts) where !parts.isEmpty:
      let count = parts.count
      try elements(parts) { (writer, part) throws(PrintingError) in
        if case .slice(let from, let to, let by) = part {
          try writer.write(sliceFrom: from, to: to, by: by)
        } else {
          try writer.write(part)
        }
      }
      if count == 1 { comma() }
    default: try write(index)
    }
    close("]")
  }

  /// black treats the colon as an operator of its own where an operand is more than a name or number.
  private mutating func write(
    sliceFrom from: Expression?, to: Expression?, by: Expression?
  ) throws(PrintingError) {
    let isComplex = [from, to, by].contains { $0?.isComplexInSlice == true }
    if let from { try write(from, atLeast: .conditional) }
    write(":", spaced: isComplex && from != nil)
    if let to {
      if isComplex {
        try spaced { (writer) throws(PrintingError) in try writer.write(to, atLeast: .conditional) }
      } else {
        try write(to, atLeast: .conditional)
      }
    }
    guard let by else { return }
    write(":", spaced: isComplex && to != nil)
    if isComplex {
      try spaced { (writer) throws(PrintingError) in try writer.write(by, atLeast: .conditional) }
    } else {
      try write(by, atLeast: .conditional)
    }
  }

  private mutating func write(
    call callee: Expression, _ arguments: [Argument]
  ) throws(PrintingError) {
    if callee.isNumber {
      open("(", .atom)
      try write(callee)
      close(")")
    } else {
      try write(callee, atLeast: .primary)
    }
    open("(", .trailer)
    if arguments.count == 1, arguments[0].label == .positional,
      case .comprehension(let comprehension) = arguments[0].value, comprehension.kind == .lazy
    {
      try write(clausesOf: comprehension)
    } else {
      try elements(arguments) { (writer, argument) throws(PrintingError) in
        try writer.write(argument: argument)
      }
    }
    close(")")
  }

  private mutating func write(argument: Argument) throws(PrintingError) {
    switch argument.label {
    case .positional: break
    case .named(let name):
      write(try PythonName.checked(name))
      write("=")
    case .spread: write("*")
    case .namedSpread: write("**")
    }
    try write(argument.value)
  }

  mutating func bracketed(
    _ opening: String, _ items: [Expression], _ closing: String
  ) throws(PrintingError) {
    open(opening, .atom)
    try elements(items) { (writer, item) throws(PrintingError) in try writer.write(item) }
    close(closing)
  }

  /// The items of a tuple without parentheses.
  mutating func write(items: [Expression]) throws(PrintingError) {
    try elements(items) { (writer, item) throws(PrintingError) in try writer.write(item) }
    if items.count == 1 { comma() }
  }

  private mutating func write(pairs: [ExpressionPair]) throws(PrintingError) {
    open("{", .atom)
    try elements(pairs) { (writer, pair) throws(PrintingError) in
      guard let key = pair.key else {
        writer.write("**")
        return try writer.write(pair.value, atLeast: .bitOr)
      }
      try writer.write(key)
      writer.write(":")
      try writer.spaced { (writer) throws(PrintingError) in try writer.write(pair.value) }
    }
    close("}")
  }

  private mutating func write(closure parameters: [String], _ body: Expression)
    throws(PrintingError)
  {
    write("lambda")
    for (position, parameter) in parameters.enumerated() {
      let stars = parameter.prefix { $0 == "*" }
      guard stars.count <= 2 else { throw .invalidName(parameter) }
      let name = try PythonName.checked(String(parameter.dropFirst(stars.count)))
      if position > 0 { write(",") }
      write(stars + name, spaced: true)
    }
    write(":")
    try spaced { (writer) throws(PrintingError) in try writer.write(body) }
  }

  private mutating func write(comprehension: Comprehension) throws(PrintingError) {
    let (opening, closing) =
      switch comprehension.kind {
      case .list: ("[", "]")
      case .set, .map: ("{", "}")
      case .lazy: ("(", ")")
      }
    open(opening, .atom)
    try write(clausesOf: comprehension)
    close(closing)
  }

  private mutating func write(clausesOf comprehension: Comprehension) throws(PrintingError) {
    if comprehension.kind == .map {
      guard let key = comprehension.key else { throw .unsupported("a map without keys") }
      try write(key)
      write(":")
      try spaced { (writer) throws(PrintingError) in
        try writer.write(comprehension.element)
      }
    } else {
      try write(comprehension.element)
    }
    for clause in comprehension.clauses {
      write("for", spaced: true, priority: Priority.comprehension)
      try write(loopTarget: clause.target)
      write("in", spaced: true)
      try spaced { (writer) throws(PrintingError) in
        try writer.write(clause.iterable, atLeast: .or)
      }
      for condition in clause.conditions {
        write("if", spaced: true, priority: Priority.comprehension)
        try spaced { (writer) throws(PrintingError) in
          try writer.write(condition, atLeast: .or)
        }
      }
    }
  }

  /// A loop's target: its commas are no places to break a line.
  mutating func write(loopTarget target: Expression) throws(PrintingError) {
    let start = pieces.count
    try spaced { (writer) throws(PrintingError) in
      if case .tuple(let items) = target, !items.isEmpty {
        try writer.write(items: items)
      } else {
        try writer.write(target)
      }
    }
    for index in start..<pieces.count where pieces[index].role == .comma {
      pieces[index].role = .plain
      pieces[index].priority = 0
    }
  }

  /// `asyncio.run` takes a coroutine only: what is merely awaitable is waited for inside one.
  private mutating func write(completed inner: Expression) throws(PrintingError) {
    if case .awaited(let awaitable) = inner { return try write(completed: awaitable) }
    if inner.containsAwait { throw .unsupported("await outside an asynchronous function") }
    let isCall = if case .call = inner { true } else { false }
    let module = try imports.moduleName("asyncio")
    write(module + ".run")
    open("(", .trailer)
    if isCall {
      try write(inner)
    } else {
      write(module + ".wait_for")
      open("(", .trailer)
      try write(inner)
      comma()
      write("timeout=None", spaced: true)
      close(")")
    }
    close(")")
  }
}

extension Expression {
  fileprivate var containsAwait: Bool {
    if case .awaited = self { return true }
    return children.contains(where: \.containsAwait)
  }
}
