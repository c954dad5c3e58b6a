import Interchange

/// An event as a sender would write it, by hand: any part of it can be what no sender would send.
struct SentryEvent {
  struct Frame {
    var filename: String
    var absolutePath: String?
    var module: String?
    var function: String
    var line = 5
    var source = ""
    /// Each leaf in Python's notation, as the sender writes it.
    var variables: JSON = [:]

    var json: JSON {
      [
        "filename": .string(filename), "abs_path": .string(absolutePath ?? "/srv/\(filename)"),
        "module": .optional(module), "function": .string(function), "lineno": .integer(line),
        "context_line": .string(source), "vars": variables,
      ]
    }
  }

  var type = "ZeroDivisionError"
  var message = "division by zero"
  var frames: [Frame]

  /// Division by zero in the tiny code base, below a service that is not in it.
  static func average(
    total: JSON = "10", count: JSON = "0", caller: String = "    answer(payload)",
    callerVariables: JSON = [:]
  ) -> SentryEvent {
    SentryEvent(frames: [
      Frame(
        filename: "service.py", module: "service", function: "handle", line: 7, source: caller,
        variables: callerVariables),
      Frame(
        filename: "tiny/prices.py", module: "tiny.prices", function: "average",
        source: "    return total / count",
        variables: ["total": total, "count": count]),
    ])
  }

  var json: JSON {
    [
      "event_id": "5f0c9c1f1d6c4d3aa9a6ad7f1c9a7e11", "platform": "python",
      "timestamp": "2026-01-02T03:04:05Z",
      "exception": [
        "values": [
          [
            "type": .string(type), "value": .string(message),
            "stacktrace": ["frames": .array(frames.map(\.json))],
          ]
        ]
      ],
    ]
  }

  var text: String { json.text(.compact) }
}
