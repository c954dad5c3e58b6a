import Foundation
import Storage

/// The code bases whose failures are taken in, and how each fares.
struct ProjectsView {
  struct Card {
    let name: String
    let address: String
    let repository: String
    let forward: String
    let ship: String
    let base: String
    let environments: String
    let requestsAnHour: Int
    let requestsOpen: Int
    let eventsAMinute: Int
    let failures: Int
    let open: Int
    let dead: Int
    let hasDead: Bool
    let lastEvent: MomentView?
    let outcomes: [Outcome]
    let lost: Int
  }

  struct Outcome {
    let name: String
    let count: Int
    let meaning: String
  }

  let page: PageFrame
  let cards: [Card]
  let days = ProjectHealth.days

  init(
    _ projects: [(project: Project, health: ProjectHealth)], at place: PagePlace,
    _ session: Session,
    now: Date
  ) {
    page = PageFrame("Projects", .projects, session)
    cards = projects.map { Card($0.project, $0.health, at: place, now: now) }
  }
}

extension ProjectsView.Card {
  init(_ project: Project, _ health: ProjectHealth, at place: PagePlace, now: Date) {
    let settings = project.settings
    name = project.name
    address = place.senderAddress(of: project)
    repository = Self.withoutSecret(project.repository)
    forward = project.forward.map(Self.withoutSecret) ?? "nobody"
    ship =
      switch settings.ship {
      case .branch: "a branch alone"
      case .draft: "pull requests as drafts"
      case .ready: "pull requests, ready for review"
      }
    base = settings.base ?? "the repository's own head"
    environments =
      settings.environments.isEmpty ? "all" : settings.environments.joined(separator: ", ")
    requestsAnHour = settings.requestsAnHour
    requestsOpen = settings.requestsOpen
    eventsAMinute = settings.eventsAMinute
    failures = health.failures
    open = health.open
    dead = health.dead
    hasDead = health.dead > 0
    lastEvent = health.lastEvent.map { MomentView($0, now: now) }
    outcomes = EventOutcome.allCases.map {
      .init(name: $0.rawValue, count: health.outcomes[$0] ?? 0, meaning: $0.meaning)
    }
    lost = EventOutcome.allCases.filter(\.isRefusal).reduce(0) {
      $0 + (health.outcomes[$1] ?? 0)
    }
  }

  /// An address of a repository may hold a password, and one to forward to a key that is another's.
  private static func withoutSecret(_ address: String) -> String {
    guard let scheme = address.range(of: "://"),
      let at = address[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
    else { return address }
    return address[..<scheme.upperBound] + "…" + address[at...]
  }
}

extension EventOutcome {
  /// What a person is told that it means.
  var meaning: String {
    switch self {
    case .opened: "the first of its failure, which opened a case"
    case .recurred: "came back in a release that holds the fix"
    case .kept: "joined its failure, and its data was kept"
    case .counted: "joined its failure, of which enough is kept"
    case .ignored: "its failure is ignored"
    case .nothing: "holds no failure that a case could be about"
    case .repeated: "came a second time"
    case .unreadable: "could not be read: 400"
    case .oversized: "was too large: 413"
    case .limited: "was beyond the quota: 429"
    case .forbidden: "came without the project's key: 403"
    case .unwanted: "is of a kind that nobody asked for"
    }
  }

  /// Whether the sender was told that it was not taken.
  var isRefusal: Bool {
    switch self {
    case .unreadable, .oversized, .limited, .forbidden: true
    default: false
    }
  }
}
