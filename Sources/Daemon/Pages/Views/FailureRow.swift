import Foundation
import Storage

/// A failure in a list.
struct FailureRow {
  let id: String
  let address: String
  let project: String
  let exception: String
  /// Where, and what it said.
  let place: String
  let state: StateView
  let events: Int
  let lastSeen: MomentView
  let branch: String?
  let pullRequest: WebLink?

  init(_ failure: FailureRecord, _ projects: ProjectNames, now: Date) {
    id = failure.identity
    project = projects[failure.project]
    address = Self.address(failure, projects)
    exception = failure.exception
    place = Self.place(failure)
    state = StateView(failure.state)
    events = failure.events
    lastSeen = MomentView(failure.lastSeen, now: now)
    branch = failure.branch
    pullRequest = failure.pullRequest.map(WebLink.init)
  }

  /// Two projects of one repository know a failure by the same name.
  static func address(_ failure: FailureRecord, _ projects: ProjectNames) -> String {
    "/failures/\(failure.identity)?project=\(projects[failure.project])"
  }

  /// A signature without its scheme and the exception, which are said apart.
  static func place(_ failure: FailureRecord) -> String {
    var words = failure.signature[...]
    if words.hasPrefix("v"), let space = words.firstIndex(of: " ") {
      words = words[words.index(after: space)...]
    }
    if words.hasPrefix(failure.exception) { words = words.dropFirst(failure.exception.count) }
    return String(words.drop { $0 == " " }.prefix(300))
  }
}

/// An address that may be followed; what is no web address is only shown.
struct WebLink {
  let text: String
  let address: String?

  init(_ text: String) {
    self.text = text
    address = text.hasPrefix("https://") || text.hasPrefix("http://") ? text : nil
  }
}

/// Projects' names by their numbers.
struct ProjectNames {
  private let names: [Int64: String]

  init(_ projects: [Project]) {
    names = Dictionary(projects.map { ($0.id, $0.name) }) { first, _ in first }
  }

  subscript(project: Int64) -> String { names[project] ?? "" }
}
