import Interchange
import Testing

@testable import Forges

@Suite struct ForgeExchangeTests {
  let proposal = Proposal(
    branch: "nevermore/1", base: "main", title: "Fix", body: "Text", labels: [])

  @Test func `a branch's slash and a query's signs lead nowhere else`() {
    var location = ForgeLocation.example(.gitlab)
    location.owner = "group/sub"
    let request = ForgeRequest(
      .get, location, ["projects", location.fullName, "x/../y?z#ä"], query: ["a": "b&c=d e"])
    #expect(
      request.url
        == "https://forge.example/api/projects/group%2Fsub%2Fshop/x%2F..%2Fy%3Fz%23%C3%A4?a=b%26c%3Dd%20e"
    )
  }

  @Test(arguments: [
    ("/x?y=../..", true), ("/x/..%2Fy", true), ("", false), (".evil.example/x", false),
    ("@evil.example/x", false), ("/../admin", false), ("/%2E%2e/admin", false), ("/x#y", false),
    ("/x y", false), ("/x\r\nHost: y", false), ("\\x", false),
  ])
  func `whoever holds the token lets nothing leave the interface`(rest: String, isWithin: Bool) {
    let location = ForgeLocation.example(.gitea)
    let request = ForgeRequest(.get, url: location.interface + rest, body: nil, within: location)
    #expect((request != nil) == isWithin)
    #expect(
      ForgeRequest(.get, url: "https://evil.example" + rest, body: nil, within: location) == nil)
  }

  @Test func `what GitHub's filter lets through is looked at again`() {
    var script = ForgeScript()
    let others: JSON = [
      pullRequestJSON(9, branch: "other"), pullRequestJSON(8, repository: 2),
      pullRequestJSON(7, state: "closed"),
    ]
    let found = script.run(
      ForgeLocation.example(.github).forge.find(branch: "nevermore/1", base: "main"),
      [ForgeResponse(200, others)])
    #expect(found.product??.number == 7)
    #expect(script.lines[0].contains("head=ada%3Anevermore%2F1"))
  }

  @Test func `an open request counts before a newer closed one`() {
    var script = ForgeScript()
    let both: JSON = [pullRequestJSON(9, state: "closed"), pullRequestJSON(7)]
    let opening = script.run(
      ForgeLocation.example(.github).forge.open(proposal), [ForgeResponse(200, both)])
    guard case .found(let request)? = opening.product else {
      Issue.record("\(opening)")
      return
    }
    #expect(request.number == 7)
    #expect(script.asked.count == 1)
  }

  @Test(arguments: [ForgeKind.github, .gitlab, .gitea, .forgejo])
  func `one that appears between looking and asking is found`(kind: ForgeKind) {
    var script = ForgeScript()
    let there: JSON
    let exists: ForgeResponse
    var none = [ForgeResponse(200, [])]
    switch kind {
    case .github:
      there = [pullRequestJSON(3)]
      exists = ForgeResponse(
        422,
        [
          "message": "Validation Failed",
          "errors": [["message": "A pull request already exists for ada:nevermore/1."]],
        ])
    case .gitlab:
      there = [
        [
          "iid": 3, "state": "opened", "title": "Fix", "source_branch": "nevermore/1",
          "target_branch": "main", "source_project_id": 1, "target_project_id": 1,
        ]
      ]
      exists = ForgeResponse(
        409,
        ["message": ["Another open merge request already exists for this source branch: !3"]])
    case .gitea, .forgejo:
      there = pullRequestJSON(3)
      exists = ForgeResponse(
        409, ["message": "pull request already exists for these targets [id: 3]"])
      none.insert(ForgeResponse(404, ["message": "not found"]), at: 0)
    }
    let opening = script.run(
      ForgeLocation.example(kind).forge.open(proposal),
      none + [exists, ForgeResponse(200, there)])
    guard case .found(let request)? = opening.product else {
      Issue.record("\(opening)")
      return
    }
    #expect(request.number == 3)
  }

  @Test func `one that is said to exist and is not found is the forge's refusal`() {
    var script = ForgeScript()
    let exists = ForgeResponse(
      422, ["errors": [["message": "A pull request already exists for ada:nevermore/1."]]])
    let none = ForgeResponse(200, [])
    let opening = script.run(
      ForgeLocation.example(.github).forge.open(proposal), [none, exists, none])
    #expect(opening.failure?.retry(attempt: 0) == .never)
    #expect(script.asked.count == 3)
  }

  @Test func `another refusal is not taken for one that exists`() {
    var script = ForgeScript()
    let refused = ForgeResponse(
      422,
      [
        "message": "Validation Failed", "errors": [["message": "No commits between main and x"]],
      ])
    let opening = script.run(
      ForgeLocation.example(.github).forge.open(proposal), [ForgeResponse(200, []), refused])
    #expect(
      opening.failure
        == .refused(status: 422, reason: "Validation Failed; No commits between … and x"))
  }

  @Test func `Gitea's request whose base a person changed is found among the open ones`() {
    var script = ForgeScript()
    let page = (1...50).map { pullRequestJSON($0, branch: "b\($0)") }
    let opening = script.run(
      ForgeLocation.example(.gitea).forge.open(proposal),
      [
        ForgeResponse(404, [:]), ForgeResponse(200, .array(page)),
        ForgeResponse(200, [pullRequestJSON(60, base: "develop")]),
      ])
    #expect(opening.product?.request.number == 60)
    #expect(script.lines[2].contains("page=2"))
  }

  @Test func `a forge with smaller pages than asked for is read to its end`() {
    var script = ForgeScript()
    let marker = CommentMarker("0123456789ab")!
    let exchange = ForgeLocation.example(.github).forge.comment(marker, on: 1)
    let more = [("Link", "<https://evil.example/>; rel=\"next\"")]
    let found = script.run(
      exchange,
      [
        ForgeResponse(200, [["id": 1, "body": "a"]], headers: more),
        ForgeResponse(200, [["id": 2, "body": .string("\(marker.line)\r\ntext")]], headers: more),
      ])
    #expect(found.product??.id == 2)
    #expect(script.asked.allSatisfy { $0.url.hasPrefix("https://forge.example/api/") })
  }

  @Test func `pages without end are given up`() {
    var script = ForgeScript()
    let marker = CommentMarker("0123456789ab")!
    let more = ForgeResponse(
      200, [["id": 1, "body": "a"]], headers: [("link", "<x>; rel=\"next\"")])
    let found = script.run(
      ForgeLocation.example(.github).forge.comment(marker, on: 1),
      Array(repeating: more, count: 20))
    #expect(found.failure == .tooMuch(pages: 20))
  }

  @Test(arguments: [
    "", "<html>", "[]", "{\"number\":0}", "{\"number\":\"1\"}", "null", "{",
    String(repeating: "[", count: 100_000),
  ])
  func `an answer of success that makes no sense is unreadable`(body: String) {
    for kind in ForgeKind.allCases {
      var script = ForgeScript()
      let read = script.run(
        ForgeLocation.example(kind).forge.read(1),
        [ForgeResponse(status: 200, body: Array(body.utf8))])
      #expect(read.failure == .unreadable, "\(kind)")
    }
  }

  @Test func `a status needs a whole commit`() {
    for commit in ["main", "", "../../x", String(repeating: "A", count: 40)] {
      let exchange = ForgeLocation.example(.github).forge.report(
        CommitStatus(.success, "x"), of: commit, on: "b")
      #expect(exchange.failure?.retry(attempt: 0) == .never)
    }
  }

  @Test func `no link and no commit of a forge is taken unseen`() throws {
    var json = pullRequestJSON(1)
    guard case .object(var members) = json else { return }
    members.append(.init("html_url", "javascript:alert(1)"))
    members.append(.init("merge_commit_sha", "not a commit"))
    json = .object(members)
    let request = try #require(PullRequest(github: json))
    #expect(request.page == nil && request.state == .open)
    #expect(SafeText.link("https://a.example/\"onclick=") == nil)
  }
}
