import Failures
import Interchange

/// Exceptions and their frames.
struct ExceptionDecoding {
  let values: ValueReading

  func record(_ field: Field) throws(IntakeError) -> ExceptionRecord {
    let field = try field.requireObject()
    let mechanism = try field["mechanism"]?.requireObject()
    return ExceptionRecord(
      type: field["type"]?.looseText() ?? "unknown",
      module: field["module"]?.looseText(),
      message: field["value"]?.looseText() ?? "",
      frames: try field["stacktrace"].map(frames) ?? [],
      isHandled: mechanism?["handled"]?.value.bool,
      mechanism: mechanism?["type"]?.looseText(),
      identifier: try mechanism?["exception_id"]?.integer(),
      parent: try mechanism?["parent_id"]?.integer(),
      isGroup: mechanism?["is_exception_group"]?.value.bool ?? false)
  }

  func frames(_ stack: Field) throws(IntakeError) -> [Frame] {
    guard let field = try stack.requireObject()["frames"] else { return [] }
    var frames: [Frame] = []
    for frame in try field.items() { frames.append(try self.frame(frame)) }
    return frames
  }

  private func frame(_ field: Field) throws(IntakeError) -> Frame {
    let field = try field.requireObject()
    let path = field["abs_path"]?.looseText()
    let module = field["module"]?.looseText()
    return Frame(
      file: field["filename"]?.looseText() ?? path ?? module ?? "<unknown>",
      absolutePath: path,
      function: field["function"]?.looseText() ?? "<unknown>",
      module: module,
      line: try field["lineno"]?.integer() ?? 0,
      linesBefore: try lines(field["pre_context"]),
      sourceLine: field["context_line"]?.looseText(),
      linesAfter: try lines(field["post_context"]),
      variables: try variables(field["vars"]))
  }

  /// An object of names; some senders write no variables as an empty list.
  private func variables(_ field: Field?) throws(IntakeError) -> [NamedValue] {
    if field?.value == .array([]) { return [] }
    return try values.named(field, leaves: .notation)
  }

  /// A null among the lines is an empty one: leaving it out would shift the others.
  private func lines(_ field: Field?) throws(IntakeError) -> [String] {
    guard let field else { return [] }
    guard let items = field.value.items else {
      throw .wrongShape(path: field.path, expected: "a list")
    }
    return items.map { $0.text ?? "" }
  }
}
