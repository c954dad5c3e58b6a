import Failures
import Languages

/// The class that a sender's name for a type means, where one is known.
public typealias TypeLookup = @Sendable (_ name: String) -> Symbol?

/// Text with what must be imported for it.
public struct PrintedSource: Sendable, Hashable {
  public var text: String
  public var imports: [Import]

  public init(text: String, imports: [Import]) {
    self.text = text
    self.imports = imports
  }
}

/// Writes values, expressions, programs and tests as Python, in the form that the formatter black leaves alone.
///
/// The law: a printed value reads back equal, with its type; whatever cannot is refused, never approximated.
/// The same input gives the same text.
public struct PythonPrinter: Sendable {
  /// Python's own parser gives up at two hundred brackets.
  public static let deepest = 90

  public let lineLength: Int
  let types: TypeLookup
  let installed: Set<String>

  /// - Parameters:
  ///   - installed: first names of modules that are neither Python's nor the repository's own.
  ///   - types: what the names of types in captured values mean.
  public init(
    lineLength: Int = 88, installed: Set<String> = [], types: @escaping TypeLookup = { _ in nil }
  ) {
    self.lineLength = lineLength
    self.installed = installed.union(["pytest"])
    self.types = types
  }

  /// One value on one line.
  public func literal(_ value: CapturedValue) throws(PrintingError) -> String {
    try source(of: .value(value)).text
  }

  /// One expression on one line; `reserved` are names that an import must not take.
  public func source(
    of expression: Expression, reserved: Set<String> = []
  ) throws(PrintingError) -> PrintedSource {
    var names = LocalNames()
    names.collect(expression)
    var writer = writer(reserved: reserved.union(names.all))
    try writer.write(expression)
    return PrintedSource(
      text: LogicalLine(0, writer.pieces).flat, imports: writer.imports.imports)
  }

  /// Statements at the outermost depth, broken into lines.
  public func source(
    of statements: [Statement], reserved: Set<String> = []
  ) throws(PrintingError) -> PrintedSource {
    var names = LocalNames()
    names.collect(statements)
    var composer = composer(reserved: reserved.union(names.all))
    try composer.write(statements, depth: 0)
    return PrintedSource(text: composer.text, imports: composer.writer.imports.imports)
  }

  var importBlock: ImportBlock {
    ImportBlock(installed: installed, layout: LineLayout(lineLength: lineLength))
  }

  func composer(reserved: Set<String>) -> SourceComposer {
    SourceComposer(
      writer: writer(reserved: reserved), layout: LineLayout(lineLength: lineLength))
  }

  private func writer(reserved: Set<String>) -> SourceWriter {
    SourceWriter(
      imports: ImportLedger(reserved: reserved), lineLength: lineLength, types: types)
  }
}
