import ArgumentParser
import Daemon
import Foundation
import Storage

/// What the work was worth, for a terminal or a spreadsheet.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show how far failures come, how long it takes, and what cases end with.")

  @OptionGroup var data: DataOption

  @Option(help: "Of this project alone.")
  var project: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Flag(help: "Print comma-separated values on standard output.")
  var csv = false

  func validate() throws {
    if json && csv { throw ValidationError("`--json` and `--csv` exclude each other") }
  }

  func run() throws {
    let store = try data.store()
    let project = try store.named(project)
    let insights = try asking { () throws(StorageError) in
      try store.insights(ofProject: project)
    }
    if json { return try Terminal.print(insights.json.text(.compact)) }
    try Terminal.print(csv ? String(insights.csv.dropLast()) : insights.lines)
  }
}

extension Insights {
  /// For a person.
  fileprivate var lines: String {
    var lines = ["How far failures come"]
    lines += funnel.map {
      Self.line($0.name, "\($0.count) of \($0.of)", $0.definition)
    }
    lines += ["", "How long it takes (p50, p90)"]
    lines += spans.map {
      Self.line($0.name, "\(Self.seconds($0.p50)), \(Self.seconds($0.p90))", $0.definition)
    }
    lines += ["", "What cases end with"]
    lines += yield.map {
      Self.line(
        [$0.outcome, $0.reason].compactMap { $0 }.joined(separator: ": "),
        "\($0.count) of \($0.of)", "")
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ name: String, _ figure: String, _ definition: String) -> String {
    let columns = [
      name.padding(toLength: max(30, name.count), withPad: " ", startingAt: 0), figure,
    ]
    let known = columns.joined(separator: " ")
    return "  "
      + (definition.isEmpty
        ? known
        : known.padding(toLength: max(52, known.count), withPad: " ", startingAt: 0) + " "
          + definition)
  }

  private static func seconds(_ seconds: Double) -> String { String(format: "%.1f s", seconds) }
}
