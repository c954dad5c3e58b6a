import Failures
import Intake
import Testing

@Suite struct `Finding where a frame's code lies` {
  static let finder = OriginFinder(
    tree: [
      "billing/pricing.py", "billing/__init__.py", "deploy/service.py", "a/utils/text.py",
      "b/utils/text.py", "src/shop/cart.py", "top.py", "lib/python/odd.py",
    ],
    importRoots: ["src"], checkout: "/home/dev/project")

  private func origin(_ path: String?, file: String = "f.py", module: String? = nil)
    -> Frame.Origin
  {
    Self.finder.origin(
      of: Frame(file: file, absolutePath: path, function: "f", module: module, line: 1))
  }

  @Test(
    arguments: [
      ("/srv/app/billing/pricing.py", nil, "billing/pricing.py"),
      ("/home/dev/project/billing/pricing.py", nil, "billing/pricing.py"),
      ("/home/dev/project/top.py", nil, "top.py"),
      ("/home/dev/project/./deploy//service.py", nil, "deploy/service.py"),
      ("/srv/app/top.py", "top", "top.py"),
      ("/srv/app/shop/cart.py", nil, "src/shop/cart.py"),
      ("/srv/cart.py", "shop.cart", "src/shop/cart.py"),
      ("/srv/x/utils/text.py", "b.utils.text", "b/utils/text.py"),
      ("/srv/x/a/utils/text.py", nil, "a/utils/text.py"),
      ("/srv/__init__.py", "billing", "billing/__init__.py"),
      ("/srv/app/billing/__init__.py", "billing", "billing/__init__.py"),
      ("/srv/app/billing/pricing.py", "__main__", "billing/pricing.py"),
      ("/home/dev/project/billing/pricing.py", "project.billing.pricing", "billing/pricing.py"),
      ("/app.zip/billing/pricing.py", nil, "billing/pricing.py"),
    ] as [(String, String?, String)])
  func `code of the repository is found wherever it was deployed`(
    path: String, module: String?, expected: String
  ) {
    #expect(origin(path, module: module) == .repository(expected))
  }

  @Test(
    arguments: [
      ("/srv/other/service.py", nil), ("/srv/other/service.py", "service"),
      ("/srv/other/service.py", "__main__"), ("/srv/x/utils/text.py", nil),
      ("/srv/x/utils/text.py", "utils.text"), ("/srv/top.py", "other.top"), ("/etc/passwd", nil),
      ("/home/dev/project/../top.py", "top"), ("file:///home/dev/project/top.py", "top"),
      ("/home/dev/project/top.py\0", "top"), ("\\srv\\top.py", "top"), ("<string>", "top"),
      ("<frozen importlib._bootstrap>", nil), ("/home/dev/project/missing.py", "missing"),
      ("/home/dev/projects/top.py", nil), ("http://h/billing/pricing.py", nil), ("", nil),
      ("/v/vendor/billing/pricing.py", "vendor.billing.pricing"),
      ("/v/vendor/billing/__init__.py", "vendor.billing"),
    ] as [(String, String?)])
  func `what is not surely the repository's is elsewhere`(path: String, module: String?) {
    #expect(origin(path, module: module) == .elsewhere)
  }

  @Test func `a hostile file name spoils a good absolute path`() {
    #expect(origin("/srv/billing/pricing.py", file: "../../x.py") == .elsewhere)
  }

  @Test func `without an absolute path the file's name is compared`() {
    #expect(origin(nil, file: "billing/pricing.py") == .repository("billing/pricing.py"))
    #expect(
      origin(nil, file: "pricing.py", module: "billing.pricing")
        == .repository("billing/pricing.py"))
    #expect(origin(nil, file: "pricing.py") == .elsewhere)
  }

  @Test(arguments: [
    ("/usr/lib/python3.11/json/decoder.py", Frame.Origin.standardLibrary),
    ("/opt/venv/lib64/python3.9/asyncio/base.py", .standardLibrary),
    ("/usr/lib/python311.zip/json/decoder.py", .standardLibrary),
    ("/v/lib/python3.11/site-packages/flask/app.py", .package("flask")),
    ("/home/dev/project/.venv/lib/python3.11/site-packages/six.py", .package("six")),
    ("/usr/lib/python3/dist-packages/billing/pricing.py", .package("billing")),
    ("/home/dev/project/.venv/lib/python3.11/json/decoder.py", .standardLibrary),
  ])
  func `installed code is told apart`(path: String, expected: Frame.Origin) {
    #expect(origin(path) == expected)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `no event can name a path outside the tree`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "/", "..", ".", "billing", "pricing.py", "utils", "text.py", "home/dev/project", "\0", "\\",
      "file://", "top.py", "src", "shop/cart.py", "<", ">", "~", "site-packages",
    ]
    let tree: Set = ["billing/pricing.py", "a/utils/text.py", "src/shop/cart.py", "top.py"]
    let finder = OriginFinder(tree: tree, importRoots: ["src"], checkout: "/home/dev/project")
    for _ in 0..<20 {
      let path = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined(separator: Bool.random(using: &generator) ? "/" : "")
      let frame = Frame(
        file: path, absolutePath: path, function: "f", module: "billing.pricing", line: 1)
      if case .repository(let found) = finder.origin(of: frame) { #expect(tree.contains(found)) }
    }
  }
}

@Suite struct `Grouping events` {
  private func event(message: String, paths: [String]) -> FailureEvent {
    let frames = paths.map { Frame(file: $0, absolutePath: $0, function: "f", line: 1) }
    return `Finding where a frame's code lies`.finder.placed(
      FailureEvent(
        identifier: "e", platform: "python",
        exceptions: [ExceptionRecord(type: "KeyError", message: message, frames: frames)]))
  }

  @Test func `the innermost frame of the repository decides, not the innermost of all`() {
    let signature = event(
      message: "'a'", paths: ["/s/deploy/service.py", "/s/billing/pricing.py", "/usr/x.py"]
    ).signature
    #expect(signature.innermost == "billing/pricing.py:f")
    #expect(signature.exception == "KeyError" && signature.messageShape == "#")
  }

  @Test func `values in the message do not part failures, places do`() {
    let first = event(message: "no key 'a' of 5", paths: ["/s/billing/pricing.py"]).signature
    let second = event(message: "no key 'b' of 7", paths: ["/s/billing/pricing.py"]).signature
    let third = event(message: "no key 'b' of 7", paths: ["/s/deploy/service.py"]).signature
    #expect(first.failureIdentifier == second.failureIdentifier)
    #expect(first.failureIdentifier != third.failureIdentifier)
  }

  @Test func `the identifier of a signature never changes`() {
    let signature = FailureSignature(
      exception: "KeyError", message: "'a'", innermost: "billing/pricing.py:f")
    #expect(signature.failureIdentifier == "c97735203211")
    let message = FailureEvent(identifier: "e", platform: "python", message: "order 5")
    #expect(message.signature.exception == "message")
    #expect(message.signature.messageShape == "order #")
  }
}
