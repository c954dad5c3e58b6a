import Failures
import Interchange
import Languages

/// What a command reads of a failure, on standard input and in a file. The event's values come as
/// the model holds them: scrubbed, with every loss marked.
struct EvidenceFile {
  /// Where the sandbox shows it.
  static let path = "/run/nevermore/evidence.json"

  let task: RepairTask
  let attempt: Int
  let objection: CommandObjection?

  var json: JSON {
    let reproduction = task.test.reproduction
    let exception = reproduction.event.exceptions.last
    return [
      "schema": 1, "failure": .string(task.failure),
      "signature": .string(reproduction.signature.description),
      "exception": [
        "type": .string(reproduction.certificate.exception),
        "message": .optional(exception?.message),
      ],
      "test": [
        "path": .string(task.test.text.path),
        "framework": .string(task.test.style.framework.rawValue),
        "command": .array(task.command.map(JSON.string)),
      ],
      "entry": .string(reproduction.entry),
      "strategy": .string(reproduction.strategy.rawValue),
      "path": .array(reproduction.certificate.path.map(JSON.string)),
      "frames": .array((exception?.frames ?? []).map(Self.frame)),
      "crashState": .array(
        task.crashState.map { operand in
          [
            "source": .string(operand.source), "condition": .string(operand.condition.rawValue),
            "type": .string(operand.type),
          ]
        }),
      "attempt": .integer(attempt), "objection": .optional(objection?.description),
    ]
  }

  private static func frame(_ frame: Frame) -> JSON {
    [
      "path": .optional(frame.repositoryPath), "function": .string(frame.function),
      "line": .integer(frame.line), "source": .optional(frame.sourceLine),
      "variables": .object(
        frame.variables.prefix(40).map { JSON.Member($0.name, $0.value.shown(depth: 6)) }),
    ]
  }
}

extension CapturedValue {
  /// As JSON for a reader: what JSON has is itself, all else an object with its `kind`.
  fileprivate func shown(depth: Int) -> JSON {
    guard depth > 0 else { return ["kind": "cut"] }
    func list(_ values: [CapturedValue]) -> JSON {
      .array(values.prefix(100).map { $0.shown(depth: depth - 1) })
    }
    switch self {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .integer(let digits): return .number(digits)
    case .float(let value): return .double(value)
    case .string(let text): return .string(String(text.prefix(4000)))
    case .illFormedString(let units): return .illFormedString(Array(units.prefix(4000)))
    case .list(let values): return list(values)
    case .tuple(let values): return ["kind": "tuple", "items": list(values)]
    case .set(let values, _): return ["kind": "set", "items": list(values)]
    case .map(let entries):
      let pairs = entries.prefix(100).map { entry -> JSON in
        [entry.key.shown(depth: depth - 1), entry.value.shown(depth: depth - 1)]
      }
      return ["kind": "map", "entries": .array(Array(pairs))]
    case .bytes(let bytes, _):
      return ["kind": "bytes", "items": .array(bytes.prefix(1000).map { .integer(Int($0)) })]
    case .object(let object):
      let fields = object.named.prefix(100).map {
        JSON.Member($0.name, $0.value.shown(depth: depth - 1))
      }
      return [
        "kind": "object", "type": .string(object.type), "items": list(object.positional),
        "fields": .object(Array(fields)),
      ]
    case .enumeration(let type, let member, _):
      return ["kind": "enumeration", "type": .string(type), "member": .string(member)]
    case .date(let moment):
      return [
        "kind": .string(moment.kind.rawValue), "fields": .array(moment.fields.map(JSON.integer)),
      ]
    case .decimal(let text): return ["kind": "decimal", "text": .string(text)]
    case .uuid(let text): return ["kind": "uuid", "text": .string(text)]
    case .named(let name): return ["kind": "named", "name": .string(name)]
    case .path(let text): return ["kind": "path", "text": .string(text)]
    case .reference(let identity): return ["kind": "reference", "identity": .integer(identity)]
    case .truncated(let known, _):
      return ["kind": "truncated", "known": known.shown(depth: depth - 1)]
    case .opaque(let type, let text):
      return [
        "kind": "opaque", "type": .optional(type), "text": .string(String(text.prefix(1000))),
      ]
    case .redacted(let kind): return ["kind": "redacted", "what": .string(kind)]
    case .absent: return ["kind": "absent"]
    case .unread: return ["kind": "unread"]
    }
  }
}
