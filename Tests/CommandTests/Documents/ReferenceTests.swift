import Failures
import Foundation
import Interchange
import Pipeline
import Testing

@testable import nevermore

struct ReferenceTests {
  @Test func `every setting is documented, and nothing else is`() throws {
    let page = try Project.text("docs/reference/configuration.md")
    let headings = page.matches(of: /(?m)^### `([a-z.]+)`$/).map { String($0.1) }
    #expect(headings == Configuration.keys.map(\.key))
  }

  @Test func `the schema names exactly the settings, and refuses others`() throws {
    let schema = try JSON(parsing: try Project.text("docs/reference/nevermore.schema.json"))
    let top = try #require(schema["properties"])
    var keys: [String] = []
    for member in top.members ?? [] {
      guard let inner = member.value["properties"] else {
        keys.append(member.key)
        continue
      }
      #expect(member.value["additionalProperties"]?.bool == false)
      keys += (inner.members ?? []).map { "\(member.key).\($0.key)" }
    }
    #expect(schema["additionalProperties"]?.bool == false)
    #expect(keys == Configuration.keys.map(\.key))
    let described = [top, top["python"]?["properties"]].compactMap { $0?.members }.joined()
    for member in described {
      #expect(member.value["description"]?.text?.isEmpty == false, "of \(member.key)")
    }
  }

  @Test(arguments: Stop.Reason.allCases)
  func `every stop reason is documented with what it means, its evidence and what to do`(
    _ reason: Stop.Reason
  ) throws {
    let section = try Project.section(
      "`\(reason.rawValue)`", of: try Project.text("docs/reference/stop-reasons.md"))
    for word in ["Means", "Evidence", "Do"] {
      #expect(section.contains("**\(word)**"), "\(reason.rawValue) lacks \(word)")
    }
  }

  @Test func `no stop reason is documented that does not exist`() throws {
    let page = try Project.text("docs/reference/stop-reasons.md")
    let headings = page.matches(of: /(?m)^### `([a-z-]+)`$/).map { String($0.1) }
    #expect(Set(headings) == Set(Stop.Reason.allCases.map(\.rawValue)))
  }

  @Test func `every exit code is documented, and nothing else is`() throws {
    let page = try Project.text("docs/reference/exit-codes.md")
    let codes = page.matches(of: /(?m)^\| (\d+) \|/).compactMap { Int32($0.1) }
    #expect(codes == ExitStatus.allCases.map(\.rawValue))
  }

  @Test func `every exit code is in the program's own help`() throws {
    let help = Nevermore.helpMessage(columns: 400)
    for status in ExitStatus.allCases { #expect(help.contains("\(status.rawValue) ")) }
  }

  @Test func `every stage that is timed is documented`() throws {
    let page = try Project.text("docs/reference/json.md")
    for stage in Stage.allCases { #expect(page.contains("`\(stage.rawValue)`")) }
  }

  @Test(arguments: [
    "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md",
    "docs/reference/commands.md", "docs/reference/configuration.md",
    "docs/reference/stop-reasons.md", "docs/reference/exit-codes.md", "docs/reference/json.md",
    "docs/concepts/same-cause.md", "docs/concepts/trust.md", "docs/concepts/verdict.md",
    "docs/concepts/privacy.md",
    "docs/guides/first-failure.md", "docs/guides/repair-with-a-command.md",
    "docs/guides/verify-a-patch.md",
  ])
  func `every link to a file leads to one`(_ page: String) throws {
    let folder = Project.root.appendingPathComponent(page).deletingLastPathComponent()
    for link in try Project.text(page).matches(of: /\]\(([^)#]+)(?:#[^)]*)?\)/) {
      let target = String(link.1)
      guard !target.contains("://") else { continue }
      #expect(
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(target).path),
        "\(page) links to \(target)")
    }
  }

  @Test func `the readme is short`() throws {
    #expect(try Project.text("README.md").split(separator: "\n").count < 120)
  }
}
