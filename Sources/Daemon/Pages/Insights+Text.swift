import Foundation
import Interchange
import Storage

/// The figures for programs and for spreadsheets.
extension Insights {
  /// Schema 1: members are only ever added.
  public var json: JSON {
    [
      "schema": 1, "project": .optional(project), "at": .string(at.formatted(.iso8601)),
      "funnel": .array(
        funnel.map {
          [
            "name": .string($0.name), "count": .integer($0.count), "of": .integer($0.of),
            "definition": .string($0.definition),
          ]
        }),
      "times": .array(
        spans.map {
          [
            "name": .string($0.name), "count": .integer($0.count),
            "p50": .double(Self.rounded($0.p50)),
            "p90": .double(Self.rounded($0.p90)), "definition": .string($0.definition),
          ]
        }),
      "yield": .array(
        yield.map {
          [
            "outcome": .string($0.outcome), "reason": .optional($0.reason),
            "count": .integer($0.count), "of": .integer($0.of),
          ]
        }),
    ]
  }

  /// One row a figure; what does not apply is empty.
  public var csv: String {
    let head = "table,name,reason,count,of,p50,p90"
    let rows =
      funnel.map { ["funnel", $0.name, "", "\($0.count)", "\($0.of)", "", ""] }
      + spans.map {
        [
          "times", $0.name, "", "\($0.count)", "", "\(Self.rounded($0.p50))",
          "\(Self.rounded($0.p90))",
        ]
      }
      + yield.map { ["yield", $0.outcome, $0.reason ?? "", "\($0.count)", "\($0.of)", "", ""] }
    return ([head] + rows.map { $0.map(Self.cell).joined(separator: ",") }).joined(
      separator: "\r\n")
      + "\r\n"
  }

  /// A cell that a spreadsheet would take for a formula is text.
  private static func cell(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    let isPlain = safe.allSatisfy { $0.isASCII && $0 != "," && $0 != "\"" && !$0.isNewline }
    return isPlain ? safe : "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
