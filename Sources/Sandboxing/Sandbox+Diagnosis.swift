import Foundation

extension Sandbox {
  /// Tries a real launch now, and where it fails, says why.
  public static func diagnose() -> SandboxDiagnosis {
    let parent = ControlGroupParent.usable
    let group: SandboxDiagnosis.Mechanism = parent?.version == 2 ? .controlGroup2 : .controlGroup1
    let countsByNamespace = ResourceLimits.kernelCountsByNamespace && geteuid() != 0
    var diagnosis = SandboxDiagnosis(
      obstacle: nil, memory: parent?.memory == nil ? .eachProcess : group,
      processes: parent?.processes == nil
        ? (countsByNamespace ? .userNamespace : .unlimited) : group,
      bubblewrap: Bubblewrap.installed?.version.map(String.init).joined(separator: "."))
    if Bubblewrap.installed == nil {
      diagnosis.obstacle = .missingProgram("bwrap")
    } else if access(ResourceLimits.program, X_OK) != 0 {
      diagnosis.obstacle = .missingProgram("prlimit")
    } else if let words = trialFailure() {
      diagnosis.obstacle = MachineFacts.current.obstacle(words: words)
    }
    return diagnosis
  }

  /// Nil if a program ran; else what bubblewrap said.
  private static func trialFailure() -> String? {
    let command = Command(arguments: ["/bin/sh", "-c", "exit 0"])
    do throws(SandboxError) {
      var run = try Sandbox().launch(command, limits: Limits(wallSeconds: 20), takesInput: false)
      let completion = run.complete(limits: Limits(wallSeconds: 20))
      if completion.succeeded { return nil }
      return run.buildFailure(completion.ending) ?? "the trial ended with \(completion.ending)"
    } catch {
      return error.description
    }
  }
}

/// What about this machine tells the reasons for a failed launch apart.
struct MachineFacts {
  /// The values of kernel settings, without the newline; absent where the kernel has no such one.
  var settings: [String: String]
  var isContainer: Bool
  var isRoot: Bool

  static var current: MachineFacts {
    var settings: [String: String] = [:]
    for name in [
      "kernel/apparmor_restrict_unprivileged_userns", "kernel/unprivileged_userns_clone",
      "user/max_user_namespaces",
    ] {
      let value = ProcessFiles.text("/proc/sys/\(name)").filter { !$0.isWhitespace }
      if !value.isEmpty { settings[name] = value }
    }
    let marks = ["/.dockerenv", "/run/.containerenv"]
    let groups = ProcessFiles.text("/proc/1/cgroup")
    let names = ["docker", "kubepods", "containerd", "lxc", "libpod"]
    return MachineFacts(
      settings: settings,
      isContainer: marks.contains { access($0, F_OK) == 0 }
        || names.contains { groups.contains($0) },
      isRoot: geteuid() == 0)
  }

  /// The settings first: they are certain. Words alone only tell that something was forbidden.
  func obstacle(words: String) -> SandboxDiagnosis.Obstacle {
    if settings["user/max_user_namespaces"] == "0" { return .noUserNamespaces }
    if !isRoot {
      if settings["kernel/unprivileged_userns_clone"] == "0" { return .userNamespacesForbidden }
      let isRefusal = ["uid map", "loopback", "Permission denied", "not permitted"]
        .contains { words.contains($0) }
      if settings["kernel/apparmor_restrict_unprivileged_userns"] == "1", isRefusal {
        return .appArmor
      }
    }
    return isContainer ? .container(words) : .other(words)
  }
}
