import Failures
import Foundation
import Interchange

extension FailureEvent {
  /// Grows with each change that an older reader would misread.
  static let storedScheme = 1

  /// The event as it lies in the store. Only what was scrubbed may be stored.
  public func stored() -> [UInt8] {
    let json: JSON = [
      "scheme": .integer(Self.storedScheme), "identifier": .string(identifier),
      "timestamp": timestamp.map { .double($0.timeIntervalSince1970) } ?? nil,
      "platform": .string(platform), "release": .optional(release),
      "environment": .optional(environment), "message": .optional(message),
      "exceptions": .array(exceptions.map(\.stored)), "request": request?.stored ?? nil,
      "breadcrumbs": .array(breadcrumbs.map(\.stored)),
      "packages": .array(
        packages.sorted { $0.key < $1.key }.map { [.string($0.key), .string($0.value)] }),
      "arguments": .array(arguments.map(JSON.string)), "transaction": .optional(transaction),
      "trace": .optional(traceIdentifier), "runtime": .optional(runtime),
      "facts": StoredValue.named(facts), "work": .array(work.map(\.stored)),
    ]
    return json.bytes()
  }
}

extension ExceptionRecord {
  fileprivate var stored: JSON {
    [
      "type": .string(type), "module": .optional(module), "message": .string(message),
      "frames": .array(frames.map(\.stored)), "handled": isHandled.map(JSON.bool) ?? nil,
      "mechanism": .optional(mechanism), "identifier": identifier.map(JSON.integer) ?? nil,
      "parent": parent.map(JSON.integer) ?? nil, "group": .bool(isGroup),
    ]
  }
}

extension Frame {
  /// Without the origin, which is decided anew from the tree of the day.
  fileprivate var stored: JSON {
    [
      "file": .string(file), "path": .optional(absolutePath), "function": .string(function),
      "module": .optional(module), "line": .integer(line),
      "before": .array(linesBefore.map(JSON.string)), "source": .optional(sourceLine),
      "after": .array(linesAfter.map(JSON.string)), "variables": StoredValue.named(variables),
      "entry": StoredValue.named(entry), "globals": StoredValue.named(globals),
      "whole": .bool(isWhole),
    ]
  }
}

extension RequestRecord {
  fileprivate var stored: JSON {
    let body: JSON =
      switch body {
      case nil: nil
      case .structured(let value): ["structured", StoredValue.json(value)]
      case .text(let text): ["text", .string(text)]
      case .dropped: ["dropped"]
      }
    return [
      "method": .string(method), "url": .string(url), "query": StoredValue.named(query),
      "headers": StoredValue.named(headers), "cookies": StoredValue.named(cookies), "body": body,
    ]
  }
}

extension Breadcrumb {
  fileprivate var stored: JSON {
    [.string(category), .string(message), StoredValue.named(fields)]
  }
}

extension RecordedWork {
  fileprivate var stored: JSON {
    let parts: JSON =
      switch read {
      case .query(let query): query.stored
      case .exchange(let exchange): exchange.stored
      case .command(let words, let answer):
        [
          "command", .array(words.map { StoredValue.json($0) }),
          .array(answer.map { [StoredValue.json($0)] } ?? []),
        ]
      case .variable(let name, let value): ["variable", .string(name), .optional(value)]
      case .clock(let function, let value): ["clock", .string(function), StoredValue.json(value)]
      case .draw(let function, let value): ["draw", .string(function), StoredValue.json(value)]
      case .setting(let name, let value): ["setting", .string(name), StoredValue.json(value)]
      }
    return [parts, .optional(caller), .optional(callerFile)]
  }
}

extension RecordedQuery {
  fileprivate var stored: JSON {
    [
      "query", .string(driver), .string(statement), StoredValue.json(parameters),
      .array(columns.map(JSON.string)), .array(rows.map { StoredValue.json($0) }), .bool(isNamed),
      .bool(isCut), .bool(hasFailed),
    ]
  }
}

extension RecordedExchange {
  fileprivate var stored: JSON {
    [
      "exchange", .string(client), .string(method), .string(url),
      status.map(JSON.integer) ?? nil, StoredValue.named(headers), StoredValue.json(body),
    ]
  }
}
