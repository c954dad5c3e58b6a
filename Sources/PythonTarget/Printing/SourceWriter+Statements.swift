import Failures
import Languages

extension SourceWriter {
  /// A value after `=` or a keyword, in parentheses where it must be broken and has no brackets of its own.
  mutating func write(optional expression: Expression) throws(PrintingError) {
    var pieces = try taken { (writer) throws(PrintingError) in try writer.write(expression) }
    if case .tuple = expression.stripped {
      pieces[0].isSpaced = true
      self.pieces += pieces
      return
    }
    if expression.isGenerator {
      pieces[0].isSpaced = true
      self.pieces += pieces
      return
    }
    if expression.stripped.isText, pieces.first?.text == "(", pieces.last?.role == .close {
      pieces.removeFirst()
      pieces.removeLast()
    }
    open("", .optional, spaced: true)
    self.pieces += pieces
    close("")
  }

  /// The target of an assignment: a tuple of several needs no parentheses.
  mutating func write(bound target: Expression) throws(PrintingError) {
    if case .tuple(let items) = target, items.count > 1 {
      try write(items: items)
    } else {
      try write(target)
    }
  }

  mutating func write(contexts: [ContextItem]) throws(PrintingError) {
    write("with")
    for (position, item) in contexts.enumerated() {
      if position > 0 { comma() }
      try spaced { (writer) throws(PrintingError) in try writer.write(item.resource) }
      guard let target = item.target else { continue }
      write("as", spaced: true)
      try spaced { (writer) throws(PrintingError) in try writer.write(target) }
    }
    write(":")
  }

  mutating func write(head handler: ExceptionHandler) throws(PrintingError) {
    write("except")
    if handler.types.count == 1 {
      try spaced { (writer) throws(PrintingError) in try writer.write(handler.types[0]) }
    } else if !handler.types.isEmpty {
      try spaced { (writer) throws(PrintingError) in try writer.write(.tuple(handler.types)) }
    }
    if let name = handler.name, !handler.types.isEmpty {
      write("as", spaced: true)
      write(try PythonName.checked(name), spaced: true)
    }
    write(":")
  }

  mutating func write(head function: FunctionDefinition) throws(PrintingError) {
    write(function.isAsynchronous ? "async def" : "def")
    write(try PythonName.checked(function.name), spaced: true)
    open("(", .trailer)
    try write(parameters: function.parameters)
    close(")")
    if let returns = function.returns {
      write("->", spaced: true)
      try spaced { (writer) throws(PrintingError) in try writer.write(returns) }
    }
    write(":")
  }

  private mutating func write(parameters: [Parameter]) throws(PrintingError) {
    var isFirst = true
    var isAfterStar = false
    func separated(_ writer: inout SourceWriter, _ text: String) {
      if !isFirst { writer.comma() }
      writer.write(text, spaced: !isFirst)
      isFirst = false
    }
    for (position, parameter) in parameters.enumerated() {
      let name = try PythonName.checked(parameter.name)
      if parameter.kind == .named, !isAfterStar {
        separated(&self, "*")
        isAfterStar = true
      }
      switch parameter.kind {
      case .rest:
        separated(&self, "*" + name)
        isAfterStar = true
      case .namedRest: separated(&self, "**" + name)
      default: separated(&self, name)
      }
      if let annotation = parameter.annotation {
        write(":")
        try spaced { (writer) throws(PrintingError) in try writer.write(annotation) }
      }
      if let standard = parameter.standard {
        write("=", spaced: parameter.annotation != nil)
        let start = pieces.count
        try write(standard)
        pieces[start].isSpaced = parameter.annotation != nil
      }
      let next = position + 1 < parameters.count ? parameters[position + 1].kind : nil
      if parameter.kind == .positionalOnly, next != .positionalOnly { separated(&self, "/") }
    }
  }
}

extension Expression {
  /// Without what adds nothing: a boolean of one operand.
  fileprivate var stripped: Expression {
    switch self {
    case .boolean(_, let operands) where operands.count == 1: operands[0].stripped
    case .comparison(let first, let parts) where parts.isEmpty: first.stripped
    case .value(.tuple): .tuple([])
    case .value(.truncated(let known, _)): Expression.value(known).stripped
    default: self
    }
  }

  fileprivate var isText: Bool {
    if case .value(.string) = self { true } else { false }
  }

  fileprivate var isGenerator: Bool {
    if case .comprehension(let comprehension) = self { comprehension.kind == .lazy } else { false }
  }
}
