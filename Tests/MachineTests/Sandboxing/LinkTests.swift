import Foundation
import Testing

@testable import Sandboxing

@Suite struct LinkTests {
  /// `environment/bin/python` → `versions/current/bin/python` → `python3`, `current` → `three`.
  private func interpreter() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    for name in ["environment/bin", "versions/three/bin"] {
      try files.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    try folder.write("#!/bin/sh\necho here", to: "versions/three/bin/python3")
    try files.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/versions/three/bin/python3")
    let links = [
      ("environment/bin/python", "\(folder.path)/versions/current/bin/python"),
      ("versions/current", "three"), ("versions/three/bin/python", "python3"),
    ]
    for (name, target) in links {
      try files.createSymbolicLink(
        atPath: "\(folder.path)/\(name)", withDestinationPath: target)
    }
    return folder
  }

  @Test func `what is missing on the way through links is listed`() throws {
    let folder = try interpreter()
    let program = "\(folder.path)/environment/bin/python"
    let sandbox = Sandbox(readOnly: [Mount("\(folder.path)/environment")])
    #expect(
      sandbox.missing(for: program)
        == ["current", "three/bin/python", "three/bin/python3"].map {
          "\(folder.path)/versions/\($0)"
        })
    #expect(Sandbox().missing(for: "/usr/bin/env") == [])
    #expect(Sandbox().missing(for: "/bin/sh") == [])
    #expect(Sandbox().missing(for: "/root") == ["/root"])
  }

  @Test func `where nothing is missing the program runs and where something is it does not`() throws
  {
    let folder = try interpreter()
    let program = "\(folder.path)/environment/bin/python"
    let choices = [
      ["environment"], ["environment", "versions"], ["environment", "versions/current"],
      ["environment", "versions/three"], ["environment", "versions/three", "versions/current"],
      [""],
    ]
    for choice in choices {
      let sandbox = Sandbox(
        readOnly: choice.map { Mount(folder.path + ($0.isEmpty ? "" : "/" + $0)) })
      let completion = try sandbox.run(Command(arguments: [program]))
      #expect(completion.succeeded == sandbox.missing(for: program).isEmpty, "\(choice)")
    }
  }
}
