import Languages

/// What in the code, as it was before the patch, speaks for a constant.
struct AnswerEvidence {
  let scene: HarmScene
  let change: FileChange
  let after: Syntax

  /// Why this constant is no invention; `nil` where nothing was found.
  func reason(for site: InventedAnswers.Site) throws -> String? {
    guard let before = change.before else { return nil }
    if site.isAnswer {
      if let reason = answersElsewhere(site, before) ?? documented(site, before)
        ?? siblings(site, before) ?? predicate(site, before)
      {
        return reason
      }
    } else if let reason = try pairs(site, before) {
      return reason
    }
    return try ofNothing(site, before) ?? written(site, before)
  }

  /// The function's declared result, where it leaves no room for the missing value.
  func forbids(_ site: InventedAnswers.Site) -> String? {
    guard let function = after.function(site.place),
      let annotation = after.children(function, .annotation).first
    else { return nil }
    let text = after.text(annotation)
    let words = Set(text.unquoted.words)
    return words.isDisjoint(with: scene.conventions.absences) ? text : nil
  }

  private func word(_ site: InventedAnswers.Site) -> String {
    site.value.map { after.text($0) } ?? scene.notation.nothing
  }

  /// The shape of the constant; a bare return has the missing value's.
  func isEqual(_ index: Int?, _ site: InventedAnswers.Site, _ syntax: Syntax) -> Bool {
    let text = index.map { syntax.text($0) } ?? scene.notation.nothing
    return text.filter { !$0.isWhitespace } == word(site).filter { !$0.isWhitespace }
  }

  func oldFunction(_ site: InventedAnswers.Site, _ before: Syntax) -> Int? {
    change.function(around: site.place).flatMap { before.functions[$0] }
  }

  // MARK: a function's answers

  private func answersElsewhere(_ site: InventedAnswers.Site, _ before: Syntax) -> String? {
    guard let function = oldFunction(site, before) else { return nil }
    for index in before.inside(function)
    where before.node(index).kind == .give && before.function(index) == function
      && isEqual(before.children(index).first, site, before)
    {
      return "it gives that in line \(before.node(index).span.lines.lowerBound) already"
    }
    return nil
  }

  private func documented(_ site: InventedAnswers.Site, _ before: Syntax) -> String? {
    guard let function = oldFunction(site, before) else { return nil }
    let word = word(site)
    if let annotation = before.children(function, .annotation).first {
      let words = before.text(annotation).words
      if word == scene.notation.nothing, !scene.conventions.absences.isDisjoint(with: words) {
        return "its declared result allows it"
      }
    }
    guard let text = documentation(function, before) else { return nil }
    for line in text.split(separator: "\n") {
      let lower = line.lowercased()
      let speaks = ["return", "default", "otherwise", "if ", "when ", "else"].contains {
        lower.contains($0)
      }
      if speaks, String(line).words.contains(word.unquoted), !word.unquoted.isEmpty {
        return "its documentation says so"
      }
    }
    return nil
  }

  private func documentation(_ function: Int, _ syntax: Syntax) -> String? {
    guard let first = syntax.children(function, .body).first,
      syntax.node(first).kind == .evaluate, let value = syntax.children(first).first,
      syntax.node(value).label == "string"
    else { return nil }
    return syntax.text(value)
  }

  /// Functions beside this one that answer the same kind of question with the same constant.
  private func siblings(_ site: InventedAnswers.Site, _ before: Syntax) -> String? {
    guard let function = oldFunction(site, before), let step = site.step else { return nil }
    let question = question(step, after)
    let scope = before.places[function].scope
    for index in before.places.indices
    where before.node(index).kind == .give && isEqual(before.children(index).first, site, before) {
      guard let other = before.function(index), other != function,
        before.places[other].scope == scope,
        before.guards(index).contains(where: { self.question($0, before) == question })
      else { continue }
      return "`\(before.name(of: other))` answers alike"
    }
    return nil
  }

  /// "No" of a function that otherwise compares, where the thing to compare is not there.
  private func predicate(_ site: InventedAnswers.Site, _ before: Syntax) -> String? {
    guard word(site) == scene.notation.no, let step = site.step,
      question(step, after) == .absence, let function = oldFunction(site, before)
    else { return nil }
    let answers = before.inside(function).filter {
      before.node($0).kind == .give && before.function($0) == function
    }.compactMap { before.children($0).first }
    let kinds: Set<SourceNode.Kind> = [.comparison, .boolean, .unary]
    guard !answers.isEmpty, answers.allSatisfy({ kinds.contains(before.node($0).kind) }) else {
      return nil
    }
    return "it answers yes or no, and there is nothing to compare"
  }

  private func question(_ step: GuardStep, _ syntax: Syntax) -> Syntax.Question {
    guard step.kind != .handler, let test = syntax.child(step.index, .test) else { return .fitness }
    return syntax.question(test, nothing: scene.notation.nothing)
  }

  // MARK: a default for something named

  /// The same default for the same name elsewhere.
  private func pairs(_ site: InventedAnswers.Site, _ before: Syntax) throws -> String? {
    let names = Set(site.subjects.filter { !$0.isEmpty })
    guard !names.isEmpty else { return nil }
    for index in before.places.indices {
      guard let (name, value) = pair(at: index, before), names.contains(name),
        isEqual(value, site, before)
      else { continue }
      return "`\(name.brief)` is that in line \(before.node(index).span.lines.lowerBound) too"
    }
    let constant = word(site).filter { !$0.isWhitespace }
    for name in names.sorted() where name.count > 2 {
      for match in try scene.search(name).prefix(20) where isCode(match.path) {
        if match.text.filter({ !$0.isWhitespace }).says(name, is: constant) {
          return "`\(name.brief)` is that in \(match.path):\(match.line) too"
        }
      }
    }
    return nil
  }

  private func pair(at index: Int, _ syntax: Syntax) -> (String, Int?)? {
    let node = syntax.node(index)
    switch node.kind {
    case .bind, .assigned:
      guard let target = syntax.child(index, .target), let value = syntax.child(index, .value),
        let name = InventedAnswers.subjects(target, syntax).first
      else { return nil }
      return (name, value)
    case .parameter: return (node.label, syntax.child(index, .standard) ?? index)
    case .argument: return (node.label, syntax.children(index).first ?? index)
    case .entry:
      guard let key = syntax.child(index, .key), let value = syntax.child(index, .value) else {
        return nil
      }
      return (syntax.text(key).unquoted, value)
    case .call:
      guard scene.conventions.meaning(syntax.callee(index)) == .lookup else { return nil }
      let arguments = syntax.children(index, .arguments)
      let key = syntax.callee(index).contains(".") ? 0 : 1
      guard arguments.count > key + 1 else { return nil }
      return (syntax.text(arguments[key]).unquoted, arguments[key + 1])
    default: return nil
    }
  }

  private func isCode(_ path: String) -> Bool {
    scene.conventions.role(path) == .source
  }

  // MARK: documents

  /// A telling text that the repository's documents or code use.
  private func written(_ site: InventedAnswers.Site, _ before: Syntax) throws -> String? {
    guard let value = site.value, after.node(value).label == "string" else { return nil }
    let text = after.text(value).unquoted
    guard text.count > 3, text.contains(where: \.isLetter) else { return nil }
    for match in try scene.search(text) {
      switch scene.conventions.role(match.path) {
      case .document: return "\(match.path):\(match.line) names it"
      case .source where match.path != change.path:
        return "\(match.path):\(match.line) knows it"
      default: continue
      }
    }
    return nil
  }
}

extension String {
  /// Runs of letters, digits, points and underscores.
  fileprivate var words: [String] {
    split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
  }

  /// Whether a line without blanks gives a name this constant.
  fileprivate func says(_ name: String, is constant: String) -> Bool {
    ranges(of: name).contains { range in
      var rest = self[range.upperBound...]
      while let first = rest.first, "\"'])".contains(first) { rest = rest.dropFirst() }
      guard let mark = rest.first, "=:,".contains(mark), !rest.hasPrefix("==") else { return false }
      var value = rest.dropFirst()
      // An annotation stands between the name and its default.
      if mark == ":", let equals = value.firstIndex(of: "="), !value.hasPrefix(constant) {
        value = value[value.index(after: equals)...]
      }
      guard value.hasPrefix(constant) else { return false }
      let next = value.dropFirst(constant.count).first
      return next.map { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "(") }
        ?? true
    }
  }
}
