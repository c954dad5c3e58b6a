import Foundation
import ServiceLifecycle
import Subprocess
import SystemPackage

/// The process that holds the tokens, seen from here: one order after the other; where it dies, the next order starts another.
final class Courier: Service {
  private struct Order: Sendable {
    let order: CourierOrder
    let answered: CheckedContinuation<CourierAnswer, Never>
  }

  private let executable: String
  private let orders: AsyncStream<Order>
  private let submit: AsyncStream<Order>.Continuation

  init(executable: String) {
    self.executable = executable
    (orders, submit) = AsyncStream.makeStream()
  }

  /// Does what it is told, and says what came of it.
  func carry(_ order: CourierOrder) async -> CourierAnswer {
    await withCheckedContinuation { continuation in
      let waiting = Order(order: order, answered: continuation)
      if case .terminated = submit.yield(waiting) {
        continuation.resume(returning: .failed("the daemon ends", uncertain: false))
      }
    }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var iterator = self.orders.makeAsyncIterator()
      while let first = await iterator.next() {
        await self.serve(first, &iterator)
      }
    }
    submit.finish()
    for await order in orders {
      order.answered.resume(returning: .failed("the daemon ends", uncertain: false))
    }
  }

  /// One life of the process: from an order to its death, or to the end of all orders.
  private func serve(_ first: Order, _ orders: inout AsyncStream<Order>.Iterator) async {
    nonisolated(unsafe) var rest = orders
    let held = Held(first)
    _ = try? await Subprocess.run(
      .path(FilePath(executable)), arguments: ["courier"],
      environment: Environment.inherit.updating(["NO_COLOR": "1"]), input: .inputWriter,
      output: .sequence, error: .currentStandardError
    ) { execution in
      var answers = execution.standardOutput.strings(bufferingPolicy: .maxLineLength(32 << 20))
        .makeAsyncIterator()
      while let order = held.order {
        _ = try await execution.standardInputWriter.write(order.order.line)
        guard let line = try await answers.next() else { return }
        held.answer(CourierAnswer(line: Array(line.utf8)))
        held.order = await rest.next()
      }
      try await execution.standardInputWriter.finish()
    }
    held.answer(.failed("the courier died", uncertain: true))
    orders = rest
  }

  /// The order that is being carried.
  private final class Held: @unchecked Sendable {
    var order: Order?

    init(_ order: Order) { self.order = order }

    func answer(_ answer: CourierAnswer) {
      order?.answered.resume(returning: answer)
      order = nil
    }
  }
}
