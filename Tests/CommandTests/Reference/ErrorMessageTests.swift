import Foundation
import Testing

/// What the real binary says when it cannot begin, all in one golden: exit code, then the words.
struct ErrorMessageTests {
  @Test func `every error says what happened, why, and a hint`() throws {
    let folder = try Folder()
    let event = SentryEvent.average().text
    try folder.write(event, to: "event.json")
    try folder.write("{\"event_id\": ", to: "cut.json")
    try folder.write("[]", to: "list.json")
    try folder.write("", to: "empty.json")
    try folder.write("{\"event_id\":\"a\"}\n{\"type\":\"session\"}\n{}\n", to: "session.envelope")
    try folder.write(String(repeating: "[", count: 60_000), to: "deep.json")
    try folder.write("python:\n  interpretor: x\n", to: "unknown.yaml")
    try folder.write("python: [", to: "broken.yaml")
    try folder.write("python:\n  interpreter: none/python\n", to: "missing-python.yaml")
    let checkout = try Checkout()

    let cases: [(title: String, arguments: [String])] = [
      ("no arguments to fix", ["fix"]),
      ("an unknown option", ["fix", "event.json", "--repoo", "."]),
      ("an unknown command", ["fixx"]),
      ("an unknown sandbox", ["fix", "event.json", "--sandbox", "docker"]),
      ("no such event", ["fix", "nowhere.json", "--repo", checkout.path]),
      ("an event that is cut off", ["fix", "cut.json", "--repo", checkout.path]),
      ("an event that is a list", ["fix", "list.json", "--repo", checkout.path]),
      ("an empty event", ["fix", "empty.json", "--repo", checkout.path]),
      ("an envelope without an event", ["fix", "session.envelope", "--repo", checkout.path]),
      ("an event too deep to read", ["fix", "deep.json", "--repo", checkout.path]),
      ("no repository", ["fix", "event.json", "--repo", "nowhere"]),
      ("a folder that is no repository", ["fix", "event.json", "--repo", folder.path]),
      ("an unknown revision", ["fix", "event.json", "--repo", checkout.path, "--at", "v9"]),
      (
        "a revision that is an option",
        ["fix", "event.json", "--repo", checkout.path, "--at=--output=x"]
      ),
      (
        "no such configuration",
        ["fix", "event.json", "--repo", checkout.path, "--config", "nowhere.yaml"]
      ),
      (
        "an unknown setting",
        ["fix", "event.json", "--repo", checkout.path, "--config", "unknown.yaml"]
      ),
      (
        "a broken configuration",
        ["fix", "event.json", "--repo", checkout.path, "--config", "broken.yaml"]
      ),
      (
        "no such interpreter",
        ["fix", "event.json", "--repo", checkout.path, "--config", "missing-python.yaml"]
      ),
      ("init in no repository", ["init", "--repo", folder.path]),
    ]
    var text = ""
    for (title, arguments) in cases {
      let said = try Program.run(arguments, at: folder.path)
      #expect(said.status == 64, "\(title)")
      #expect(said.output.isEmpty, "\(title): talk belongs on standard error")
      text += "## \(title)\n\(said.talk)\n"
    }
    try expectGolden(
      text.replacing(checkout.path, with: "REPOSITORY").replacing(folder.path, with: "FOLDER"),
      "errors.txt")
    #expect(!folder.holds("x"))
  }
}
