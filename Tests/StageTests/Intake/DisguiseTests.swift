import Failures
import Testing

@testable import Intake

@Suite struct `What stands for a secret` {
  static let disguise = Disguise(key: ScrubKey { Array(repeating: 3, count: 32) })

  private func covered(_ text: String, _ form: Disguise.Form = .plain) -> String {
    String(decoding: Self.disguise.covered(Array(text.utf8), form: form), as: UTF8.self)
  }

  /// A text of letters of several alphabets, digits and signs.
  private static func text(_ generator: inout SeededGenerator) -> String {
    let signs = Array("abcxyzABCXYZ0123456789äéßñÄÖñжщЖ中文字한 -_.:/@+🔑\u{301}\n".unicodeScalars)
    var text = String.UnicodeScalarView()
    for _ in 0..<(1 + generator.below(40)) { text.append(signs[generator.below(signs.count)]) }
    return String(text)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `has the class and the width of each character`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = Self.text(&generator)
    let other = covered(text)
    #expect(other.utf8.count == text.utf8.count)
    #expect(other.unicodeScalars.count == text.unicodeScalars.count)
    for (old, new) in zip(text.unicodeScalars, other.unicodeScalars) {
      #expect(old.properties.generalCategory == new.properties.generalCategory)
      #expect(UTF8.width(old) == UTF8.width(new))
      if !LetterKinship.isLetterOrDigit(old.properties.generalCategory) { #expect(old == new) }
      if old.isASCII, old.properties.isAlphabetic { #expect(old != new) }
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `is the same for the same secret, and another with another key`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = Self.text(&generator) + "abcdefgh"
    #expect(covered(text) == covered(text))
    #expect(covered(text.lowercased()).lowercased() == covered(text.lowercased()))
    let other = Disguise(key: ScrubKey { Array(repeating: 4, count: 32) })
    #expect(Array(covered(text).utf8) != other.covered(Array(text.utf8)))
  }

  @Test func `does not depend on the case, nor on what parts its letters`() {
    #expect(covered("PEARL-sea").lowercased() == covered("pearl-SEA").lowercased())
    #expect(
      covered("pearl sea 77").filter { $0 != " " } == covered("pearlsea77").filter { $0 != " " })
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `of a card is as sound as it was`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let digits = (0..<(13 + generator.below(7))).map { _ in UInt8(48 + generator.below(10)) }
    let other = Self.disguise.covered(digits, form: .card)
    #expect(Checksum.isSound(card: digits) == Checksum.isSound(card: other))
    #expect(other.allSatisfy { $0.isDigit })
    #expect(other[..<2] == digits[..<2])
    #expect(other[2...] != digits[2...])
  }

  @Test(arguments: ["DE89370400440532013000", "gb82west12345698765432", "NL91 ABNA 0417 1643 00"])
  func `of an account is as sound as it was`(text: String) {
    func isSound(_ text: String) -> Bool {
      Checksum.isSound(iban: text.utf8.filter(\.isAlphanumeric))
    }
    #expect(isSound(text))
    #expect(isSound(covered(text, .iban)))
    #expect(covered(text, .iban) != text)
    let wrong = text.replacing("7", with: "8", maxReplacements: 1)
    #expect(
      !isSound(covered(wrong.replacing("0", with: "1", maxReplacements: 1), .iban))
        || isSound(wrong))
  }

  @Test(arguments: [
    "93.184.216.34", "8.8.8.8", "10.20.30.40", "192.168.1.77", "172.16.0.9", "101.085.200.005",
  ])
  func `of an address is an address of the same range`(text: String) {
    let other = covered(text, .ipv4)
    #expect(other != text)
    #expect(AddressRange(Array(other.utf8)) == AddressRange(Array(text.utf8)))
    let parts = other.split(separator: ".").compactMap { Int($0) }
    #expect(parts.count == 4)
    #expect(parts.allSatisfy { $0 < 256 })
    #expect(other.split(separator: ".").map(\.count) == text.split(separator: ".").map(\.count))
  }

  @Test func `keeps zeros that lead a number, and is never longer or shorter by one`() {
    #expect(covered("0042").hasPrefix("00"))
    #expect(covered("0042").dropFirst(2).first != "0")
    #expect(covered("0000") != "0000")
  }

  @Test func `of hexadecimal digits are hexadecimal digits`() {
    #expect(covered("deadbeef01234567").utf8.allSatisfy { $0.isHexadecimalDigit })
  }
}

@Suite struct `The last look` {
  private static let secret = "q7Lm-pearl-Xz01-sea"

  private static let check: LeakCheck = {
    let frame = Frame(
      file: "a", function: "f", line: 1, variables: [NamedValue("password", .string(secret))])
    let event = FailureEvent(
      identifier: "e", platform: "python",
      exceptions: [ExceptionRecord(type: "E", message: "", frames: [frame])])
    return LeakCheck(Scrubber(key: ScrubKey()).scrubbed(event).ledger)
  }()

  @Test(arguments: [
    "x = 'q7Lm-pearl-Xz01-sea'", "earl-Xz01", "cTdMbS1wZWFybC1YejAxLXNlYQ==",
    "QXE3TG0tcGVhcmwtWHowMS1zZWE=", "71374c6d2d706561726c2d587a30312d736561",
  ])
  func `sees a secret, a part of it, and how it is written`(text: String) {
    let leak = Self.check.leak(in: Array("the text \(text) goes on".utf8))
    #expect(leak?.kind == "password")
    #expect(leak?.place.contains("pearl") == false)
  }

  @Test func `sees nothing where there is nothing, and what the repository holds is no leak`() {
    #expect(Self.check.leak(in: Array("pearl, sea and 0000-0000-0000".utf8)) == nil)
    #expect(Self.check.leak(in: Array("x = '\(Self.secret)'".utf8)) { _ in true } == nil)
  }
}
