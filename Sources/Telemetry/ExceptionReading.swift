import Failures

/// The exceptions that a record's attributes tell of, oldest first.
struct ExceptionReading {
  private let language: StackLanguage
  private let stackSize: Int

  init(_ reader: OTLPReader) {
    language = reader.language
    stackSize = reader.bounds.stackSize
  }

  /// `text` is looked through for a stack where the attributes say nothing of an exception.
  func exceptions(_ attributes: Attributes, text: String) -> [ExceptionRecord] {
    let type = attributes.text("exception.type")
    let message = attributes.text("exception.message")
    let stack = attributes.text("exception.stacktrace")
    guard type != nil || message != nil || stack != nil else {
      return text.contains("\n") ? language.readStack(tail(of: text)) : []
    }
    var chain = stack.map { language.readStack(tail(of: $0)) } ?? []
    if let last = chain.indices.last, type.map({ names(chain[last], $0) }) ?? true {
      chain[last].message = Self.whole(chain[last].message, message)
    } else if let type {
      let (module, name) = language.readType(type)
      chain.append(ExceptionRecord(type: name, module: module, message: message ?? ""))
    }
    if let last = chain.indices.last, attributes.bool("exception.escaped") == true {
      chain[last].isHandled = false
    }
    return chain
  }

  /// Whether the stack's last exception is the one that the attribute names, with or without its module.
  private func names(_ record: ExceptionRecord, _ type: String) -> Bool {
    let full = [record.module, record.type].compactMap { $0 }.joined(separator: ".")
    return full == type || full.hasSuffix("." + type) || type.hasSuffix("." + full)
  }

  /// The stack tells a message as the language prints it, and ends it at a blank line; the attribute may be the bare
  /// argument. So the attribute counts only where it goes on.
  private static func whole(_ printed: String, _ told: String?) -> String {
    guard let told, told.hasPrefix(printed), !printed.isEmpty else { return printed }
    return told
  }

  /// The end of a long text, from a whole line on.
  private func tail(of text: String) -> String {
    guard text.utf8.count > stackSize else { return text }
    let end = text.utf8.suffix(stackSize)
    let line = end.drop { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
  }
}
