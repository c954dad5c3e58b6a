import Glibc

/// An open file that closes with its last owner, and that no launched program inherits.
final class Descriptor: Sendable {
  let number: CInt

  init(_ number: CInt) { self.number = number }

  deinit { close(number) }

  /// The ends of a new pipe.
  static func pipe() throws(SandboxError) -> (reading: Descriptor, writing: Descriptor) {
    var numbers: [CInt] = [-1, -1]
    guard let create = LibraryFunctions.pipe else { throw .noResources(number: ENOSYS) }
    guard create(&numbers, O_CLOEXEC) == 0 else { throw .noResources(number: errno) }
    return (Descriptor(numbers[0]), Descriptor(numbers[1]))
  }

  /// A file in memory with this content, to be read from its start.
  static func memory(_ content: [UInt8]) throws(SandboxError) -> Descriptor {
    let closeOnExecution: CUnsignedInt = 1
    guard let create = LibraryFunctions.memoryFile else { throw .noResources(number: ENOSYS) }
    let number = create("nevermore", closeOnExecution)
    guard number >= 0 else { throw .noResources(number: errno) }
    let file = Descriptor(number)
    var written = 0
    while written < content.count {
      let count = content[written...].withUnsafeBytes {
        Glibc.write(number, $0.baseAddress, $0.count)
      }
      guard count > 0 else { throw .noResources(number: errno) }
      written += count
    }
    guard lseek(number, 0, SEEK_SET) == 0 else { throw .noResources(number: errno) }
    return file
  }

  static func null() throws(SandboxError) -> Descriptor {
    let number = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard number >= 0 else { throw .noResources(number: errno) }
    return Descriptor(number)
  }

  func doNotBlock() {
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }

  enum Transfer {
    case bytes(Int)
    case notReady, closed
  }

  /// Appends what is there to be read.
  func read(into bytes: inout [UInt8], scratch: inout [UInt8]) -> Transfer {
    let count = Glibc.read(number, &scratch, scratch.count)
    if count > 0 {
      bytes.append(contentsOf: scratch[..<count])
      return .bytes(count)
    }
    if count < 0, errno == EAGAIN || errno == EINTR { return .notReady }
    return .closed
  }

  /// Writes what fits, and turns the signal for a vanished reader into ``Transfer/closed``.
  func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
    var pipeSignal = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let count = bytes.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
    if count >= 0 { return .bytes(count) }
    let failure = errno
    if failure == EAGAIN || failure == EINTR { return .notReady }
    if failure == EPIPE, sigismember(&before, SIGPIPE) == 0 {
      var immediately = timespec()
      sigtimedwait(&pipeSignal, nil, &immediately)
    }
    return .closed
  }
}
