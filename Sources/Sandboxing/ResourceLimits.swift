/// Limits that the kernel keeps for each process by itself.
enum ResourceLimits {
  static let program = "/usr/bin/prlimit"

  /// The program that sets the limits and then becomes the command. It runs inside the sandbox:
  /// there, processes are counted for the sandbox's own user namespace alone (Linux 5.14).
  static func prefix(_ limits: Limits, group: ControlGroup?, confined: Bool) -> [String] {
    let own = OwnLimits()
    let seconds = own.lower(limits.cpuSeconds, "Max cpu time")
    var arguments = [
      program, "--cpu=\(seconds):\(own.lower(limits.cpuSeconds + 1, "Max cpu time"))",
      "--fsize=\(own.lower(limits.fileBytes, "Max file size"))",
      "--nofile=\(own.lower(limits.openFiles, "Max open files"))", "--core=0",
    ]
    if group?.limitsMemory != true {
      arguments.append("--as=\(own.lower(limits.memoryBytes, "Max address space"))")
    }
    if group?.limitsProcesses != true, confined, kernelCountsByNamespace {
      arguments.append("--nproc=\(own.lower(limits.processes, "Max processes"))")
    }
    return arguments + ["--"]
  }

  /// The limits of this process: a higher one cannot be set, and asking for it is an error.
  private struct OwnLimits {
    let lines = ProcessFiles.text("/proc/self/limits").split(separator: "\n")

    func lower(_ wanted: Int, _ name: String) -> Int {
      let values = lines.first { $0.hasPrefix(name) }?.dropFirst(name.count)
        .split(whereSeparator: \.isWhitespace)
      guard let values, values.count > 1, let hard = Int(values[1]) else { return wanted }
      return min(wanted, hard)
    }
  }

  static let kernelCountsByNamespace: Bool = {
    var version = ProcessFiles.text("/proc/sys/kernel/osrelease").split(separator: ".")
      .prefix(2).compactMap { Int($0.prefix(while: \.isNumber)) }
    version += [0, 0]
    return (version[0], version[1]) >= (5, 14)
  }()
}
