import Foundation
import Interchange
import Testing

@testable import Forges

/// What forges do on bad days.
@Suite(
  .enabled(
    if: LocalForge.descriptions != nil,
    "../shared/forges is not beside the repository: nothing to hold the requests against"))
struct ForgeFaultTests {
  let proposal = Proposal(
    branch: LocalForge.branch, base: "main", title: "Fix", body: "Text", labels: ["nevermore"])

  func pulls(_ kind: ForgeKind) -> String { kind == .gitlab ? "/merge_requests" : "/pulls" }

  @Test(arguments: ForgeKind.allCases, [500, 503])
  func `an error of the forge is met by a second attempt`(kind: ForgeKind, status: Int)
    async throws
  {
    let local = try LocalForge(kind)
    try await local.play(["fault": "status", "status": .integer(status), "on": ["POST"]])
    guard case .opened = try await local.run(try local.forge.open(proposal)) else {
      Issue.record("not opened")
      return
    }
    #expect(try await local.count("POST", pulls(kind)) == 2)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a forge that stays down is left alone for a while`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let fault: JSON = ["fault": "status", "status": 500]
    try await local.play(fault, fault)
    let result = await local.client().run(try local.forge.read(1))
    #expect(result == .failure(.unavailable(uncertain: false)))
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a limit is honoured, also by what is asked next`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let fault: JSON =
      kind == .github
      ? ["fault": "limited", "kind": "secondary", "headers": ["Retry-After": "7"]]
      : ["fault": "status", "status": 429, "headers": ["Retry-After": "7"]]
    try await local.play(fault)
    let client = local.client()
    let limited = await client.run(try local.forge.open(proposal))
    #expect(limited == .failure(.limited(wait: .seconds(7))))
    guard case .failure(.limited(let wait?)) = await client.run(try local.forge.read(1)) else {
      Issue.record("asked in spite of the limit")
      return
    }
    #expect(wait <= .seconds(7))
    #expect(try await local.record()["requests"]?.items?.count == 1)
    try await local.expectNoViolation()
  }

  @Test func `GitHub's hourly limit is waited for by GitHub's clock`() async throws {
    let local = try LocalForge(.github)
    try await local.play([
      "fault": "limited", "kind": "primary",
      "headers": [
        "x-ratelimit-remaining": "0", "x-ratelimit-reset": "99999999999",
      ],
    ])
    let limited = await local.client().run(try local.forge.read(1))
    #expect(limited == .failure(.limited(wait: .seconds(3600))))
  }

  @Test func `GitLab's plain answer to too much is a limit`() async throws {
    let local = try LocalForge(.gitlab)
    try await local.play(["fault": "limited"])
    let limited = await local.client().run(try local.forge.read(1))
    #expect(limited == .failure(.limited(wait: nil)))
    #expect(ForgeFailure.limited(wait: nil).retry(attempt: 0) == .after(.seconds(60)))
  }

  @Test(arguments: ForgeKind.allCases, ["lost", "silent"])
  func `a success that was never heard of makes no second request`(kind: ForgeKind, fault: String)
    async throws
  {
    let local = try LocalForge(kind)
    try await local.play(["fault": .string(fault), "on": ["POST"], "path": .string(pulls(kind))])
    let client = local.client(timeout: fault == "silent" ? .seconds(5) : .seconds(20))
    let first = await client.run(try local.forge.open(proposal))
    #expect(first == .failure(.unavailable(uncertain: true)))
    #expect(ForgeFailure.unavailable(uncertain: true).retry(attempt: 0) != .atOnce)
    guard case .found(let request) = try await local.run(try local.forge.open(proposal)) else {
      Issue.record("opened a second one")
      return
    }
    #expect(request.labels == ["nevermore"])
    #expect(try await local.count("POST", pulls(kind)) == 1)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `two that open the same request at once have one`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let proposal = proposal
    let openings = try await withThrowingTaskGroup(of: Opening.self) { group in
      for _ in 0..<6 {
        group.addTask { try await local.client().run(forge.open(proposal)).get() }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(openings.map(\.request.number)).count == 1)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `the token never follows a redirect to another host`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let other = try LocalForge(kind)
    let location = try other.location.interface + "/repos/ada/shop/pulls/1"
    try await local.play(["fault": "redirect", "location": .string(location)])
    let result = await local.client().run(try local.forge.read(1))
    guard case .failure(.refused(status: 302, _)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(try await other.record()["requests"] == [])
  }

  @Test func `a forge that cannot be reached is unavailable, and certainly nothing happened`()
    async throws
  {
    let local = try LocalForge(.gitea)
    let nowhere = ForgeLocation(
      kind: .gitea, interface: "http://127.0.0.1:9/api/v1", owner: "ada", name: "shop")
    let result = await local.client().run(Gitea(location: nowhere).addComment("text", to: 1))
    #expect(result == .failure(.unavailable(uncertain: false)))
  }
}
