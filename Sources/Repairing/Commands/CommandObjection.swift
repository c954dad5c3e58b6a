/// Why a command's work is no proposal. What the command said is in none of them.
public enum CommandObjection: Error, Hashable, Sendable {
  case unconfined
  case notFound(String)
  /// A secret of the event would be seen in what it is handed.
  case secretLeft
  case notStarted
  case noTime(seconds: Int)
  case noMemory
  case tooMuchOutput
  case tooMuchDisk(bytes: Int)
  case tooManyFiles(Int)
  case nothingChanged
  /// All that it changed is the failing test.
  case onlyTheTest
  case removed(String)
  case noPlainFile(String, kind: String)
  case tooLarge(String, bytes: Int)
  case notText(String)
  case tooManyChanges(Int)
}

extension CommandObjection: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unconfined:
      "a command is run in the sandbox only\nhint: leave `--sandbox none` out, or `command` in `repair`"
    case .notFound(let program):
      "`\(program.printable)` is no program that the sandbox can run\n"
        + "hint: give an absolute path, or a path from the root to a file that is committed"
    case .secretLeft:
      "it was not run, because a secret would be seen in what it is handed\nhint: `scrub` in the configuration says what is one"
    case .notStarted:
      "it could not be started\nhint: `nevermore doctor` tells what this machine allows"
    case .noTime(let seconds):
      "it was ended after \(seconds) s\nhint: `seconds` beside `command` gives it more"
    case .noMemory: "it was ended because it used too much memory\nhint: let it do less at a time"
    case .tooMuchOutput:
      "it was ended because it wrote too much to its standard streams\nhint: make it quiet"
    case .tooMuchDisk(let bytes):
      "it was ended because it wrote more than \(bytes) bytes into the tree\nhint: use `/tmp`"
    case .tooManyFiles(let limit):
      "it left more than \(limit) files, or folders too deep\nhint: use `/tmp`"
    case .nothingChanged:
      "it left the tree as it was\nhint: only files that it changes in the tree count"
    case .onlyTheTest:
      "it changed the failing test and nothing else\nhint: the code is what has to change"
    case .removed(let path):
      "it took `\(path.printable)` away\nhint: a fix changes files and adds files"
    case .noPlainFile(let path, let kind):
      "it left `\(path.printable)`, which is \(kind)\nhint: a fix holds plain files only"
    case .tooLarge(let path, let bytes):
      "it left `\(path.printable)` with more than \(bytes) bytes\nhint: use `/tmp` for what is no fix"
    case .notText(let path):
      "it left `\(path.printable)`, which is no UTF-8 text\nhint: a fix that cannot be read cannot be judged"
    case .tooManyChanges(let limit):
      "it changed more than \(limit) files\nhint: a fix that cannot be reviewed cannot be proven"
    }
  }

  /// Whether another try may do better, knowing this.
  var isWorthAnotherTry: Bool {
    switch self {
    case .nothingChanged, .onlyTheTest, .removed, .noPlainFile, .tooLarge, .notText,
      .tooManyChanges, .tooMuchDisk, .tooManyFiles, .tooMuchOutput:
      true
    case .unconfined, .notFound, .secretLeft, .notStarted, .noTime, .noMemory: false
    }
  }
}

extension String {
  /// A path that a program made up, without what could steer a terminal.
  fileprivate var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(200).map { $0.properties.generalCategory.isShown ? $0 : "?" }))
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isShown: Bool {
    switch self {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }
}
