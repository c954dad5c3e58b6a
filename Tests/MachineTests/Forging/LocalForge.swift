import Foundation
import Interchange
import Sending
import Testing

@testable import Forges

/// `scripts/forge` over a real bare repository, and a client that speaks to it through ``WebSender``.
final class LocalForge: Sendable {
  static let token = "a token of this test"
  static let secret = "It's a Secret to Everybody"
  static let branch = "nevermore/3f2a"

  let kind: ForgeKind
  let folder: String
  let address: String
  private let process: TalkingProcess
  private let sender = WebSender()

  init(_ kind: ForgeKind, webhook: String? = nil) throws {
    self.kind = kind
    folder = FileManager.default.temporaryDirectory.path + "/forge-\(UUID().uuidString)"
    try Self.repository(at: folder)
    let root = try #require(Self.root)
    var command = [
      try Self.interpreter(), root + "/scripts/forge", "--kind", kind.rawValue, "--repositories",
      folder, "--token", Self.token, "--secret", Self.secret,
    ]
    if let descriptions = Self.descriptions { command += ["--validate", descriptions] }
    if let webhook { command += ["--webhook", webhook] }
    process = try TalkingProcess(command)
    address = try #require(try process.line()["address"]?.text)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let root: String? = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.path
  }()

  /// The forges' own descriptions beside the repository; without them nothing shows that they would understand us.
  static let descriptions: String? = {
    let folder = (root ?? "") + "/../shared/forges"
    return FileManager.default.fileExists(atPath: folder + "/github.json") ? folder : nil
  }()

  private static func interpreter() throws -> String {
    let folder =
      ProcessInfo.processInfo.environment["NEVERMORE_TEST_ENVIRONMENTS"]
      ?? (root ?? "") + "/.nevermore/environments"
    let interpreter = folder + "/forge/bin/python"
    try #require(
      FileManager.default.isExecutableFile(atPath: interpreter),
      "the Python environment `forge` is not there\nhint: run scripts/environments")
    return interpreter
  }

  var location: ForgeLocation {
    get throws {
      try ForgeLocation(
        remote: folder + "/ada/shop.git",
        setting: ForgeSetting(kind: kind, address: address, repository: "ada/shop"))
    }
  }

  var forge: any Forge { get throws { try location.forge } }

  /// What owns the token: it goes into every request, and nowhere else.
  func client(token: String = LocalForge.token, timeout: Duration = .seconds(20)) -> ForgeClient {
    let sender = sender
    return ForgeClient { request in
      var headers = request.headers.map { WebHeader($0.name, $0.value) }
      headers.append(WebHeader("Authorization", "Bearer \(token)"))
      let method = try #require(WebRequest.Method(rawValue: request.method.rawValue))
      do {
        let response = try await sender.send(
          WebRequest(
            method, request.url, headers: headers, body: request.body?.bytes() ?? [],
            timeout: timeout))
        return ForgeResponse(
          status: response.status, headers: response.headers.map { ($0.name, $0.value) },
          body: response.body)
      } catch let failure as WebFailure {
        throw failure.mayHaveBeenDelivered
          ? ForgeTransportFailure.unanswered : ForgeTransportFailure.notDelivered
      }
    }
  }

  func run<Product: Sendable>(_ exchange: ForgeExchange<Product>) async throws -> Product {
    try await client().run(exchange).get()
  }
}

extension LocalForge {
  private func control(_ path: String, _ body: JSON) async throws {
    let response = try await sender.send(
      WebRequest(.post, address + path, body: body.bytes()))
    try #require(response.status == 204, "\(String(decoding: response.body, as: UTF8.self))")
  }

  /// Errors to come, each once: see scripts/localforge/faults.py.
  func play(_ faults: JSON...) async throws { try await control("/_play", .array(faults)) }

  /// What a person does.
  func act(_ what: String, _ members: KeyValuePairs<String, JSON> = [:]) async throws {
    let all = members.map { JSON.Member($0.key, $0.value) }
    try await control(
      "/_act",
      .object([.init("do", .string(what)), .init("repository", "ada/shop")] + all))
  }

  func record() async throws -> JSON {
    try JSON(parsing: try await sender.send(WebRequest(.get, address + "/_record")).body)
  }

  /// How often the forge was asked so.
  func count(_ method: String, _ end: String) async throws -> Int {
    try await record()["requests"]?.items?.count {
      $0["method"]?.text == method && $0["path"]?.text?.hasSuffix(end) == true
    } ?? 0
  }

  /// The pull requests that a person sees on the forge's page.
  func page(_ path: String = "/") async throws -> String {
    String(decoding: try await sender.send(WebRequest(.get, address + path)).body, as: UTF8.self)
  }

  /// Every request of the test was one that the real forge describes, and nothing that was played is left over.
  func expectNoViolation(_ place: SourceLocation = #_sourceLocation) async throws {
    let record = try await record()
    #expect(record["violations"] == [], sourceLocation: place)
    #expect(record["waiting"] == [], sourceLocation: place)
  }

  /// `main`, `develop` one commit ahead of it, and our branch with a test and its fix.
  private static let history = """
    commit refs/heads/main
    mark :1
    committer Ada <ada@example.com> 1767225600 +0000
    data 12
    First rates
    M 100644 inline shop.py
    data <<END
    def rate(total, count):
        return total / count
    END

    commit refs/heads/nevermore/3f2a
    committer Ada <ada@example.com> 1767225601 +0000
    data <<END
    Test ZeroDivisionError in rate
    END
    from :1
    M 100644 inline test_shop.py
    data <<END
    from shop import rate


    def test_rate():
        rate(1, 0)
    END

    commit refs/heads/nevermore/3f2a
    committer Ada <ada@example.com> 1767225602 +0000
    data <<END
    Fix ZeroDivisionError in rate
    END
    M 100644 inline shop.py
    data <<END
    def rate(total, count):
        return total / count if count else 0
    END

    commit refs/heads/develop
    committer Ada <ada@example.com> 1767225603 +0000
    data 5
    Next
    from :1

    """

  private static func repository(at folder: String) throws {
    let script = "git init -q --bare -b main \"$1\" && git -C \"$1\" fast-import --quiet"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, "sh", folder + "/ada/shop.git"]
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
    let input = Pipe()
    process.standardInput = input
    try FileManager.default.createDirectory(
      atPath: folder + "/ada", withIntermediateDirectories: true)
    try process.run()
    input.fileHandleForWriting.write(Foundation.Data(history.utf8))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  /// Runs git in the bare repository.
  func git(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder + "/ada/shop.git"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
