import Interchange

/// What a worker process says, a line of JSON each.
public enum WorkLine: Sendable {
  /// A stage was passed: what was found, in words, and the hash of what it made.
  case stage(name: String, finding: String, product: String?, seconds: Double)
  /// It is about to write the branch, and waits for a line that says `go`.
  case willShip
  /// It is at its end.
  case ended(WorkResult)
  /// It could not work: the machine's fault or ours.
  case failed(String)

  /// The line that lets a worker write the branch.
  public static let permission = "go"

  public var line: [UInt8] {
    let json: JSON =
      switch self {
      case .stage(let name, let finding, let product, let seconds):
        [
          "stage": .string(name), "finding": .string(finding), "product": .optional(product),
          "seconds": .double(seconds),
        ]
      case .willShip: ["willShip": true]
      case .ended(let result): result.json
      case .failed(let why): ["failed": .string(why)]
      }
    return json.bytes() + [UInt8(ascii: "\n")]
  }

  public init?(line: [UInt8]) {
    guard let json = try? JSON(parsing: line) else { return nil }
    if let name = json["stage"]?.text {
      self = .stage(
        name: name, finding: json["finding"]?.text ?? "", product: json["product"]?.text,
        seconds: json["seconds"]?.double ?? 0)
    } else if json["willShip"] != nil {
      self = .willShip
    } else if let why = json["failed"]?.text {
      self = .failed(why)
    } else if let result = WorkResult(json) {
      self = .ended(result)
    } else {
      return nil
    }
  }
}

/// What a case ended with.
public struct WorkResult: Sendable {
  /// What `fix --json` prints.
  public var report: JSON
  /// What is said of the branch to those who review it.
  public var title: String?
  public var body: String?

  public init(report: JSON, title: String? = nil, body: String? = nil) {
    self.report = report
    self.title = title
    self.body = body
  }

  var json: JSON {
    ["report": report, "title": .optional(title), "body": .optional(body)]
  }

  init?(_ json: JSON) {
    guard let report = json["report"] else { return nil }
    self.init(report: report, title: json["title"]?.text, body: json["body"]?.text)
  }

  public var outcome: String { report["outcome"]?.text ?? "stopped" }
  public var branch: String? { report["branch"]?.text }
  /// The test's first, then the fix's.
  public var commits: [String] { (report["commits"]?.items ?? []).compactMap(\.text) }
}
