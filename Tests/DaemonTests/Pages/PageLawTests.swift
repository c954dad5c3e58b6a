import Foundation
import HummingbirdTesting
import Storage
import Testing

@testable import Daemon

/// What holds for every page, whatever it shows.
struct PageLawTests {
  static let pages = [
    "/", "/failures", "/failures/aaaaaaaaaaaa", "/projects", "/insights", "/failures?q=shop",
    "/failures?state=tested&project=shop&page=2", "/failures/ffffffffffff",
  ]

  private static func hostileScene() async throws -> PageScene {
    let scene = try PageScene()
    try await scene.failure("aaaaaaaaaaaa", HostileWords.event)
    try scene.work(
      HostileWords.report,
      findings: [("triage", HostileWords.all), (HostileWords.all, HostileWords.all)])
    try await scene.failure("bbbbbbbbbbbb", HostileWords.event)
    return scene
  }

  @Test(arguments: pages)
  func `a page has one first heading, a name, a language and a way past the header`(
    _ path: String
  ) async throws {
    try await Self.hostileScene().visit { browser in
      let page = try await browser.get(path).text
      #expect(page.matches(of: /<h1[ >]/).count == 1)
      #expect(page.contains("<html lang=\"en\">"))
      #expect(page.contains("<main id=\"main\""))
      #expect(page.contains("href=\"#main\""))
      #expect(page.firstMatch(of: /<title>[^<]+<\/title>/) != nil)
      let levels = page.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.1) }
      for (one, next) in zip(levels, levels.dropFirst()) { #expect(next <= one + 1) }
    }
  }

  @Test(arguments: pages)
  func `hostile words are read and do nothing`(_ path: String) async throws {
    try await Self.hostileScene().visit { browser in
      let page = try await browser.get(path).text
      #expect(!page.contains("<script"))
      #expect(!page.contains("<img"))
      let scalars = Array(page.unicodeScalars)
      #expect(!scalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{2066}" })
      let bold = Array("<b id".unicodeScalars)
      let hasBold = scalars.indices.dropLast(bold.count).contains {
        Array(scalars[$0..<$0 + bold.count]) == bold
      }
      #expect(!hasBold, "a tag came through beside a mark")
    }
  }

  @Test func `hostile words are there to be read`() async throws {
    try await Self.hostileScene().visit { browser in
      let page = try await browser.get("/failures/aaaaaaaaaaaa").text
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(page.contains("⟨U+1B⟩[31mred"))
      #expect(page.contains("⟨U+202E⟩txt.exe"))
      #expect(page.contains("@team"))
    }
  }

  @Test(arguments: pages)
  func `every form that changes something carries the session's token`(
    _ path: String
  ) async throws {
    try await Self.hostileScene().visit { browser in
      let page = try await browser.get(path).text
      let forms = page.matches(of: /<form method="post"[^>]*>(.*?)<\/form>/.dotMatchesNewlines())
      #expect(!forms.isEmpty)
      for form in forms {
        #expect(form.1.firstMatch(of: /name="token" value="[0-9a-f]{64}"/) != nil)
      }
    }
  }

  @Test(arguments: pages)
  func `a browser may load nothing but the one stylesheet and the icon`(
    _ path: String
  ) async throws {
    try await Self.hostileScene().visit { browser in
      let answer = try await browser.get(path)
      #expect(answer.headers[.contentSecurityPolicy] == PageAnswer.policy)
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[.init("Referrer-Policy")!] == "no-referrer")
      #expect(answer.headers[.cacheControl] == "no-store")
      #expect(!answer.text.contains(" style=\""))
      let withoutValues = answer.text.replacing(/"[^"]*"/, with: "\"\"")
      #expect(withoutValues.firstMatch(of: /<[^>]* on[a-z]+=/) == nil)
      let style = try #require(answer.text.firstMatch(of: /href="(\/style-[0-9a-f]+\.css)"/))
      #expect(try await browser.get(String(style.1)).status == .ok)
    }
  }

  @Test func `no template leaves anything unescaped`() {
    for source in Templates.sources {
      let text = String(decoding: source.text, as: UTF8.self)
      #expect(!text.contains("{{{") && !text.contains("{{&"), "in \(source.name)")
      #expect(!text.contains("CONTENT_TYPE"), "in \(source.name)")
    }
  }

  @Test func `what was replaced stays replaced, and each loss is marked`() async throws {
    try await Self.hostileScene().visit { browser in
      let page = try await browser.get("/failures/aaaaaaaaaaaa").text
      #expect(page.contains("<span class=\"loss\">replaced: email</span>"))
      #expect(page.contains("<span class=\"loss\">cut by the sender</span>"))
      #expect(page.contains("5 values") || page.contains("7 values"))
    }
  }

  @Test func `keys of others are not shown`() async throws {
    try await PageScene().visit { browser in
      let page = try await browser.get("/projects").text
      #expect(!page.contains("secretkey"))
      #expect(page.contains("https://…@sentry.example/7"))
    }
  }
}
