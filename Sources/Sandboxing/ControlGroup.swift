import Glibc

/// A control group of the kernel for one run: it counts the memory and the processes of the whole
/// tree, which nothing else can.
struct ControlGroup: Sendable {
  let memory: String?
  let processes: String?
  let version: Int

  var limitsMemory: Bool { memory != nil }
  var limitsProcesses: Bool { processes != nil }
  private var folders: [String] { Array(Set([memory, processes].compactMap { $0 })) }

  /// Nil where this process may make none.
  static func make(limits: Limits) -> ControlGroup? {
    guard let parent = ControlGroupParent.usable else { return nil }
    return parent.child(limits: limits)
  }

  /// The start of an argument list: a shell that enters the groups, then becomes what follows. The
  /// script is fixed; files and command are its positional parameters. A single thread that moves
  /// itself (version 1) does not stop all forks of the machine; a process that is moved does.
  var joining: [String] {
    let script =
      "while [ \"$1\" != -- ]; do echo 0 > \"$1\" || exit 125; shift; done; shift; exec \"$@\""
    let entrance = version == 1 ? "tasks" : "cgroup.procs"
    return ["/bin/sh", "-c", script, "sh"] + folders.map { "\($0)/\(entrance)" } + ["--"]
  }

  /// Whether the kernel killed a process of the group for want of memory.
  var ranOutOfMemory: Bool {
    guard let memory else { return false }
    let file = version == 1 ? "memory.oom_control" : "memory.events"
    return ProcessFiles.text("\(memory)/\(file)").split(separator: "\n").contains { line in
      let words = line.split(separator: " ")
      return words.count == 2 && words[0] == "oom_kill" && words[1] != "0"
    }
  }

  var members: [pid_t] { folders.flatMap { ProcessFiles.numbers("\($0)/cgroup.procs") } }

  /// A group with a process in it cannot be removed: the last one may still be on its way out.
  func remove() {
    for folder in folders {
      for _ in 0..<200 {
        if rmdir(folder) == 0 || errno == ENOENT { break }
        for process in ProcessFiles.numbers("\(folder)/cgroup.procs") { kill(process, SIGKILL) }
        usleep(1000)
      }
    }
  }

  func apply(_ limits: Limits) -> Bool {
    // Bubblewrap's own two processes are counted too.
    let processCount = String(limits.processes + 2)
    if let processes, !ProcessFiles.write(processCount, to: "\(processes)/pids.max") {
      return false
    }
    guard let memory else { return true }
    let bytes = String(limits.memoryBytes)
    if version == 1 {
      guard ProcessFiles.write(bytes, to: "\(memory)/memory.limit_in_bytes") else { return false }
      _ = ProcessFiles.write(bytes, to: "\(memory)/memory.memsw.limit_in_bytes")
    } else {
      guard ProcessFiles.write(bytes, to: "\(memory)/memory.max") else { return false }
      _ = ProcessFiles.write("0", to: "\(memory)/memory.swap.max")
      _ = ProcessFiles.write("1", to: "\(memory)/memory.oom.group")
    }
    return true
  }
}
