import Hummingbird
import Storage

/// What a person may decide about a failure.
enum Decision: String, CaseIterable, Sendable { case retry, ignore, listen, join, split }

/// What a decision came to, where the page does not show it by itself.
enum Remark: String {
  case open, alone, unknown

  var words: String {
    switch self {
    case .open: "A case of this failure is open already."
    case .alone: "These two cannot be one: they are already, or they are of different projects."
    case .unknown: "No failure of this project has that number."
    }
  }
}

extension PageRoutes {
  func decide(_ decision: Decision, _ id: String, _ fields: PageFields) throws -> Response {
    let project = fields["project"]
    guard let failure = try store.story(of: id, inProject: project)?.failure else {
      return PageAnswer.see("/failures")
    }
    var remark: Remark?
    switch decision {
    case .retry: remark = try store.ask(for: failure.id) ? nil : .open
    case .ignore: try store.ignore(failure.id)
    case .listen: try store.listen(to: failure.id)
    case .split: try store.split(failure.id)
    case .join: remark = try join(failure, fields["into"], project)
    }
    let names = ProjectNames(try store.projects())
    let said = remark.map { "&said=\($0.rawValue)" } ?? ""
    return PageAnswer.see(FailureRow.address(failure, names) + said)
  }

  private func join(
    _ failure: FailureRecord, _ other: String?, _ project: String?
  ) throws -> Remark? {
    guard let other, let target = try store.story(of: other, inProject: project)?.failure else {
      return .unknown
    }
    return try store.join(failure.id, into: target.id) ? nil : .alone
  }
}
