import Forges
import Foundation
import Logging
import Storage

/// Brings a case's branch to its remote, and opens its pull request: each once, however often it is tried.
struct ShipRun: Sendable {
  let store: Store
  let project: Project
  let failure: FailureRecord
  let attempt: Attempt
  let courier: Courier
  let desk: ForgeDesk
  /// The folder of the checkout.
  let checkout: String
  /// The remote's address, and the branch that requests go to.
  let remote: String
  let base: String

  /// What became of it.
  enum Outcome: Sendable {
    case ended(String, FailureState?, pullRequest: String?, note: String?)
    case later(Date, String)
  }

  func finish() async throws {
    guard let bytes = try store.shipment(of: attempt), let order = ShipOrder(bytes) else {
      throw WorkError("there is nothing to ship")
    }
    switch try await ship(order) {
    case .ended(let outcome, let state, let address, let note):
      try store.endShipping(
        attempt, outcome: outcome, state: state, pullRequest: address, note: note)
    case .later(let moment, let cause):
      try store.putOff(attempt, until: moment, because: cause)
    }
  }

  private func ship(_ order: ShipOrder) async throws -> Outcome {
    let forge = project.forge(remote: remote)?.forge
    let opens = forge != nil && project.settings.ship != .branch
    if opens, let wait = try overLimit() { return wait }
    if let end = try await push(order) { return end }
    guard opens, let forge, let token = project.settings.tokenFile else {
      return .ended("pushed", nil, pullRequest: nil, note: nil)
    }
    return try await open(order, forge, desk.client(at: forge.location, token: token))
  }

  /// `nil` where one more may be opened.
  private func overLimit() throws -> Outcome? {
    if failure.pullRequest != nil, failure.state == .proposed { return nil }
    let settings = project.settings
    let (opened, open) = try store.requests(
      ofProject: project.id, since: Date().addingTimeInterval(-3600))
    if open >= settings.requestsOpen {
      return .later(
        Date().addingTimeInterval(300), "\(open) pull requests of the project are open already")
    }
    if opened >= settings.requestsAnHour {
      return .later(
        Date().addingTimeInterval(300), "\(opened) pull requests were opened within the hour")
    }
    return nil
  }

  /// Brings the branch to the remote; an outcome where that is the end of it.
  private func push(_ order: ShipOrder) async throws -> Outcome? {
    let key = "push \(failure.identity)"
    let token = project.settings.tokenFile
    let before = try store.begin(key, of: attempt)
    let tip: String?
    switch await courier.carry(
      .tip(repository: checkout, address: remote, branch: order.branch, token: token))
    {
    case .tip(let commit): tip = commit
    case .failed(let why, _): throw WorkError(why)
    default: throw WorkError("the courier answered another question")
    }
    if tip == order.commit {
      try store.finish(key, of: attempt, with: order.commit)
      return nil
    }
    var expected: String?
    if case .done(let last) = before, last == tip { expected = last }
    guard tip == expected else {
      return .ended(
        "edited", nil, pullRequest: nil,
        note: "the remote's branch was written by somebody else, and is left alone")
    }
    switch await courier.carry(
      .push(
        repository: checkout, address: remote, branch: order.branch, commit: order.commit,
        expected: expected, token: token))
    {
    case .pushed:
      try store.finish(key, of: attempt, with: order.commit)
      return nil
    case .moved:
      return .ended(
        "edited", nil, pullRequest: nil, note: "the remote's branch was written at this moment")
    case .refused(let why):
      return .ended("refused", nil, pullRequest: nil, note: "the remote refused the branch: \(why)")
    case .failed(let why, _): throw WorkError(why)
    default: throw WorkError("the courier answered another question")
    }
  }

  private func open(
    _ order: ShipOrder, _ forge: any Forge, _ client: ForgeClient
  ) async throws -> Outcome {
    let key = "request \(failure.identity) \(failure.fixCommit ?? "")"
    _ = try store.begin(key, of: attempt)
    let proposal = Proposal(
      branch: order.branch, base: base, title: order.title, body: order.body,
      labels: ["nevermore"], isDraft: project.settings.ship == .draft)
    let opening: Opening
    switch await client.run(forge.open(proposal)) {
    case .success(let found): opening = found
    case .failure(let failure): return try later(failure)
    }
    let request = opening.request
    let page = request.page ?? "#\(request.number)"
    try store.finish(key, of: attempt, with: page)
    switch opening {
    case .closed:
      return .ended("closed", .declined, pullRequest: page, note: "a person closed it before")
    case .merged: return .ended("merged", .merged, pullRequest: page, note: nil)
    case .opened, .found: break
    }
    if case .found = opening {
      _ = await client.run(forge.update(request.number, title: order.title, body: order.body))
    }
    let status = CommitStatus(
      order.isFixed ? .success : .pending,
      order.isFixed
        ? "red, then green: all gates passed" : "a test of the failure; no fix is proven")
    _ = await client.run(forge.report(status, of: order.commit, on: order.branch))
    return .ended("proposed", .proposed, pullRequest: page, note: nil)
  }

  private func later(_ failure: ForgeFailure) throws -> Outcome {
    switch failure.retry(attempt: attempt.tries) {
    case .atOnce: return .later(Date(), "\(failure)")
    case .after(let wait):
      return .later(Date().addingTimeInterval(Double(wait.components.seconds)), "\(failure)")
    case .never: return .ended("refused", nil, pullRequest: nil, note: "\(failure)")
    }
  }
}
