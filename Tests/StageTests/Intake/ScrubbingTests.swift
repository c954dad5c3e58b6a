import Failures
import Intake
import Testing

private let scrubber = Scrubber(key: ScrubKey { Array(repeating: 7, count: ScrubKey.length) })

/// A text after the pass that every value goes through.
private func scrubbed(_ text: String) -> String {
  scrubber.scrubbed(FailureEvent(identifier: "e", platform: "python", message: text)).event.message
    ?? ""
}

private func event(_ name: String, _ value: CapturedValue) -> FailureEvent {
  let frame = Frame(file: "a", function: "f", line: 1, variables: [NamedValue(name, value)])
  return FailureEvent(
    identifier: "e", platform: "python",
    exceptions: [ExceptionRecord(type: "E", message: "", frames: [frame])])
}

private func scrubbed(_ name: String, _ value: CapturedValue) -> CapturedValue? {
  scrubber.scrubbed(event(name, value)).event.exception?.frames.first?.variable(name)
}

/// What a failure may see of a character: its class and its width.
private func sort(_ scalar: Unicode.Scalar) -> String {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber:
    "\(scalar.properties.generalCategory) \(UTF8.width(scalar))"
  default: String(scalar)
  }
}

private func shape(_ text: String) -> [String] { text.unicodeScalars.map(sort) }

@Suite struct `Names of secrets` {
  @Test(arguments: [
    "password", "body.password", "X-Api-Key", "accessToken", "apikey", "API_KEYS", "db_passwd",
    "HTTP_AUTHORIZATION", "Set-Cookie", "sessionid", "session_id", "csrfmiddlewaretoken",
    "X-CSRFToken", "private_key", "privateKey", "AWSSecretAccessKey", "aws_secret_access_key",
    "credentials", "signingKey", "clientSecret", "DBPassword", "refreshtoken", "user_pwd", "auth",
  ])
  func `replace the value under them`(name: String) throws {
    guard case .string(let text) = try #require(scrubbed(name, .string("hunter2-Xy"))) else {
      Issue.record("`\(name)` lost its value")
      return
    }
    #expect(text != "hunter2-Xy")
    #expect(shape(text) == shape("hunter2-Xy"))
  }

  @Test(arguments: [
    "tokenize", "tokenizer", "keyboard", "monkey", "author", "passenger", "secretary", "key",
    "keys", "cookiecutter", "compass", "sessionmaker", "token_type", "api", "authority", "bypass",
    "PWD", "apiKeyboard", "obsession", "passport",
  ])
  func `are not seen in words that only look like them`(name: String) {
    #expect(scrubbed(name, .string("value")) == .string("value"))
  }

  @Test func `leave numbers, truths and nothing as they are`() {
    for value in [CapturedValue.integer("5"), .null, .bool(true), .float(1.5), .string("")] {
      #expect(scrubbed("token", value) == value)
    }
    #expect(scrubbed("password", .redacted(kind: "filtered")) == .redacted(kind: "filtered"))
    #expect(scrubbed("password", .string("None")) == .string("None"))
  }

  @Test func `reach into containers, and keep their shape`() throws {
    let entry = MapEntry(key: .string("user"), value: .string("ann"))
    let value = try #require(
      scrubbed("tokens", .list([.string("abc"), .integer("1"), .map([entry])])))
    guard case .list(let items) = value, items.count == 3, items[1] == .integer("1"),
      case .map(let entries) = items[2]
    else {
      Issue.record("another shape: \(value)")
      return
    }
    #expect(items[0] != .string("abc"))
    #expect(entries[0].key == .string("user"))
    #expect(entries[0].value != .string("ann"))
    let nested = CapturedValue.map([
      entry, MapEntry(key: .string("password"), value: .string("pearl")),
    ])
    guard case .map(let kept) = try #require(scrubbed("config", nested)) else { return }
    #expect(kept[0] == entry)
    #expect(kept[1].value != .string("pearl"))
  }

  @Test func `leave the type of a receiver, which says how to rebuild it`() {
    let session = CapturedValue.opaque(
      type: "Session", description: "<shop.db.Session object at 0x7f00>")
    #expect(scrubbed("session", session) == session)
  }

  @Test func `are added and kept by the configuration`() {
    let strict = Scrubber(
      key: ScrubKey(), names: ["badge"], keep: ["csrf_token", "contact"],
      rules: [ScrubRule(kind: "ticket", pattern: "T-([0-9]{6})")])
    func left(_ name: String, _ text: String) -> Bool {
      strict.scrubbed(event(name, .string(text))).event == event(name, .string(text))
    }
    #expect(!left("staff_badge", "blue-heron"))
    #expect(left("csrf_token", "blue-heron"))
    #expect(left("contact", "ann.smith@shop.example.se"))
    #expect(!left("other", "ann.smith@shop.example.se"))
    #expect(!left("note", "see T-123456"))
    #expect(left("note", "see T-12345"))
  }
}

@Suite struct `Secrets in texts` {
  @Test(arguments: [
    ("http://ann:pearl77@host/x", ["ann", "pearl77"]),
    ("see http://lena:p@ss77@host:80/x@y?z", ["lena", "p@ss77"]),
    ("redis://:pearl/sea77@cache:6379/0", ["pearl", "sea77"]),
    ("http://0123456789abcdef0123@host/7", ["0123456789abcdef0123"]),
    ("http://host/x?token=abc&a=1", ["abc"]), ("a=1&password=hunter2", ["hunter2"]),
    ("host=db password=hunter2 port=5", ["hunter2"]),
    ("Login(user='ann', password='hun ter')", ["hun", "ter"]),
    ("password: hunter2, and more", ["hunter2"]),
    (#"{"access_token": "s3cret", "expires_in": null}"#, ["s3cret"]),
    (#"{"a":{"password" : "pear\"q","n":1},"token":5,"secret":null}"#, ["pear"]),
    (#"{"tokens": ["abc", {"k": "bcd"}, 3], "c": "d"}"#, ["abc", "bcd"]),
    (#"{"password": "cut of"#, ["cut"]), (#""{\"password\": \"pearl\", \"a\": \"b\"}""#, ["pearl"]),
    ("key AKIAABCDEFGHIJKLMNOP.", ["ABCDEFGHIJKLMNOP"]),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", ["abcdefghijklmnopqrstuvwxyz0123456789"]),
    ("at eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4uc21pdGgifQ.c2lnbmF0dXJl!", ["c2lnbmF0dXJl"]),
    ("Bearer abc123def456", ["abc123def456"]), ("Bearer  abc123def456", ["abc123def456"]),
    (
      "-----BEGIN RSA PRIVATE KEY-----\r\nMIIEabcdefghMIIEabcdefgh\r\n-----END RSA PRIVATE KEY-----\r\nrest",
      ["MIIEabcdefgh"]
    ),
    ("write to lena.moss+news@shop.se", ["lena.moss", "news", "shop"]),
    ("call +49 151 2345 6789 ext. 12", ["2345 6789"]), ("(415) 555-0132", ["555-0132"]),
    ("paid with 4111 1111 1111 1111", ["1111 1111 1111"]),
    ("to DE89 3704 0044 0532 0130 00", ["3704 0044"]), ("gb82west12345698765432", ["west123456"]),
    ("from 93.184.216.34", ["93.184", "216.34"]), ("fe80::1ff:fe23:4567:890a%eth0", ["4567:890a"]),
    ("parcel:2a02:1234:5678:9abc:def0:1234:5678:9abc", ["5678:9abc"]),
    ("in /home/lena.moss/notes", ["lena.moss"]), (#"in C:\Users\lena.moss\notes"#, ["lena.moss"]),
    ("q=%2B49+151+23456789&a=1", ["23456789"]), ("contact=lena.moss%40shop.se", ["lena.moss"]),
    ("seed f3Kd9aPq27LmXz01RtYu88", ["f3Kd9aPq"]),
    ("Basic cmVhZGVyOnBlYXJsLTc3LXNlYQ==", ["cmVhZGVyOnBlYXJs"]),
    ("blob eyJwYXNzd29yZCI6ICJwZWFybDc3In0=", ["wZWFybDc3"]),
  ])
  func `are replaced where they stand, in their shape`(text: String, secrets: [String]) {
    let result = scrubbed(text)
    for secret in secrets { #expect(!result.contains(secret), "\(secret) in \(result)") }
    #expect(result.utf8.count == text.utf8.count)
    if !text.contains("eyJ"), !text.contains("Basic") { #expect(shape(result) == shape(text)) }
    #expect(scrubbed("value", .string(text)) == .string(result))
    #expect(
      scrubbed("value", .bytes(Array(text.utf8), mutable: false))
        == .bytes(Array(result.utf8), mutable: false))
  }

  @Test(arguments: [
    "the token was missing", "a ratio of 3:4@home", "tokenize=yes", "{\"keyboard\": \"qwerty\"}",
    "http://host:8080/a@b", "Bearer authentication is wanted", "see eyJ in the docs", "AKIA",
    "name=value&x=y", "password: ", "http://{user}:{password}@{host}/",
    "error at 12:30: 'password' is required", "password: is required", "Block(level=3, tokens=15)",
    "User(name='ann', password=None)", "2026-11-23T03:41:14.123456+00:00", "1795390000123",
    "3f2b8c1e-9d4a-4c7b-8e21-0a1b2c3d4e5f", "version 1.2.3", "Chrome/120.0.0.1", "127.0.0.1:8000",
    "192.0.2.7", "0.0.0.0", "::1", "shop.cart.checkout_of_all_the_orders_of_a_day",
    "src/shop/reports/monthly_sales_of_everybody.py", "getElementsByClassNameAndAttribute",
    "/home/app/shop/main.py", "std::vector<int>", "1234567890", "12 of 40, 7.25 %", "pip==21.3.1.4",
    "[Filtered]", "ssh://git@host/x", "http://host/x?token=",
  ])
  func `are not seen in ordinary words`(text: String) {
    #expect(scrubbed(text) == text)
  }

  @Test func `code stays code, and literals in it are replaced`() {
    let lines = [
      "connect(password=settings.password, token=token)", "get('http://ann:pw77@host/?token=abc')",
      "password = 'pearl-77'",
    ]
    let frame = Frame(
      file: "a", function: "f", line: 1, linesBefore: lines, sourceLine: lines[1], linesAfter: lines
    )
    let result = scrubber.scrubbed(
      FailureEvent(
        identifier: "e", platform: "python",
        exceptions: [ExceptionRecord(type: "E", message: "", frames: [frame])])
    ).event.exception?.frames.first
    #expect(result?.linesBefore[0] == lines[0])
    #expect(result?.sourceLine.map(shape) == shape(lines[1]))
    #expect(result?.sourceLine?.contains("pw77") == false)
    #expect(result?.linesAfter[2].hasPrefix("password = '") == true)
    #expect(result?.linesAfter[2].contains("pearl") == false)
  }

  @Test func `what the repository holds is no secret`() {
    let value = event("token", .string("pearl-77-sea"))
    #expect(scrubber.scrubbed(value).event != value)
    #expect(scrubber.scrubbed(value) { $0.intersection(["pearl-77-sea"]) }.event == value)
  }
}

@Suite struct `Scrubbing an event` {
  /// One secret in every part of an event.
  static let secret = "s3cret-value-1"

  static var full: FailureEvent {
    let value = CapturedValue.string(secret)
    let named = [NamedValue("password", value)]
    let url = "http://lena:\(secret)@host/?token=\(secret)"
    return FailureEvent(
      identifier: "e", platform: "python", message: url,
      exceptions: [
        ExceptionRecord(
          type: "E", message: "no account for \(secret)",
          frames: [
            Frame(
              file: "a", function: "f", line: 1, linesBefore: [url], sourceLine: url,
              linesAfter: [url], variables: named + [NamedValue("note", .string("saw \(secret)!"))])
          ])
      ],
      request: RequestRecord(
        method: "GET", url: url, query: named, headers: [NamedValue("Authorization", value)],
        cookies: [NamedValue("connect.sid", value)], body: .text("a=1&password=\(secret)")),
      breadcrumbs: [Breadcrumb(category: "c", message: "was \(secret)", fields: named)],
      arguments: ["--password", secret, "--api-key=\(secret)", url], transaction: url,
      facts: [NamedValue("extra.api_key", value), NamedValue("plain", value)],
      work: [
        RecordedWork(.variable(name: "PLAIN", value: secret)),
        RecordedWork(
          .query(
            RecordedQuery(
              driver: "d", statement: "SELECT '\(secret)'", columns: ["a"], rows: [.tuple([value])])
          )),
        RecordedWork(.command([.string("GET"), .string("k")], answer: value)),
      ])
  }

  @Test func `no part of it is left out, and all parts agree`() throws {
    let result = scrubber.scrubbed(Self.full)
    var text = ""
    dump(result.event, to: &text)
    #expect(!text.contains(Self.secret))
    #expect(!text.contains("s3cret"))
    guard case .string(let given)? = result.event.exception?.frames[0].variable("password") else {
      Issue.record("the value is lost")
      return
    }
    #expect(result.event.exception?.message == "no account for \(given)")
    #expect(result.event.exception?.frames[0].variable("note") == .string("saw \(given)!"))
    #expect(result.event.work[0].read == .variable(name: "PLAIN", value: given))
    #expect(result.event.arguments[2] == "--api-key=\(given)")
    #expect(!result.redactions.isEmpty)
    #expect(!"\(result.redactions)".contains("s3cret"))
  }

  @Test func `what was put in a secret's place is left by the next pass`() {
    let once = scrubber.scrubbed(Self.full)
    #expect(scrubber.scrubbed(once.event, after: once.ledger).event == once.event)
  }

  @Test func `the failure is called the same, whatever the key`() {
    let other = Scrubber(key: ScrubKey()).scrubbed(Self.full)
    let one = scrubber.scrubbed(Self.full)
    #expect(one.event != other.event)
    #expect(
      one.event.signature(without: one.ledger) == other.event.signature(without: other.ledger))
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `of any texts, once is enough, and the length stays`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "http://", "user", ":", "@", "host", "/", "?", "&", "token=", "password", "=", "\"", "'",
      "\\", "\\\"", "{", "}", "[", "]", ",", " ", "eyJhbGciOi.", "eyJzdWIiOiI", "AKIA",
      "ABCDEFGHIJKLMNOP", "Bearer ", "abc123def4", "-----BEGIN X PRIVATE KEY-----", "%41", "%2B49",
      "-----END X PRIVATE KEY-----", "redacted", "\n", "é", "xoxb-", "12345678", "secret\": \"",
      ": ", "lena@shop.se", "+49 151 2345678", "\\u00e9", "4111111111111111", "93.184.216.34",
    ]
    let text = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? ""
    }.joined()
    let value = event("value", .list([.string(text), .opaque(type: nil, description: text)]))
    let once = scrubber.scrubbed(value)
    #expect(scrubber.scrubbed(once.event, after: once.ledger).event == once.event)
    #expect(scrubbed(text).utf8.count == text.utf8.count)
  }
}
