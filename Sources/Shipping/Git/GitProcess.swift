import Foundation

/// One running `git`: its input is a file without a name, so that no pipe can fill up on both
/// sides.
struct GitProcess {
  struct End: Sendable {
    var status: Int32
    /// The first line that it said on standard error, free of control characters.
    var complaint: String
  }

  private let process: pid_t
  private let output: Int32
  private let complaints: Int32

  init(
    program: String, arguments: [String], environment: [String: String], input: [UInt8]
  ) throws(RepositoryError) {
    let stdin = try Self.namelessFile(holding: input)
    defer { close(stdin) }
    complaints = try Self.namelessFile(holding: [])
    var ends: [Int32] = [-1, -1]
    // Not a pipe: only a socket is born closed to other programs that start at the same moment, and
    // one of those that held it would keep the end of the output from being seen.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .machine("socketpair", errno) }
    defer { close(ends[1]) }
    output = ends[0]
    let launched = Self.spawn(
      program, arguments, environment, descriptors: [stdin, ends[1], complaints])
    guard case .success(let identifier) = launched else {
      close(output)
      close(complaints)
      throw .gitUnavailable
    }
    process = identifier
  }

  /// Hands over the output until it ends.
  func read(
    seconds: Int, _ receive: (ArraySlice<UInt8>) throws(RepositoryError) -> Void
  ) throws(RepositoryError) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var buffer = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { throw .timedOut(seconds: seconds) }
      var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, Int32(left)) > 0 else { continue }
      let count = Foundation.read(output, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .machine("read", errno) }
      guard count > 0 else { return }
      try receive(buffer[..<count])
    }
  }

  /// Waits for the end; what is left of its process group goes with it when it is killed.
  func end(killed: Bool) -> End {
    if killed { kill(-process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(output)
    lseek(complaints, 0, SEEK_SET)
    var text = [UInt8](repeating: 0, count: 2000)
    let count = max(0, Foundation.read(complaints, &text, text.count))
    close(complaints)
    let first = text[..<count].split(separator: UInt8(ascii: "\n")).first ?? []
    let signal = status & 0x7f
    return End(
      status: signal == 0 ? (status >> 8) & 0xff : 128 + signal,
      complaint: InertText.line(String(decoding: first, as: UTF8.self), limit: 200))
  }

  private static func namelessFile(holding bytes: [UInt8]) throws(RepositoryError) -> Int32 {
    let name = FileManager.default.temporaryDirectory
      .appendingPathComponent("nevermore-\(UUID().uuidString)").path
    let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .machine("open", errno) }
    unlink(name)
    guard FileWriting.write(bytes[...], to: descriptor) else {
      close(descriptor)
      throw .machine("write", errno)
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String], descriptors: [Int32]
  ) -> Result<pid_t, POSIXError> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, &attributes, &argv, &envp)
    return code == 0 ? .success(process) : .failure(POSIXError(.init(rawValue: code) ?? .EINVAL))
  }
}
