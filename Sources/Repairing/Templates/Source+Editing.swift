import Languages

/// Edits that keep the file's own indentation, line ends and quotes.
extension Source {
  func replacing(_ node: SourceNode, with text: String) -> SourceEdit {
    SourceEdit(path: file.path, bytes: node.span.bytes, text: text)
  }

  /// Lines of their own before a statement; `nil` where the statement shares its line or belongs to a chain of branches.
  func inserting(_ lines: [String], before statement: SourceNode) -> SourceEdit? {
    guard let indentation = indentation(statement), statement.label != "chained" else { return nil }
    let at = lineStart(statement)
    return SourceEdit(
      path: file.path, bytes: at..<at,
      text: lines.map { indentation + stepped($0) + newline }.joined())
  }

  /// A statement as the body of a branch; `nil` where its lines cannot be moved to the right.
  func guarding(_ statement: SourceNode, _ test: String, _ notation: Notation) -> SourceEdit? {
    guard let indentation = indentation(statement), endsItsLine(statement),
      statement.label != "chained", canMove(statement)
    else { return nil }
    let body = text(statement).replacing(newline, with: newline + step)
    guard let head = notation.branch(test, [notation.pass]).first else { return nil }
    return replacing(statement, with: head + newline + indentation + step + body)
  }

  /// A statement whose failure of a type leads to other lines; `nil` where its lines cannot be moved to the right.
  func attempting(
    _ statement: SourceNode, _ type: String, _ handler: [String], _ notation: Notation
  ) -> SourceEdit? {
    guard let indentation = indentation(statement), endsItsLine(statement),
      statement.label != "chained", canMove(statement)
    else { return nil }
    let lines = notation.attempt([notation.pass], [type], handler)
    guard lines.count > 2 else { return nil }
    let body = step + text(statement).replacing(newline, with: newline + step)
    let all = [lines[0], body] + lines.dropFirst(2).map(stepped)
    return replacing(statement, with: all.joined(separator: newline + indentation))
  }

  /// A text that spans lines would change with its indentation.
  private func canMove(_ statement: SourceNode) -> Bool {
    !statement.flattened.contains {
      ($0.kind == .literal || $0.kind == .formatted) && $0.span.lines.count > 1
    }
  }

  /// A line whose indentation is in steps of four blanks, in this file's own steps.
  func stepped(_ line: String) -> String {
    let blanks = line.prefix { $0 == " " }.count
    return String(repeating: step, count: blanks / 4) + line.dropFirst(blanks)
  }
}
