import Glibc

/// A launched program with everything that it starts: known until the last of them is gone.
struct ProcessTree {
  enum Kind: Sendable, Equatable {
    /// Bubblewrap, and below it a process namespace that ends with its first process.
    case confined
    /// Unconfined: descendants carry this mark in their environment.
    case marked(String)
    /// A program that leaves nothing behind.
    case trusted
  }

  static let markName = "NEVERMORE_RUN"

  let identifier: pid_t
  let kind: Kind
  private let group: ControlGroup?
  /// The namespace's first process, as bubblewrap reports it.
  private var first: ProcessIdentity?
  /// What `waitpid` gave.
  private(set) var status: CInt?
  private(set) var ranOutOfMemory = false
  private var isCleared = false

  init(identifier: pid_t, kind: Kind, group: ControlGroup?) {
    self.identifier = identifier
    self.kind = kind
    self.group = group
  }

  mutating func note(firstProcess: pid_t?) {
    guard first == nil, let firstProcess else { return }
    first = ProcessIdentity(firstProcessOfNamespace: firstProcess)
  }

  mutating func hasEnded() -> Bool {
    guard status == nil else { return true }
    var status: CInt = 0
    let answer = waitpid(identifier, &status, WNOHANG)
    if answer == identifier { self.status = status }
    // Somebody else's `wait` took it: it has ended, how is not known.
    if answer < 0, errno == ECHILD { self.status = CInt(SIGKILL) }
    return self.status != nil
  }

  /// Ends every process of the tree; when this returns there is none.
  mutating func end() {
    guard !isCleared else { return }
    isCleared = true
    switch kind {
    case .confined: endNamespace()
    case .marked(let mark): endMarked(mark)
    case .trusted: endSession()
    }
    if let group {
      ranOutOfMemory = group.ranOutOfMemory
      group.remove()
    }
  }

  private mutating func endSession() {
    if !hasEnded() {
      kill(-identifier, SIGKILL)
      kill(identifier, SIGKILL)
    }
    reap()
  }

  /// The kernel ends a process namespace before its first process is gone, so that one is waited for.
  private mutating func endNamespace() {
    if !hasEnded() {
      if first == nil {
        let children = ProcessFiles.numbers("/proc/\(identifier)/task/\(identifier)/children")
        first = children.first.flatMap { ProcessIdentity(firstProcessOfNamespace: $0) }
      }
      if let first, first.isAlive { kill(first.identifier, SIGKILL) }
      if first == nil || !waits(seconds: 2, until: { $0.hasEnded() }) { kill(identifier, SIGKILL) }
      reap()
    }
    guard let first else { return }
    _ = waits(seconds: 10) { _ in
      guard first.isAlive else { return true }
      kill(first.identifier, SIGKILL)
      return false
    }
  }

  /// Best effort: by session, by control group, by mark. A process that leaves all three survives.
  private mutating func endMarked(_ mark: String) {
    let needle = Array("\(ProcessTree.markName)=\(mark)".utf8)
    for _ in 0..<100 {
      kill(-identifier, SIGKILL)
      var found = group?.members ?? []
      for process in ProcessFiles.all() where process != getpid() {
        let environment = ProcessFiles.bytes("/proc/\(process)/environ")
        if environment.split(separator: 0).contains(where: { $0.elementsEqual(needle) }) {
          found.append(process)
        }
      }
      if found.isEmpty { break }
      for process in found { kill(process, SIGKILL) }
      usleep(1000)
      _ = hasEnded()
    }
    if !hasEnded() { kill(identifier, SIGKILL) }
    reap()
  }

  private mutating func reap() {
    var status: CInt = 0
    while self.status == nil {
      let answer = waitpid(identifier, &status, 0)
      if answer == identifier { self.status = status }
      if answer < 0, errno != EINTR { self.status = CInt(SIGKILL) }
    }
  }

  private mutating func waits(seconds: Double, until done: (inout ProcessTree) -> Bool) -> Bool {
    let deadline = Clock.now + seconds
    var pause: useconds_t = 100
    while !done(&self) {
      if Clock.now > deadline { return false }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    return true
  }
}

/// Seconds that neither jump nor stand still when somebody sets the time.
enum Clock {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
