import Failures

extension Scrubber {
  /// All that may stand in an event in a text's place: the text, and what this scrubber makes of it, alone and under a name that
  /// announces a secret.
  ///
  /// Whether a text was replaced, and as what, depended on where it stood; so all forms and manners are named.
  public func disguises(of text: String) -> Set<String> {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return [] }
    var texts: Set<String> = [text]
    let forms: [Disguise.Form] = [.plain, .hexadecimal, .card, .iban, .ipv4]
    for form in forms {
      for manner in Disguise.Manner.allCases {
        let given = disguise.covered(bytes, form: form, manner: manner)
        texts.insert(String(decoding: given, as: UTF8.self))
      }
    }
    let event = FailureEvent(
      identifier: "", platform: "", message: text,
      facts: [NamedValue("password", .string(text)), NamedValue("text", .string(text))])
    let seen = scrubbed(event).event
    if let message = seen.message { texts.insert(message) }
    for fact in seen.facts { if case .string(let given) = fact.value { texts.insert(given) } }
    return texts
  }
}
