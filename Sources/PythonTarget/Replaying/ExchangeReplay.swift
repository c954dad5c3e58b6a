import Failures
import Languages

/// Answers of other services, given again by the client library that the service used.
struct ExchangeReplay {
  let exchanges: [RecordedExchange]

  func replay() -> Replay? {
    let answered = exchanges.filter { $0.status != nil && $0.content != nil }
    guard let client = answered.first?.client, answered.count == exchanges.count,
      answered.allSatisfy({ $0.client == client })
    else { return nil }
    var setup: [Statement] = []
    var answers: [Expression] = []
    for (position, exchange) in answered.enumerated() {
      let name = position == 0 ? "answer" : "answer_\(position + 1)"
      switch client {
      case "requests": setup += requests(exchange, name)
      case "httpx": setup.append(httpx(exchange, name))
      case "http.client", "urllib": setup += plain(exchange, name)
      default: return nil
      }
      answers.append(.name(name))
    }
    return Replay(
      setup: setup + patches(client, answers), fixtures: ["monkeypatch"],
      assumptions: ["the other service answers as it did"])
  }

  private func patches(_ client: String, _ answers: [Expression]) -> [Statement] {
    switch client {
    case "requests": return [PythonReplay.patch("requests.Session.request", answering: answers)]
    case "httpx":
      let asynchronous = PythonReplay.mock(
        "AsyncMock", [Argument(.named("side_effect"), .list(answers))])
      return [
        PythonReplay.patch("httpx.Client.send", answering: answers),
        PythonReplay.monkeypatch("setattr", .text("httpx.AsyncClient.send"), asynchronous),
      ]
    default:
      return [
        PythonReplay.monkeypatch(
          "setattr", .text("http.client.HTTPConnection.request"), PythonReplay.mock("Mock")),
        PythonReplay.patch("http.client.HTTPConnection.getresponse", answering: answers),
      ]
    }
  }

  // MARK: answers

  private func requests(_ exchange: RecordedExchange, _ name: String) -> [Statement] {
    let answer = Expression.name(name)
    var setup = [
      Statement(.bind(answer, PythonReplay.construct("requests", ["Response"], []))),
      Statement(.bind(.attribute(answer, "status_code"), .integer(exchange.status ?? 200))),
      Statement(.bind(.attribute(answer, "url"), .text(exchange.url))),
      Statement(.bind(.attribute(answer, "_content"), .bytes(exchange.content ?? []))),
    ]
    if let type = exchange.contentType {
      setup.append(
        Statement(
          .bind(.item(.attribute(answer, "headers"), .text("Content-Type")), .text(type))))
    }
    return setup
  }

  private func httpx(_ exchange: RecordedExchange, _ name: String) -> Statement {
    let request = PythonReplay.construct(
      "httpx", ["Request"], [.text(exchange.method), .text(exchange.url)])
    let headers = exchange.contentType.map {
      Argument(
        .named("headers"),
        .value(.map([MapEntry(key: .string("Content-Type"), value: .string($0))])))
    }
    return Statement(
      .bind(
        .name(name),
        .call(
          .symbol(Symbol(module: "httpx", path: ["Response"])),
          [
            Argument(.positional, .integer(exchange.status ?? 200)),
            Argument(.named("content"), .bytes(exchange.content ?? [])),
            Argument(.named("request"), request),
          ] + (headers.map { [$0] } ?? []))))
  }

  /// The library's own answer, read from what stands for a socket.
  private func plain(_ exchange: RecordedExchange, _ name: String) -> [Statement] {
    let head =
      "HTTP/1.1 \(exchange.status ?? 200) Recorded\r\n"
      + (exchange.contentType.map { "Content-Type: \($0)\r\n" } ?? "")
      + "Content-Length: \(exchange.content?.count ?? 0)\r\n\r\n"
    let content = PythonReplay.construct(
      "io", ["BytesIO"], [.bytes(Array(head.utf8) + (exchange.content ?? []))])
    let socket = PythonReplay.mock(
      "Mock", [Argument(.named("makefile"), .closure(parameters: ["mode"], body: content))])
    return [
      Statement(
        .bind(.name(name), PythonReplay.construct("http.client", ["HTTPResponse"], [socket]))),
      Statement(.evaluate(.call(.attribute(.name(name), "begin"), []))),
    ]
  }
}

extension RecordedExchange {
  /// The bytes of the answer; `nil` where they are not known whole.
  fileprivate var content: [UInt8]? {
    switch body {
    case .bytes(let bytes, _): bytes
    case .string(let text): Array(text.utf8)
    case .null: []
    default: nil
    }
  }

  fileprivate var contentType: String? {
    for header in headers where header.name.lowercased() == "content-type" {
      guard case .string(let type) = header.value, type.utf8.count < 100,
        type.unicodeScalars.allSatisfy({ $0.isASCII && $0.value >= 0x20 })
      else { return nil }
      return type
    }
    return nil
  }
}

extension Expression {
  static func integer(_ number: Int) -> Expression { .value(.integer(String(number))) }
  static func bytes(_ bytes: [UInt8]) -> Expression { .value(.bytes(bytes, mutable: false)) }
}
