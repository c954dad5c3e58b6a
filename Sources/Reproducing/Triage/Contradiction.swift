import Failures
import Languages

/// Looks for a value that a guard calls unknown although the repository's own code writes it: then the code disagrees with
/// itself, and the guard only reports it.
struct Contradiction {
  let scene: Scene

  /// The place that writes a value that the guard does not know. A value that some input holds is the input's affair, and
  /// a guard that tests for the very value knows it.
  func place(_ index: Int, _ standing: Standing, _ exception: Expression) throws -> SourceMatch? {
    guard isClosedList(standing, index) else { return nil }
    let inputs = self.inputs
    for text in offending(index, standing, exception) where text.count > 2 {
      guard !inputs.contains(where: { $0.holds(word: text) }), !isKnown(text, index),
        try !isAsked(index, standing, exception)
      else { continue }
      if let match = try writer(of: text, outside: index) { return match }
    }
    return nil
  }

  /// Whether the guard lists what it knows: it refuses what is not in a list, or what no branch before it took.
  private func isClosedList(_ standing: Standing, _ index: Int) -> Bool {
    if let last = standing.conditions.last { return last.test.refusesUnlisted(holds: last.holds) }
    return standing.recovery != nil
      || standing.before.contains { if case .branch = $0.kind { true } else { false } }
  }

  /// The texts that the guard tests; where it tests none that was captured, those that the exception shows.
  private func offending(_ index: Int, _ standing: Standing, _ exception: Expression) -> [String] {
    let variables = scene.evidence.frames[index].frame.variables
    func captured(_ expressions: [Expression]) -> [String] {
      let names = expressions.reduce(into: Set<String>()) { $0.formUnion($1.freeNames) }
      return variables.filter { names.contains($0.name) }.compactMap { $0.value.plainText }
    }
    let tested = captured(standing.conditions.suffix(1).map(\.test))
    if !tested.isEmpty { return tested }
    let shown = captured([exception])
    return shown.isEmpty ? scene.exception.message.quoted : shown
  }

  /// All texts that came from outside: the request, the command line, and what others than the repository called it with.
  private var inputs: [String] {
    var texts = scene.event.arguments
    if let request = scene.event.request {
      texts += [request.url] + (request.query + request.headers).flatMap(\.value.texts)
      switch request.body {
      case .structured(let body): texts += body.texts
      case .text(let body): texts.append(body)
      case .dropped, nil: break
      }
    }
    for index in scene.evidence.repositoryFrames where isEntry(index) {
      let parameters = scene.function(index)?.definition.parameters.map(\.name)
      for variable in scene.evidence.frames[index].frame.variables
      where parameters?.contains(variable.name) ?? true {
        texts += variable.value.texts
      }
    }
    return texts
  }

  private func isEntry(_ index: Int) -> Bool {
    index == scene.evidence.repositoryFrames.first
      || scene.evidence.frames[index - 1].frame.isOfPackage
  }

  /// Whether the source says that what is tested comes from a request or a command line.
  private func isAsked(_ index: Int, _ standing: Standing, _ exception: Expression) throws -> Bool {
    let expressions = standing.conditions.suffix(1).map(\.test) + [exception]
    return try expressions.contains { expression in
      try !scene.provenance(of: expression, at: index).isDisjoint(with: [.request, .commandLine])
    }
  }

  /// Whether the function that refuses spells the value itself.
  private func isKnown(_ text: String, _ index: Int) -> Bool {
    let statements = scene.function(index)?.definition.body.flatMap(\.flattened) ?? []
    return statements.flatMap(\.expressions).flatMap(\.all).contains { $0.text == text }
  }

  private func writer(of text: String, outside index: Int) throws -> SourceMatch? {
    let function = scene.function(index)
    for literal in ["\"\(text)\"", "'\(text)'"] {
      let match = try scene.session.search(literal).first { match in
        let isInside = match.path == function?.path && function?.lines.contains(match.line) ?? false
        return !isInside && !match.path.isDocument && !match.path.isOfTests
          && match.text.writes(literal)
      }
      if let match { return match }
    }
    return nil
  }
}

extension Expression {
  /// Whether a test that came out like this says that something is not in a list of the code's own.
  fileprivate func refusesUnlisted(holds: Bool) -> Bool {
    switch self {
    case .unary("not", let inner): inner.refusesUnlisted(holds: !holds)
    case .boolean(_, let parts): parts.contains { $0.refusesUnlisted(holds: holds) }
    case .comparison(_, let parts):
      parts.contains { part in
        switch part.operation {
        case "not in", "!=", "is not": holds && part.operand.isFixed
        // A lookup that found nothing.
        case "is" where part.operand == .value(.null): holds
        case "in", "==", "is": !holds && part.operand.isFixed
        default: false
        }
      }
    default: false
    }
  }

  /// Whether it does not depend on a state: what a lookup gives is a list for one state, not the list of all.
  private var isFixed: Bool { !all.contains { if case .item = $0 { true } else { false } } }
}

extension CapturedValue {
  /// The texts inside this value.
  var texts: [String] {
    switch self {
    case .string(let text), .path(let text): [text]
    default: children.flatMap(\.texts)
    }
  }

  fileprivate var plainText: String? {
    if case .string(let text) = self { text } else { nil }
  }
}

extension String {
  /// Whether a file lies where tests do.
  var isOfTests: Bool {
    let name = lastPathPart.lowercased()
    let folders = split(separator: "/").dropLast().map { $0.lowercased() }
    return !Set(folders).isDisjoint(with: ["test", "tests", "testing"])
      || name.hasPrefix("test_") || name.hasPrefix("conftest")
      || name.prefix { $0 != "." }.hasSuffix("_test")
  }

  /// Whether a text is this one, or holds it as a word of its own: the paths of a machine hold all kinds of words.
  fileprivate func holds(word: String) -> Bool {
    self == word
      || ranges(of: word).contains { range in
        let isOpen =
          range.lowerBound == startIndex || !self[index(before: range.lowerBound)].isOfWord
        return isOpen && (range.upperBound == endIndex || !self[range.upperBound].isOfWord)
      }
  }

  /// What stands in quotation marks.
  fileprivate var quoted: [String] {
    split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// Whether a line of source gives this literal to something, instead of looking it up or talking of it.
  fileprivate func writes(_ literal: String) -> Bool {
    let line = drop { $0 == " " || $0 == "\t" }
    guard !line.hasPrefix("#"), !line.hasPrefix("//"), let range = line.range(of: literal) else {
      return false
    }
    let before = line[..<range.lowerBound]
    if before.hasSuffix(".get(") { return false }
    guard before.hasSuffix("["), let owner = before.dropLast().last else { return true }
    return !(owner.isLetter || owner.isNumber || "_)]".contains(owner))
  }
}

extension Character {
  fileprivate var isOfWord: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
