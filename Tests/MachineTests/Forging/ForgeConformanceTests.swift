import Foundation
import Interchange
import Testing

@testable import Forges

/// What holds for every forge alike, against a server that knows their descriptions.
@Suite(
  .enabled(
    if: LocalForge.descriptions != nil,
    "../shared/forges is not beside the repository: nothing to hold the requests against"))
struct ForgeConformanceTests {
  static let marker = CommentMarker("7c1d0a9e55b2")

  func proposal(
    draft: Bool = false, labels: [String] = ["nevermore", "bug fix"], base: String = "main",
    follows: Int? = nil
  ) -> Proposal {
    Proposal(
      branch: LocalForge.branch, base: base, title: "Fix ZeroDivisionError in rate",
      body: "Production failed.\n\n<script>alert(1)</script> 😀", labels: labels, isDraft: draft,
      follows: follows)
  }

  @Test(arguments: ForgeKind.allCases)
  func `a branch gets one pull request, however often it is asked for`(kind: ForgeKind) async throws
  {
    let local = try LocalForge(kind)
    let forge = try local.forge
    #expect(try await local.run(forge.find(branch: LocalForge.branch, base: "main")) == nil)
    guard case .opened(let request) = try await local.run(forge.open(proposal())) else {
      Issue.record("not opened")
      return
    }
    #expect(request.state == .open && !request.isDraft)
    #expect(request.title == "Fix ZeroDivisionError in rate")
    #expect(request.body == proposal().body)
    #expect(request.branch == LocalForge.branch && request.base == "main")
    #expect(request.labels == ["nevermore", "bug fix"])
    #expect(request.head == (try local.git("rev-parse", LocalForge.branch)))
    #expect(try await local.run(forge.open(proposal())) == .found(request))
    #expect(try await local.run(forge.find(branch: LocalForge.branch, base: "main")) == request)
    #expect(try await local.run(forge.read(request.number)) == request)
    #expect(request.page?.hasPrefix(local.address + "/ada/shop/") == true)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a draft is one, and stays one when its text changes`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let request = try await local.run(forge.open(proposal(draft: true, labels: []))).request
    #expect(request.isDraft && request.title == "Fix ZeroDivisionError in rate")
    let updated = try await local.run(
      forge.update(request.number, title: "Mend rate", body: "Another text"))
    #expect(updated.isDraft && updated.title == "Mend rate" && updated.body == "Another text")
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a text that is the same is not written again`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let request = try await local.run(forge.open(proposal())).request
    let same = try await local.run(
      forge.update(request.number, title: request.title, body: request.body + "\r\n"))
    #expect(same == request)
    #expect(try await local.count("PATCH", "") == 0)
    #expect(try await local.count("PUT", "") == 0)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a request that a person closed is not opened again`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let request = try await local.run(forge.open(proposal())).request
    try await local.act("close", ["number": .integer(request.number)])
    let again = try await local.run(forge.open(proposal()))
    guard case .closed(let closed) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(closed.number == request.number && closed.state == .closed)
    let left = try await local.run(forge.update(request.number, title: "Other", body: "Other"))
    #expect(left.title == request.title)
    let next = try await local.run(forge.open(proposal(follows: request.number)))
    guard case .opened(let second) = next else {
      Issue.record("\(next)")
      return
    }
    #expect(second.number > request.number)
    // Beside the closed one, the open one is the branch's.
    #expect(try await local.run(forge.open(proposal())) == .found(second))
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a merge is seen with its commit`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let request = try await local.run(forge.open(proposal())).request
    try await local.act("merge", ["number": .integer(request.number)])
    let commit = try local.git("rev-parse", "main")
    #expect(try await local.run(forge.read(request.number)).state == .merged(commit: commit))
    let again = try await local.run(forge.open(proposal()))
    #expect(again == .merged(try await local.run(forge.read(request.number))))
    #expect(try local.git("show", "main:shop.py").contains("if count else 0"))
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a push to the branch shows in the head`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let request = try await local.run(forge.open(proposal())).request
    let pushed = try local.git(
      "-c", "user.name=Ada", "-c", "user.email=a@b", "commit-tree", "-p", LocalForge.branch, "-m",
      "by hand", "\(LocalForge.branch)^{tree}")
    _ = try local.git("update-ref", "refs/heads/\(LocalForge.branch)", pushed)
    #expect(try await local.run(forge.read(request.number)).head == pushed)
    #expect(request.head != pushed)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a fork's branch of the same name is not ours`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    try await local.act("fork", ["branch": .string(LocalForge.branch), "base": "main"])
    #expect(try await local.run(forge.find(branch: LocalForge.branch, base: "main")) == nil)
    let opened = try await local.run(forge.open(proposal()))
    guard case .opened = opened else {
      Issue.record("\(opened)")
      return
    }
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `the one comment is edited in its place, on whatever page it is`(kind: ForgeKind)
    async throws
  {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let marker = try #require(Self.marker)
    let number = try await local.run(forge.open(proposal())).request.number
    for place in 0..<101 {
      try await local.act(
        "comment", ["number": .integer(number), "body": .string("Comment \(place)")])
    }
    let first = try await local.run(forge.comment("one", marker: marker, on: number))
    // Whoever copies the line afterwards does not have our comment.
    try await local.act(
      "comment", ["number": .integer(number), "body": .string("\(marker.line)\nmine")])
    let second = try await local.run(forge.comment("two", marker: marker, on: number))
    #expect(second.id == first.id)
    #expect(second.body == "\(marker.line)\ntwo")
    #expect(try await local.run(forge.comment("two", marker: marker, on: number)) == second)
    #expect(try await local.count("POST", kind == .gitlab ? "/notes" : "/comments") == 1)
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `a commit's status is what was said last, and is not said twice`(kind: ForgeKind)
    async throws
  {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let commit = try local.git("rev-parse", LocalForge.branch)
    let states: [CommitStatus.State] = [.pending, .pending, .failure, .success, .success]
    for state in states {
      let status = CommitStatus(
        state, "\(state): 7 of 7 gates passed", page: "https://nevermore.example.com/f/1")
      try await local.run(forge.report(status, of: commit, on: LocalForge.branch))
      let said = try #require(try await local.run(forge.status(of: commit)))
      #expect(said.saysTheSame(as: status))
    }
    #expect(try await local.count("POST", "/statuses/\(commit)") == 3)
    let other = CommitStatus(.pending, "again")
    try await local.run(forge.report(other, of: commit, on: LocalForge.branch))
    try await local.run(
      forge.report(CommitStatus(.pending, "still"), of: commit, on: LocalForge.branch))
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `what cannot be is refused with the forge's reason`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let forge = try local.forge
    let none = Proposal(branch: "nevermore/none", base: "main", title: "Title", body: "Secret text")
    let result = await local.client().run(forge.open(none))
    guard case .failure(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.retry(attempt: 0) == .never)
    #expect(!"\(failure)".contains("Secret"))
    #expect(await local.client(token: "wrong").run(forge.read(1)) == .failure(.unauthorised))
    #expect(await local.client().run(forge.read(99)) == .failure(.notFound))
    try await local.expectNoViolation()
  }

  @Test(arguments: ForgeKind.allCases)
  func `the page shows the request as text`(kind: ForgeKind) async throws {
    let local = try LocalForge(kind)
    let request = try await local.run(try local.forge.open(proposal())).request
    let address = try #require(request.page)
    let page = try await local.page(String(address.dropFirst(local.address.count)))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; 😀"))
    #expect(!page.contains("<script"))
    #expect(page.contains("Test ZeroDivisionError in rate"))
    #expect(page.contains("<span class=\"add\">+    return total / count if count else 0</span>"))
    #expect(try await local.page().contains(">Fix ZeroDivisionError in rate</a>"))
  }
}
