import ArgumentParser
import Foundation
import Intake
import Interchange
import Shipping
import Storage

/// What a person wants gone.
struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Remove all data of a failure, or everything in which a value stands.",
    discussion: """
      What is removed is gone from the file, too, also while the daemon runs. That a failure was there, and how often, is kept. Branches and \
      pull requests are git's: those that may hold it are named. A value is also looked for as what the keys of the projects put in its place.
      """)

  @Argument(help: "The failure: its identifier, or the beginning of it.")
  var failure: String?

  @Option(
    help:
      "Erase everything in which this value, or what stands in its place, is found; `-` reads it from standard input."
  )
  var value: String?

  @OptionGroup var data: DataOption

  @Option(help: "The project of the failure, where several have it.")
  var project: String?

  @Flag(help: "Print the counts as one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard (failure == nil) != (value == nil) else {
      throw ValidationError("give a failure, or --value")
    }
  }

  func run() throws {
    let store = try data.store()
    let erasure: Erasure
    if let failure {
      let found = try store.failure(calledBy: failure, in: project)
      erasure = try asking { () throws(StorageError) in try store.erase(failure: found.id) }
    } else {
      let traces = try traces(in: store)
      erasure = try asking { () throws(StorageError) in
        try store.erase(where: { traces.stand(in: $0) })
      }
    }
    try Terminal.print(json ? erasure.json.text(.compact) : erasure.text)
  }

  private func traces(in store: Store) throws -> ValueTraces {
    let text = try wanted()
    var texts: Set<String> = [text]
    for project in try asking({ () throws(StorageError) in try store.projects() }) {
      let site = ProjectSite(project: project, data: data.folder)
      // A repository that is gone has no key any more, and its replacements cannot be made again.
      guard let scrubber = try? site.scrubber() else {
        Terminal.complain(
          "the repository of `\(project.name)` cannot be read: what stands for the value in its events is not looked for"
        )
        continue
      }
      texts.formUnion(scrubber.disguises(of: text))
    }
    return ValueTraces(of: texts)
  }

  /// A value in the arguments stays in the shell's history; standard input leaves none.
  private func wanted() throws(CommandFailure) -> String {
    let text = value == "-" ? readLine(strippingNewline: true) ?? "" : value ?? ""
    guard text.count >= ValueTraces.shortest else {
      throw CommandFailure(
        .usage,
        "the value has fewer than \(ValueTraces.shortest) characters, and would stand everywhere\nhint: erase the failure"
      )
    }
    return text
  }
}

extension Erasure {
  fileprivate var counts: [(name: String, count: Int)] {
    [
      ("events", events), ("reports", reports), ("words", words), ("names", names),
      ("attempts", attempts), ("copies", copies),
    ]
  }

  fileprivate var json: JSON {
    .object(
      counts.map { .init($0.name, .integer($0.count)) }
        + [.init("branches", .array(branches.map(JSON.string)))])
  }

  fileprivate var text: String {
    let lines = counts.map {
      "\($0.name.padding(toLength: 10, withPad: " ", startingAt: 0))\($0.count)"
    }
    return (lines + branches.map { "still in  branch \($0)".withoutControls }).joined(
      separator: "\n")
  }
}
