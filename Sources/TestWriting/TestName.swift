import Failures
import Languages

/// What the test and its file are called.
struct TestName {
  let reproduction: Reproduction
  let failure: String

  /// `search does not raise zero division error`.
  var words: String {
    "\(subject) does not raise \(Self.words(in: reproduction.certificate.exception))"
  }

  /// A new file in the suite's folder.
  func path(in style: SuiteStyle) -> String {
    let stem = Self.identifier(
      "\(subject) \(Self.words(in: reproduction.certificate.exception))")
    let taken = Set(style.files)
    let folder = style.folder.isEmpty ? "" : style.folder + "/"
    for name in [stem, "\(stem)_\(failure.prefix(6))", "\(stem)_\(failure)"] {
      let file = style.filePattern == .suffix ? "\(name)_test.py" : "test_\(name).py"
      if !taken.contains(folder + file) { return folder + file }
    }
    return "\(folder)test_nevermore_\(failure).py"
  }

  private var subject: String {
    if reproduction.strategy == .requestReplay {
      return Self.words(
        in: reproduction.entry.lowercased().split(separator: "?").first.map(String.init) ?? "")
    }
    guard let function = reproduction.path.first else {
      return Self.words(
        in: reproduction.entry.split(separator: ".").last.map(String.init) ?? "entry")
    }
    let path = function.symbol.path
    if function.role == .initializer || (path.last?.hasPrefix("__") ?? false), path.count > 1 {
      return Self.words(in: path.suffix(2).joined(separator: " "))
    }
    return Self.words(in: path.last ?? function.symbol.module)
  }

  /// Lower-case words of a name in any spelling: `ZeroDivisionError` gives `zero division error`.
  static func words(in name: String) -> String {
    var words = ""
    var previous: Character = " "
    for character in name {
      guard character.isASCII, character.isLetter || character.isNumber else {
        words += " "
        previous = " "
        continue
      }
      if character.isUppercase, previous.isLowercase { words += " " }
      words += character.lowercased()
      previous = character
    }
    return words.split(separator: " ").joined(separator: " ")
  }

  private static func identifier(_ words: String) -> String {
    String(words.split(separator: " ").joined(separator: "_").prefix(60))
  }
}
