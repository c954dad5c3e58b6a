import Failures
import Foundation
import Languages
import Repairing
import Reproducing
import TestWriting

/// How far one failure has come. Each product holds its predecessor.
public enum CaseState: Sendable {
  case opened(Opening)
  case triaged(Opening)
  case reproduced(Reproduction)
  case tested(RegressionTest)
  /// Changes were tried; the outcome says whether one was proven.
  case repaired(RegressionTest, RepairLoop.Outcome)
  /// It ended early; a failure that is fixed already has its test.
  case stopped(Stop, RegressionTest?)
}

/// An event, and the identity of the failure that it belongs to.
public struct Opening: Sendable {
  public var event: FailureEvent
  public var failure: String
  public var evidence: Evidence

  public init(event: FailureEvent, failure: String, evidence: Evidence) {
    self.event = event
    self.failure = failure
    self.evidence = evidence
  }
}

/// The stages in which a case spends its time.
public enum Stage: String, Sendable, CaseIterable {
  case triage, reproduce, minimise, test, repair, validate, ship
}

/// What a case works with: the repository as it was released, as it is now where that differs, and what it mends with.
public struct Case {
  let failure: String
  let released: TargetSession
  let current: TargetSession?
  /// `nil` where the test is all that is wanted.
  let mender: Mender?
  /// Paths that the test may not have.
  let taken: Set<String>

  public init(
    failure: String, released: TargetSession, current: TargetSession?,
    mender: Mender? = nil, taken: Set<String> = []
  ) {
    self.failure = failure
    self.released = released
    self.current = current
    self.mender = mender
    self.taken = taken
  }

  /// The stage that the next step belongs to; `nil` where the case is at its end.
  public func stage(after state: CaseState) -> Stage? {
    switch state {
    case .opened: .triage
    case .triaged: .reproduce
    case .reproduced: .test
    case .tested: mender == nil ? nil : .repair
    case .repaired, .stopped: nil
    }
  }

  /// Moves the case one step.
  public func advance(_ state: CaseState) throws -> CaseState {
    switch state {
    case .opened(let opening): try triage(opening)
    case .triaged(let opening): try reproduce(opening)
    case .reproduced(let reproduction): try write(reproduction)
    case .tested(let test): try mender.map { .repaired(test, try $0.mend(test)) } ?? state
    case .repaired, .stopped: state
    }
  }

  private func triage(_ opening: Opening) throws -> CaseState {
    if opening.evidence.repositoryFrames.isEmpty, opening.evidence.frames.isEmpty {
      return .stopped(
        Stop(
          .unsupported, "The event holds no stack.",
          remedy: "send the exception with its stack trace"), nil)
    }
    if let test = try existingTest() {
      return .stopped(
        Stop(
          .alreadyTested, "`\(test)` tests this failure already.",
          remedy: "run it; to have it written anew, delete it and its mention of the failure first"),
        nil)
    }
    if let stop = try Triage(evidence: opening.evidence, session: released).verdict() {
      return .stopped(stop, nil)
    }
    return .triaged(opening)
  }

  /// The test of this failure that the current revision has, by the comment that all of ours carry.
  private func existingTest() throws -> String? {
    let session = current ?? released
    let folder = try session.style().folder
    return try session.search("Failure \(failure)").map(\.path).first {
      folder.isEmpty || $0.hasPrefix(folder + "/")
    }
  }

  private func reproduce(_ opening: Opening) throws -> CaseState {
    var ladder = Ladder(evidence: opening.evidence, session: released)
    switch try ladder.climb() {
    case .reproduced(let reproduction): return .reproduced(reproduction)
    case .stopped(let stop): return .stopped(stop, nil)
    }
  }

  private func write(_ reproduction: Reproduction) throws -> CaseState {
    let writer = TestWriter(
      reproduction: reproduction, failure: failure, session: released, taken: taken)
    switch try writer.write() {
    case .stopped(let stop): return .stopped(stop, nil)
    case .written(let test):
      guard let current else { return .tested(test) }
      return try compare(test, with: current)
    }
  }

  /// A failure of the release that the current revision no longer has is fixed already.
  private func compare(_ test: RegressionTest, with current: TargetSession) throws -> CaseState {
    let report = try current.runTest(test.text, false)
    if report.result == .passed {
      return .stopped(
        Stop(
          .alreadyFixed,
          "The release fails \(test.text.path), the current revision passes it.",
          remedy: "deploy the current revision; the test keeps the failure from coming back"), test)
    }
    if report.result == .failed,
      report.exceptions.contains(where: {
        test.reproduction.certificate.isMet(by: $0, in: test.text.path)
      })
    {
      return .tested(test)
    }
    return .stopped(
      Stop(
        .notReproduced,
        "The release fails for the event's cause, the current revision fails otherwise.",
        remedy: "run it with `--at` and the release's revision"), nil)
  }
}
