import Testing

@testable import Forges

@Suite struct ForgeLocationTests {
  @Test(arguments: [
    ("https://github.com/ada/shop.git", "https://api.github.com", "ada/shop"),
    ("git@github.com:ada/shop.git", "https://api.github.com", "ada/shop"),
    ("ssh://git@github.com/ada/shop", "https://api.github.com", "ada/shop"),
    ("https://x-access-token:word@GitHub.com/ada/shop/", "https://api.github.com", "ada/shop"),
    ("git@gitlab.com:group/sub/shop.git", "https://gitlab.com/api/v4", "group/sub/shop"),
    ("ssh://git@gitlab.example.com:2222/g/shop.git", "https://gitlab.example.com/api/v4", "g/shop"),
    ("https://codeberg.org/ada/shop.js", "https://codeberg.org/api/v1", "ada/shop.js"),
    (
      "https://gitea.example.com:3000/ada/shop", "https://gitea.example.com:3000/api/v1", "ada/shop"
    ),
    (
      "https://gitea.example.com/code/ada/shop", "https://gitea.example.com/code/api/v1", "ada/shop"
    ),
    ("https://github.example.com/ada/shop", "https://github.example.com/api/v3", "ada/shop"),
  ])
  func `a remote says where its forge is`(remote: String, interface: String, name: String) throws {
    let location = try ForgeLocation(remote: remote)
    #expect(location.interface == interface)
    #expect(location.fullName == name)
  }

  @Test func `a setting wins over the remote, and fills in what it lacks`() throws {
    let below = try ForgeLocation(
      remote: "git@git.example.com:team/shop.git",
      setting: ForgeSetting(kind: .gitlab, address: "https://git.example.com/lab/"))
    #expect(below.interface == "https://git.example.com/lab/api/v4")
    #expect(below.fullName == "team/shop")
    let inside = try ForgeLocation(
      remote: "https://git.example.com/lab/team/sub/shop.git",
      setting: ForgeSetting(kind: .gitlab, address: "https://git.example.com/lab"))
    #expect(inside.fullName == "team/sub/shop")
    let folder = try ForgeLocation(
      remote: "/srv/git/shop.git",
      setting: ForgeSetting(
        kind: .forgejo, address: "http://127.0.0.1:3000", repository: "ada/shop"))
    #expect(folder.interface == "http://127.0.0.1:3000/api/v1")
    let intranet = try ForgeLocation(
      remote: "http://git.example.com/ada/shop",
      setting: ForgeSetting(kind: .gitea, address: "http://git.example.com"))
    #expect(intranet.interface == "http://git.example.com/api/v1")
  }

  @Test(arguments: [
    ("/srv/git/shop.git", ForgeLocationError.noForge), ("../shop", .noForge), ("", .noForge),
    ("file:///srv/shop", .noForge), ("ext::sh -c x", .noForge),
    ("git@example.com:ada/shop", .unknownKind(host: "example.com")),
    ("http://gitea.example.com/ada/shop", .unencrypted(host: "gitea.example.com")),
    ("https://github.com/", .noRepository),
    ("https://github.com/ada", .unacceptableRepository("ada")),
    ("https://gitlab.com/a/../b", .unacceptableRepository("a/../b")),
    ("git@gitlab.com:a/b?x", .unacceptableRepository("a/b?x")),
    ("git@gitlab.com:a//b", .unacceptableRepository("a//b")),
    ("git@gitlab.com:a/%2e%2e", .unacceptableRepository("a/%2e%2e")),
    ("https://github.com\\@evil.example/a/b", .noForge),
    ("https://github.com:x/a/b", .noForge), ("https://-x.example/a/b", .noForge),
    ("https://github.com/a b/c", .noForge),
  ])
  func `what is no place of a forge is refused`(remote: String, error: ForgeLocationError) {
    #expect(throws: error) { try ForgeLocation(remote: remote) }
  }

  @Test func `what decides the host is what a browser would take for it`() throws {
    let location = try ForgeLocation(remote: "https://github.com@gitea.example.com/ada/shop")
    #expect(location.interface == "https://gitea.example.com/api/v1")
  }

  @Test(arguments: [
    "git.example.com", "ftp://x", "https://", "https://a:b@c", "https://x/..", "https://x/a?b",
    "https://x y", "javascript:x",
  ])
  func `an address that is none is refused`(address: String) {
    #expect(throws: ForgeLocationError.unacceptableAddress) {
      try ForgeLocation(
        remote: "git@github.com:ada/shop", setting: ForgeSetting(kind: .gitea, address: address))
    }
  }

  @Test func `no error shows a password, and each says what to do`() {
    for remote in ["https://u:hunter2@example.com/a/b", "http://u:hunter2@gitea.x.example/a/b"] {
      let error = #expect(throws: ForgeLocationError.self) { try ForgeLocation(remote: remote) }
      #expect(error.map { "\($0)" }?.contains("hunter2") == false)
      #expect(error.map { "\($0)" }?.contains("\nhint: ") == true)
    }
  }
}
