import Failures
import Interchange

/// Words that would do something where they were more than read, in every place that a sender or a case fills.
enum HostileWords {
  static let tag = "<script>alert(1)</script>"
  static let attribute = "\"><img src=x onerror=alert(1)>"
  /// Marks that make one character of themselves and what escaping looks for.
  static let crowded = "\u{600}<b id=crowded>\u{600}\"\u{301} autofocus='\u{301}"
  static let terminal = "\u{1B}[31mred\u{1B}[0m"
  static let turned = "\u{202E}txt.exe\u{2066}"
  static let all = [tag, attribute, crowded, terminal, turned, "@team", "{{{page}}}"].joined(
    separator: " ")

  static let event = FailureEvent(
    identifier: all, platform: all, release: all, environment: all,
    exceptions: [
      ExceptionRecord(
        type: "Error" + all, message: all,
        frames: [
          Frame(
            file: all, function: all, line: 3, sourceLine: all,
            variables: [
              NamedValue(all, .string(all)), NamedValue("secret", .redacted(kind: "email")),
              NamedValue("cut", .truncated(known: .list([.string(all)]), certain: true)),
              NamedValue("opaque", .opaque(type: all, description: all)),
              NamedValue("map", .map([MapEntry(key: .string(all), value: .named(all))])),
            ], origin: .repository("shop/" + all))
        ])
    ],
    request: RequestRecord(
      method: "GET", url: "/" + all, headers: [NamedValue(all, .string(all))],
      body: .text(all)), runtime: all)

  static let report: JSON = [
    "outcome": "tested",
    "stop": [
      "reason": .string(all), "detail": .string(all), "missing": [.string(all)],
      "remedy": .string(all),
    ],
    "reproduction": [
      "strategy": .string(all), "entry": .string(all), "runs": 3, "of": 3, "bytesBefore": 2,
      "bytesAfter": 1, "oracleCalls": 1, "sufficiency": 1.0, "sandbox": "none",
    ],
    "test": [
      "path": .string(all), "framework": .string(all), "expectation": "no-failure",
      "source": .string(all), "fixtures": .object([.init(all, .string(all))]),
    ],
    "patch": ["diff": .string("+++ " + all + "\n+" + all), "origin": .string(all)],
    "alternatives": [["diff": .string(all), "origin": .string(all), "differsOn": .string(all)]],
    "verdict": [
      "decision": .string(all),
      "gates": [
        [
          "name": .string(all), "result": "failed", "evidence": .string(all),
          "details": [.string(all)],
        ]
      ],
    ],
    "branch": .string(all), "redactions": [["kind": .string(all), "places": 2]],
  ]
}
