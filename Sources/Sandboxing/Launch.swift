import Foundation
import Glibc

struct LaunchFailure: Error { var number: CInt }

/// One program to be started, with exactly the open files it is given.
struct Launch: Sendable {
  var arguments: [String]
  var environment: [String: String]
  var directory: String
  /// The child's descriptors 0, 1, 2 and so on; everything else is closed in the child.
  var descriptors: [Descriptor]

  /// Signals are back to their defaults in the child, and it leads a session of its own.
  func perform() -> Result<pid_t, LaunchFailure> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    let lifted = lift()
    defer { for number in lifted { close(number) } }
    guard lifted.count == descriptors.count else { return .failure(LaunchFailure(number: EMFILE)) }
    for (place, number) in lifted.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, number, CInt(place))
    }
    closeRest(&actions)
    guard let change = LibraryFunctions.changeDirectory, change(&actions, directory) == 0 else {
      return .failure(LaunchFailure(number: ENOSYS))
    }
    resetSignals(&attributes)
    var identifier: pid_t = 0
    let number = CStrings.with(arguments) { argumentPointers in
      CStrings.with(environment.map { "\($0.key)=\($0.value)" }) { environmentPointers in
        posix_spawn(
          &identifier, arguments[0], &actions, &attributes, argumentPointers, environmentPointers)
      }
    }
    return number == 0 ? .success(identifier) : .failure(LaunchFailure(number: number))
  }

  /// Copies above the places that are filled, so that no copy overwrites one still needed.
  private func lift() -> [CInt] {
    descriptors.map { fcntl($0.number, F_DUPFD_CLOEXEC, 64) }.filter { $0 >= 0 }
  }

  private func closeRest(_ actions: inout posix_spawn_file_actions_t) {
    let first = CInt(descriptors.count)
    if let closeFrom = LibraryFunctions.closeFrom, closeFrom(&actions, first) == 0 { return }
    // An older C library: name each one. What another thread opens meanwhile is closed on exec.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for number in names.compactMap({ CInt($0) }) where number >= first {
      if fcntl(number, F_GETFD) >= 0 { posix_spawn_file_actions_addclose(&actions, number) }
    }
  }

  private func resetSignals(_ attributes: inout posix_spawnattr_t) {
    let newSession: CInt = 0x80
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(CInt(POSIX_SPAWN_SETSIGDEF) | CInt(POSIX_SPAWN_SETSIGMASK) | newSession))
  }
}

/// Arrays of C strings that end with a null pointer.
enum CStrings {
  static func with<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("the null is always there") }
      return body(base)
    }
  }
}
