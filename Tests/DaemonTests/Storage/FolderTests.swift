import Foundation
import Testing

@testable import Storage

struct FolderTests {
  @Test func `a folder has one holder, and is free when that one is gone`() throws {
    let scene = try StoreScene()
    var lock: FolderLock? = try FolderLock(on: scene.folder)
    #expect(throws: StorageError.served(folder: scene.folder, process: getpid())) {
      _ = try FolderLock(on: scene.folder)
    }
    #expect(lock != nil)
    lock = nil
    _ = try FolderLock(on: scene.folder)
  }

  @Test func `a copy is whole while work goes on, and opens elsewhere with all that was there`()
    async throws
  {
    let scene = try StoreScene()
    let copy = scene.folder + "/copy"
    let elsewhere = scene.folder + "/elsewhere"
    _ = try await scene.record((0..<50).map { scene.arrival(of: $0) })
    try scene.store.backUp(to: copy)
    _ = try await scene.record([scene.arrival(of: 99)])
    #expect(throws: StorageError.exists(copy)) { try scene.store.backUp(to: copy) }
    try Store.restore(copy, to: elsewhere)
    let restored = try Store(in: elsewhere, create: false)
    #expect(try restored.failures().count == 50)
    #expect(try restored.projects() == scene.store.projects())
  }

  @Test func `nothing is restored over a database or under a daemon`() async throws {
    let scene = try StoreScene()
    let copy = scene.folder + "/copy"
    try scene.store.backUp(to: copy)
    #expect(throws: StorageError.exists(scene.store.path)) {
      try Store.restore(copy, to: scene.folder)
    }
    let elsewhere = scene.folder + "/elsewhere"
    let lock = try FolderLock(on: elsewhere)
    #expect(throws: StorageError.served(folder: elsewhere, process: getpid())) {
      try Store.restore(copy, to: elsewhere)
    }
    withExtendedLifetime(lock) {}
  }

  @Test func `a copy that is not whole is not taken, and leaves nothing`() async throws {
    let scene = try StoreScene()
    _ = try await scene.record((0..<300).map { scene.arrival(of: $0) })
    let copy = scene.folder + "/copy"
    try scene.store.backUp(to: copy)
    let elsewhere = scene.folder + "/elsewhere"
    try Damage.page(3, of: copy)
    #expect(throws: StorageError.notACopy(copy)) { try Store.restore(copy, to: elsewhere) }
    try Data("no database".utf8).write(to: URL(fileURLWithPath: copy))
    #expect(throws: StorageError.notACopy(copy)) { try Store.restore(copy, to: elsewhere) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: elsewhere) == [FolderLock.fileName])
  }

  @Test func `a setting that a release did not know has its default`() throws {
    let stored = Data("{\"ship\":\"draft\",\"environments\":[\"live\"],\"of a later one\":1}".utf8)
    let settings = try #require(ProjectSettings(stored: stored))
    #expect(settings.ship == .draft)
    #expect(settings.environments == ["live"])
    #expect(settings.retention == ProjectSettings().retention)
  }

  @Test func `an identifier's beginning names one thing, or says that it names several`()
    async throws
  {
    let scene = try StoreScene()
    _ = try await scene.record([scene.arrival(of: 1), scene.arrival(of: 2)])
    guard case .failure(let failure) = try scene.store.named("00000000a001") else {
      Issue.record("no failure")
      return
    }
    #expect(failure.identity == "00000000a001")
    #expect(try scene.store.named("0000") == .several)
    #expect(try scene.store.named("f") == .nothing)
    #expect(try scene.store.named("%") == .nothing)
    guard case .event(let event) = try scene.store.named(String(repeating: "0", count: 31) + "2")
    else {
      Issue.record("no event")
      return
    }
    #expect(event.failure == "00000000a002")
  }
}

enum Damage {
  /// Writes over the beginning of a page, which says what it is.
  static func page(_ number: UInt64, of path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.seek(toOffset: (number - 1) * 4096)
    try file.write(contentsOf: Data(repeating: 0xFF, count: 64))
    try file.close()
  }
}
