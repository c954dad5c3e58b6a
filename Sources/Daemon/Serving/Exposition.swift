import Storage

/// Figures in Prometheus' text format, version 0.0.4: a name, what it means, its kind, and a line for each set of labels.
struct Exposition {
  private(set) var text = ""

  init(_ figures: Figures, isAccepting: Bool, room: Int) {
    head("nevermore_events_total", "Events by what became of them.", "counter")
    for event in figures.events {
      sample(
        "nevermore_events_total", "\(event.count)",
        [("project", event.project), ("outcome", event.outcome.rawValue)])
    }
    head("nevermore_attempts", "Attempts at cases by state.", "gauge")
    for state in ["waiting", "held", "ended", "dead"] {
      sample("nevermore_attempts", "\(figures.attempts[state] ?? 0)", [("state", state)])
    }
    head("nevermore_step_seconds", "How long the steps of cases took.", "histogram")
    for steps in figures.steps { add(steps) }
    alone("nevermore_queue_age_seconds", "Age of the oldest waiting attempt.", figures.queueAge)
    alone("nevermore_database_bytes", "Size of the database and its log.", Double(figures.bytes))
    alone("nevermore_disk_free_bytes", "Room on the database's disk.", Double(room))
    alone("nevermore_accepting", "1 where events can be stored.", isAccepting ? 1 : 0)
  }

  private mutating func add(_ steps: Figures.Steps) {
    let stage = [("stage", steps.stage)]
    for (bound, count) in zip(Figures.bounds, steps.within) {
      sample("nevermore_step_seconds_bucket", "\(count)", stage + [("le", "\(bound)")])
    }
    sample("nevermore_step_seconds_bucket", "\(steps.count)", stage + [("le", "+Inf")])
    sample("nevermore_step_seconds_sum", "\(steps.seconds)", stage)
    sample("nevermore_step_seconds_count", "\(steps.count)", stage)
  }

  private mutating func alone(_ name: String, _ meaning: String, _ value: Double) {
    head(name, meaning, "gauge")
    sample(name, value == value.rounded() ? "\(Int(value))" : "\(value)", [])
  }

  private mutating func head(_ name: String, _ meaning: String, _ kind: String) {
    text += "# HELP \(name) \(meaning)\n# TYPE \(name) \(kind)\n"
  }

  private mutating func sample(
    _ name: String, _ value: String, _ labels: [(name: String, value: String)]
  ) {
    let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
  }
}
