import Subprocess
import SystemPackage

/// One worker at a time in a process of its own: what it runs of the target's, and what it eats, dies with it.
struct WorkerProcess: Sendable {
  /// The program's own path.
  let executable: String
  /// The longest line that a worker may say, in bytes.
  static let lineLimit = 32 << 20

  /// Works an order; `each` answers every line that came, and whether the worker may write where it asked.
  ///
  /// The worker ends with this call: it reads its standard input to the end, and that ends with us.
  func work(
    _ order: WorkOrder, each: @escaping @Sendable (WorkLine) async throws -> Bool
  ) async throws -> WorkerEnding {
    var environment = Environment.inherit
    environment = environment.updating(["NO_COLOR": "1"])
    let outcome = try await run(
      .path(FilePath(executable)), arguments: ["work"], environment: environment,
      input: .inputWriter, output: .sequence, error: .currentStandardError
    ) { execution in
      let input = execution.standardInputWriter
      _ = try await input.write(order.line)
      var last: WorkerEnding?
      for try await text in execution.standardOutput.strings(
        bufferingPolicy: .maxLineLength(Self.lineLimit))
      {
        guard let line = WorkLine(line: Array(text.utf8)) else { continue }
        let may = try await each(line)
        switch line {
        case .willShip:
          _ = try await input.write(Array((may ? WorkLine.permission : "stop").utf8) + [10])
        case .ended(let result): last = .ended(result)
        case .failed(let why): last = .failed(why)
        case .stage: break
        }
      }
      try await input.finish()
      return last
    }
    return outcome.closureResult ?? .vanished
  }
}

/// How a worker came to its end.
enum WorkerEnding: Sendable {
  case ended(WorkResult)
  /// The machine's fault or ours, in words.
  case failed(String)
  /// It said nothing: it was killed, or crashed.
  case vanished
}
