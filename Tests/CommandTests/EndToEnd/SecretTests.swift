import Foundation
import Interchange
import Testing

extension EndToEnd {
  /// What becomes of secrets on their way from an event to a branch.
  struct SecretTests {
    private static let secret = "pearl-77-Xq"

    /// A function of one password that fails, and the event of its failure.
    private func failing(_ line: String, _ secret: String = secret) throws -> (Checkout, String) {
      let checkout = try Checkout([
        "tiny/__init__.py": "",
        "tiny/codes.py": "import zlib\n\n\ndef share(password):\n    return \(line)\n",
        "tests/test_codes.py": "def test_nothing():\n    pass\n",
      ])
      let event = SentryEvent(frames: [
        .init(
          filename: "tiny/codes.py", module: "tiny.codes", function: "share",
          source: "    return \(line)", variables: ["password": .string("'\(secret)'")])
      ])
      return (checkout, event.text)
    }

    /// Every byte of the repository, of git's objects, and of what was said.
    private func left(_ checkout: Checkout, _ said: Program) throws -> String {
      let objects = try checkout.git(["cat-file", "--batch-all-objects", "--batch"])
      return objects + said.output + said.talk
    }

    @Test func `a failure over a secret's shape comes back without the secret`() throws {
      let (checkout, event) = try failing("100 / (len(password) - 11)")
      let said = try checkout.fix(event, [])
      #expect(said.status == 10, "\(said.talk)")
      let report = try said.report()
      #expect(report["redactions"]?.items?.first?["kind"]?.text == "password")
      #expect(report["branch"]?.text != nil)
      #expect(try !left(checkout, said).contains("pearl"))
    }

    @Test func `equal events have equal replacements, by a key that only its owner may read`()
      throws
    {
      let (checkout, event) = try failing("100 / (len(password) - 11)")
      let first = try checkout.fix(event, []).report()["test"]?["source"]?.text
      #expect(first != nil)
      #expect(try checkout.fix(event).report()["test"]?["source"]?.text == first)
      let key = "\(checkout.path)/.git/nevermore/key"
      let attributes = try FileManager.default.attributesOfItem(atPath: key)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(attributes[.size] as? Int == 32)
      let (other, _) = try failing("100 / (len(password) - 11)")
      #expect(try other.fix(event).report()["test"]?["source"]?.text != first)
      #expect(!FileManager.default.fileExists(atPath: "\(other.path)/.git/nevermore"))
      #expect(
        try other.fix(event).report()["failure"] == checkout.fix(event).report()["failure"])
    }

    @Test func `a failure over a secret's equal characters gets a replacement that has them`()
      throws
    {
      let (checkout, event) = try failing(
        "100 / (ord(password[0]) - ord(password[-1]))", "pearl-up")
      let said = try checkout.fix(event, [])
      #expect(said.status == 10, "\(said.talk) \(said.output)")
      #expect(try !left(checkout, said).contains("pearl"))
    }

    @Test func `a failure over the secret itself stops with its kind and place`() throws {
      let (checkout, event) = try failing(
        "100 / (zlib.crc32(password.encode()) - CRC)".replacing("CRC", with: "3945461907"))
      let said = try checkout.fix(event, [])
      let report = try said.report()
      #expect(said.status == 11)
      #expect(report["stop"]?["reason"]?.text == "secret-matters")
      #expect(
        report["stop"]?["missing"]?.items?.first?.text
          == "password: `password` of `share` in `codes.py`")
      #expect(report["branch"]?.isNull == true)
      #expect(try !left(checkout, said).contains("pearl"))
    }

    @Test func `what is no secret by the configuration stays`() throws {
      let (checkout, event) = try failing("100 / (len(password) - 11)")
      let file = checkout.configuration
      let settings = try String(contentsOfFile: file, encoding: .utf8)
      try (settings + "scrub:\n  keep: [password]\n").write(
        toFile: file, atomically: true, encoding: .utf8)
      let report = try checkout.fix(event).report()
      #expect(report["redactions"]?.items == [])
      #expect(report["test"]?["source"]?.text?.contains(Self.secret) == true)
    }
  }
}
