import Foundation
import Testing

@testable import Shipping

/// A repository names programs in every way that git knows; none may run.
@Suite struct HostileRepositoryTests {
  private func hostile() throws -> GitFixture {
    let fixture = try GitFixture()
    try fixture.commit(["shop/cart.py": "x = 1\n", ".gitattributes": "* filter=x diff=x ident\n"])
    try fixture.git(["tag", "-a", "-m", "one", "v1.0"])
    try fixture.layTraps()
    return fixture
  }

  @Test func `the traps work on a person's own commands`() throws {
    let fixture = try hostile()
    try fixture.write("x = 2\n", to: "shop/cart.py")
    for command in [["status"], ["diff"], ["add", "-A"], ["checkout", "-f", "-q", "-b", "other"]] {
      try fixture.git(command, mayFail: true)
    }
    try fixture.git(["update-ref", "refs/heads/third", "HEAD"], mayFail: true)
    try fixture.git(["tag", "-s", "-m", "signed", "signed"], mayFail: true)
    try fixture.git(["fetch", "origin"], mayFail: true)
    for trap in [
      "corefsmonitor", "filterxclean", "gpgprogram", "hook-reference-transaction", "remote",
    ] {
      #expect(fixture.sprung.contains(trap), "\(trap)")
    }
  }

  @Test func `reading, exporting and shipping run no program of the repository`() throws {
    let fixture = try hostile()
    fixture.forgetSprung()
    let before = try fixture.snapshot(except: isOfShipping)
    let repository = try fixture.repository
    let head = try repository.head()
    #expect(try repository.resolve("shop@1.0") == head)
    #expect(try repository.paths(at: head).count == 2)
    #expect(try repository.contents(of: "shop/cart.py", at: head) == Array("x = 1\n".utf8))
    try repository.export(head, to: "\(fixture.folder)/out")
    let first = try repository.ship(shipment(base: head))
    let again = try repository.ship(shipment(base: head, text: "changed\n"))
    #expect(first.tip != again.tip)
    #expect(fixture.sprung == [])
    #expect(try fixture.snapshot(except: isOfShipping) == before)
    #expect(
      FileManager.default.contents(atPath: "\(fixture.folder)/out/shop/cart.py")
        == Foundation.Data("x = 1\n".utf8))
  }

  @Test func `a blob that a partial clone lacks is named and never fetched`() throws {
    let fixture = try hostile()
    fixture.forgetSprung()
    let blob = try fixture.git(["rev-parse", "HEAD:shop/cart.py"])
    try FileManager.default.removeItem(
      atPath: "\(fixture.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    let config = "\(fixture.path)/.git/config"
    let text = String(
      decoding: try #require(FileManager.default.contents(atPath: config)), as: UTF8.self)
    try Foundation.Data(
      (text + "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = origin\n").utf8
    ).write(to: URL(fileURLWithPath: config))

    let repository = try fixture.repository
    let head = try repository.head()
    #expect(throws: RepositoryError.self) {
      try repository.export(head, to: "\(fixture.folder)/out")
    }
    #expect(throws: RepositoryError.self) {
      try repository.contents(of: "shop/cart.py", at: head)
    }
    #expect(fixture.sprung == [])
    try fixture.git(["cat-file", "-p", blob], mayFail: true)
    #expect(fixture.sprung.contains("remote"), "a person's own git fetches it through the trap")
  }
}
