import Failures
import Foundation
import Hummingbird
import Intake
import Storage

extension PageRoutes {
  func now(_ session: Session) throws -> Response {
    let view = NowView(try store.standing(), try store.projects(), session, now: Date())
    return PageAnswer.html(Templates.render(view, as: "now"))
  }

  func failures(_ session: Session, _ request: Request) throws -> Response {
    let projects = try store.projects()
    let filter = FailureFilter(PageFields(query: request.uri.query), projects)
    let found = try store.failures(
      ofProject: filter.project?.id, in: filter.state, saying: filter.text,
      limit: FailuresView.size + 1, from: (filter.page - 1) * FailuresView.size)
    let days = try store.eventsByDay(ofProject: filter.project?.id)
    let view = FailuresView(found, filter, projects, days, session, now: Date())
    return PageAnswer.html(Templates.render(view, as: "failures"))
  }

  func failure(_ id: String, _ session: Session, _ request: Request) throws -> Response {
    let fields = PageFields(query: request.uri.query)
    guard let story = try store.story(of: id, inProject: fields["project"]) else {
      return Self.missing(session)
    }
    let view = FailureView(
      story,
      event: story.exemplar.flatMap { FailureEvent(stored: $0) }.map { place($0, story.project) },
      joined: try store.failures(joinedTo: story.failure.id),
      joinedTo: try store.failure(joinedFrom: story.failure.id),
      remark: fields["said"].flatMap(Remark.init)?.words, session, now: Date())
    return PageAnswer.html(Templates.render(view, as: "failure"))
  }

  func projects(_ session: Session, _ request: Request) throws -> Response {
    let projects = try store.projects().map { ($0, try store.health(ofProject: $0.id)) }
    let view = ProjectsView(
      projects, at: PagePlace(request, listening: listening), session, now: Date())
    return PageAnswer.html(Templates.render(view, as: "projects"))
  }

  enum InsightsForm { case page, json, csv }

  func insights(_ session: Session, _ request: Request, _ form: InsightsForm) throws -> Response {
    let projects = try store.projects()
    let name = PageFields(query: request.uri.query)["project"]
    let insights = try store.insights(ofProject: projects.first { $0.name == name })
    switch form {
    case .page:
      let view = InsightsView(insights, projects, session)
      return PageAnswer.html(Templates.render(view, as: "insights"))
    case .json:
      return PageAnswer.body(insights.json.text(.compact) + "\n", "application/json")
    case .csv:
      return PageAnswer.body(insights.csv, "text/csv; charset=utf-8")
    }
  }
}
