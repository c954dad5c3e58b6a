/// A file of the target and its syntax, so that edits can be made by span and leave the rest as it is.
public struct SourceFile: Sendable, Hashable {
  public var path: String
  public var text: String
  public var root: SourceNode

  public init(path: String, text: String, root: SourceNode) {
    self.path = path
    self.text = text
    self.root = root
  }

  /// What stands in a span.
  public func text(of span: SourceSpan) -> String {
    String(decoding: Array(text.utf8)[span.bytes], as: UTF8.self)
  }
}

/// Where a piece of a file stands.
public struct SourceSpan: Sendable, Hashable {
  /// Offsets of UTF-8 bytes from the file's start.
  public var bytes: Range<Int>
  /// First and last line, counted from 1.
  public var lines: ClosedRange<Int>
  /// The column of the first byte in its line, counted from 0 in bytes: the indentation of a statement.
  public var column: Int

  public init(bytes: Range<Int>, lines: ClosedRange<Int>, column: Int) {
    self.bytes = bytes
    self.lines = lines
    self.column = column
  }
}

/// One node of a file's syntax, in words that languages share.
public struct SourceNode: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    // Declarations. `label` is the name.
    case module, function, type, parameter, decorator, annotation, importing
    // Statements. An `update`'s label is its operator, `+` of `+=`.
    case bind, update, evaluate, give, fail, check, branch, forEach, loop, with, attempt, handler
    case leave, proceed, pass, remove, outer
    // Expressions. The label of a `name` or an `attribute` is the name, of an operation its operator, of a named
    // `argument` its name; that of a literal is its kind: `null`, `bool`, `integer`, `float`, `string`, `bytes`, `ellipsis`.
    case name, literal, attribute, item, slice, call, argument, spread, list, tuple, set, map, entry
    case unary, binary, comparison, boolean, conditional, closure, comprehension, clause, awaited
    case yielded, formatted, assigned
    /// What has no counterpart here; the label is the language's own word.
    case other
  }

  /// What a node is to the one above it.
  public enum Role: String, Sendable, Hashable {
    case body, otherwise, handlers, finally
    case test, target, value, iterable, key, callee, arguments, operands, types, parameters
    case annotation, standard, decorators, bases, from, to, by, message, cause, clauses, part
  }

  public var kind: Kind
  public var label: String
  public var role: Role
  public var span: SourceSpan
  /// In the order of the source.
  public var children: [SourceNode]

  public init(
    _ kind: Kind, label: String = "", role: Role = .part, span: SourceSpan,
    children: [SourceNode] = []
  ) {
    self.kind = kind
    self.label = label
    self.role = role
    self.span = span
    self.children = children
  }

  public func children(_ role: Role) -> [SourceNode] { children.filter { $0.role == role } }
  public func child(_ role: Role) -> SourceNode? { children.first { $0.role == role } }

  /// This node and all inside it, outermost first.
  public var flattened: [SourceNode] { [self] + children.flatMap(\.flattened) }
}

/// New text for a span of a file.
public struct SourceEdit: Sendable, Hashable {
  public var path: String
  /// UTF-8 bytes; an empty range inserts.
  public var bytes: Range<Int>
  public var text: String

  public init(path: String, bytes: Range<Int>, text: String) {
    self.path = path
    self.bytes = bytes
    self.text = text
  }
}

extension SourceFile {
  /// The text with edits that do not overlap; all else stays byte for byte.
  public func applying(_ edits: [SourceEdit]) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.bytes.lowerBound > $1.bytes.lowerBound }) {
      bytes.replaceSubrange(edit.bytes, with: edit.text.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
