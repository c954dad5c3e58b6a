import Failures

/// The message of a shipped commit. All of it may hold text of an event; none of it can pass for
/// anything else.
///
/// Laws: the subject is one line of at most 72 characters; the last paragraph holds exactly our
/// trailers; no other line can be taken for one, nor for a mention, a reference to an issue, an
/// instruction to a CI service, or the start of a patch.
public struct CommitMessage: Sendable, Hashable {
  /// How often the failure was reproduced, and by which strategy.
  public struct Reproduction: Sendable, Hashable {
    public var strategy: String
    public var runs: Int
    public var of: Int

    public init(strategy: String, runs: Int, of: Int) {
      self.strategy = strategy
      self.runs = runs
      self.of = of
    }
  }

  /// Which commit of a branch this is: `1 of 2`.
  struct Part: Sendable, Hashable {
    var number: Int
    var of: Int
  }

  public var failure: String
  public var signature: FailureSignature
  public var reproduction: Reproduction?
  public var subject: String
  /// Paragraphs, each one line; they are wrapped here.
  public var body: [String]
  /// What the judge said of the change, and who wrote it; a test alone has neither.
  public var verdict: Verdict?
  public var origin: Patch.Origin?
  var part: Part?

  public init(
    failure: String, signature: FailureSignature, reproduction: Reproduction?, subject: String,
    body: [String] = [], verdict: Verdict? = nil, origin: Patch.Origin? = nil
  ) {
    self.failure = failure
    self.signature = signature
    self.reproduction = reproduction
    self.subject = subject
    self.body = body
    self.verdict = verdict
    self.origin = origin
  }

  /// The whole message, ending in a line's end.
  public var text: String {
    let subject = InertText.plain(self.subject, limit: 60)
    let opening = subject.isEmpty ? "Test a failure seen in production" : Self.cut(subject, 72)
    let paragraphs = body.map { InertText.plain($0, limit: 600) }.filter { !$0.isEmpty }
    let blocks =
      [Self.unmarked(opening)] + paragraphs.prefix(12).map(Self.wrapped)
      + [trailers.map(\.text).joined(separator: "\n")]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// The trailers, in order.
  var trailers: [CommitTrailer] {
    var trailers = [
      CommitTrailer(.failure, failure), CommitTrailer(.signature, signature.description),
    ]
    if let reproduction {
      let strategy = InertText.line(reproduction.strategy, limit: 80)
      let rate = "\(reproduction.runs)/\(reproduction.of)"
      trailers.append(CommitTrailer(.reproduction, "\(strategy) \(rate)"))
    }
    if let verdict { trailers.append(CommitTrailer(.verdict, Self.summary(of: verdict))) }
    if let origin { trailers.append(CommitTrailer(.origin, origin.description)) }
    if let part { trailers.append(CommitTrailer(.part, part.text)) }
    return trailers
  }

  /// The decision with the gates that it stands on: what was not run is said.
  private static func summary(of verdict: Verdict) -> String {
    func names(_ result: Gate.Result) -> String {
      verdict.gates.filter { $0.result == result }.map(\.name.rawValue).joined(separator: ", ")
    }
    let groups = [
      ("", names(.passed)), ("failed: ", names(.failed)), ("not run: ", names(.notRun)),
    ]
    let said = groups.filter { !$0.1.isEmpty }.map { $0.0 + $0.1 }.joined(separator: "; ")
    return said.isEmpty ? verdict.decision.rawValue : "\(verdict.decision.rawValue) (\(said))"
  }

  private static func cut(_ text: String, _ limit: Int) -> String {
    text.count > limit ? String(text.prefix(limit - 1)) + "…" : text
  }

  /// Lines of at most 72 characters; a longer word has its own.
  private static func wrapped(_ paragraph: String) -> String {
    var lines: [String] = []
    for word in paragraph.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 72 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map(unmarked).joined(separator: "\n")
  }

  /// A line that `git am` would take for the start of a patch, or an editor for a comment, is
  /// indented by one space.
  private static func unmarked(_ line: String) -> String {
    let marks = ["#", "---", "diff -", "Index: ", "From ", "scissors"]
    return marks.contains { line.hasPrefix($0) } ? " \(line)" : line
  }
}

extension CommitMessage.Part {
  /// Reads `1 of 2`; `nil` for what we never write.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 3, words[1] == "of", let number = Int(words[0]), let of = Int(words[2]),
      number >= 1, number <= of
    else { return nil }
    self.init(number: number, of: of)
  }

  var text: String { "\(number) of \(of)" }
}
