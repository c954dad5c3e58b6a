import Intake
import Storage

extension Reception {
  /// What is said of a body that is none.
  func refuse(_ refused: BodyIntake.Refused, _ project: Project) async -> Answer {
    switch refused {
    case .oversized:
      await store.tally(.oversized, project: project.id)
      return .refused(413, "the body is larger than what is taken")
    case .broken:
      await store.tally(.unreadable, project: project.id)
      return .refused(400, "the body did not come to its end")
    }
  }

  /// What is said of a body that cannot be read; one that holds no event is none of our business, and no mistake.
  func refuse(_ error: IntakeError, _ project: Project) async -> Answer {
    switch error {
    case .noEventItem, .empty:
      await store.tally(.unwanted, project: project.id)
      return .accepted(nil)
    case .tooLarge, .inflatesTooLarge: return await refuse(.oversized, project)
    default:
      await store.tally(.unreadable, project: project.id)
      return .refused(400, "the body is no envelope and no event")
    }
  }
}
