import ArgumentParser
import Daemon
import Forges
import Foundation
import Sending
import Shipping

/// The process that holds the tokens of forges: it speaks to them and to remotes, and runs nothing of the target's.
struct CourierCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "courier",
    abstract: "Speak to forges and remotes for the daemon; not meant for people.",
    discussion: """
      Reads orders, a line of JSON each, from standard input, and answers each with one. Tokens are read from the files \
      that the orders name, and never leave this process but to the forge that they are for.
      """)

  func run() async throws {
    let sender = WebSender()
    while let line = readLine() {
      guard let order = CourierOrder(line: Array(line.utf8)) else {
        say(.failed("the order is none", uncertain: false))
        continue
      }
      say(await carry(order, sender))
    }
  }

  private func say(_ answer: CourierAnswer) {
    Terminal.answer(answer.line)
  }

  private func carry(_ order: CourierOrder, _ sender: WebSender) async -> CourierAnswer {
    do {
      switch order {
      case .ask(let request, _, let file):
        return await ask(request, try TokenFile.token(in: file), sender)
      case .tip(let repository, let address, let branch, let file):
        return .tip(
          try Repository(at: repository).tip(of: branch, at: address, try TokenFile.access(file)))
      case .push(let repository, let address, let branch, let commit, let expected, let file):
        switch try Repository(at: repository).push(
          commit, to: branch, at: address, expecting: expected, try TokenFile.access(file))
        {
        case .pushed: return .pushed
        case .moved: return .moved
        case .refused(let why): return .refused(why)
        }
      case .fetch(let repository, let address, let file):
        try Repository.clone(at: repository).fetch(from: address, try TokenFile.access(file))
        return .fetched
      }
    } catch let failure as CommandFailure {
      return .failed(failure.message, uncertain: false)
    } catch {
      return .failed("\(error)", uncertain: true)
    }
  }

  private func ask(_ request: ForgeRequest, _ token: String, _ sender: WebSender) async
    -> CourierAnswer
  {
    let headers =
      request.headers.map { WebHeader($0.name, $0.value) }
      + [WebHeader("Authorization", "Bearer \(token)")]
    do {
      let answer = try await sender.send(
        WebRequest(
          WebRequest.Method(rawValue: request.method.rawValue) ?? .get, request.url,
          headers: headers, body: request.body?.bytes() ?? []))
      return .answered(
        ForgeResponse(
          status: answer.status, headers: answer.headers.map { ($0.name, $0.value) },
          body: answer.body))
    } catch {
      return .failed(error.description, uncertain: error.mayHaveBeenDelivered)
    }
  }
}
