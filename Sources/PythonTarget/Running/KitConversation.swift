import Foundation
import Interchange
import Sandboxing
import Synchronization

/// One kit process in the sandbox, and the questions that it answers, one at a time.
final class KitConversation: Sendable {
  private let launch: @Sendable () throws -> SandboxedProcess
  private let setting: JSON
  private let process: Mutex<SandboxedProcess?> = Mutex(nil)

  init(setting: JSON, launch: @escaping @Sendable () throws -> SandboxedProcess) {
    self.setting = setting
    self.launch = launch
  }

  deinit { stop() }

  func stop() {
    process.withLock { process in
      process?.stop()
      process = nil
    }
  }

  /// The kit's answer. A kit that died or went silent is started anew for the next question.
  func ask(_ operation: String, _ members: [JSON.Member], seconds: Double = 60) throws(KitError)
    -> JSON
  {
    let question = JSON.object([JSON.Member("op", .string(operation))] + members)
    let line: [UInt8]? = try perform { process in
      try process.send(question.bytes())
      return try process.receiveLine(deadline: seconds)
    }
    guard let line else {
      let errors = process.withLock { $0?.errors ?? [] }
      stop()
      throw KitError.ended(
        operation: operation, errors: String(decoding: errors.suffix(600), as: UTF8.self))
    }
    guard let reply = try? JSON(parsing: line, depthLimit: JSON.deepestLimit) else {
      throw KitError.unreadable(operation: operation)
    }
    if let trouble = reply["error"]?.text {
      throw KitError.refused(operation: operation, trouble: trouble)
    }
    return reply["answer"] ?? .null
  }

  private func perform<Result: Sendable>(
    _ work: (SandboxedProcess) throws -> Result
  ) throws(KitError) -> Result {
    do {
      return try process.withLock { held in
        let running: SandboxedProcess
        if let current = held {
          running = current
        } else {
          running = try launch()
          try running.send(setting.bytes())
          held = running
        }
        do {
          return try work(running)
        } catch {
          running.stop()
          held = nil
          throw error
        }
      }
    } catch let error as SandboxError {
      throw KitError.sandbox(error)
    } catch {
      throw KitError.unreadable(operation: "start")
    }
  }
}

/// What went wrong between us and the kit: our fault or the machine's, never the target's word.
public enum KitError: Error, CustomStringConvertible {
  case sandbox(SandboxError)
  case ended(operation: String, errors: String)
  case unreadable(operation: String)
  case refused(operation: String, trouble: String)
  case schema(Int)

  public var description: String {
    switch self {
    case .sandbox(let error): error.description
    case .ended(let operation, _):
      """
      the target's interpreter ended during `\(operation)`
      hint: run `nevermore doctor` to see whether the interpreter starts in the sandbox
      """
    case .unreadable(let operation): "the kit's answer to `\(operation)` is no JSON"
    case .refused(let operation, let trouble): "the kit failed at `\(operation)`: \(trouble)"
    case .schema(let number): "the kit speaks schema \(number), which this build does not know"
    }
  }
}
