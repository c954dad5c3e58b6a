/// Whether bubblewrap can run on this machine, and what keeps the limits.
public struct SandboxDiagnosis: Sendable, Equatable {
  /// What stands in the way.
  public enum Obstacle: Sendable, Hashable {
    case missingProgram(String)
    /// Ubuntu 23.10 and later: user namespaces only for programs with a profile.
    case appArmor
    /// `kernel.unprivileged_userns_clone=0`: Debian's own switch.
    case userNamespacesForbidden
    /// `user.max_user_namespaces=0`.
    case noUserNamespaces
    /// A container whose profile forbids what bubblewrap does: bubblewrap's own words.
    case container(String)
    /// Bubblewrap's own words.
    case other(String)
  }

  /// What keeps a limit.
  public enum Mechanism: String, Sendable {
    /// The whole tree, by a control group of version 1.
    case controlGroup1 = "control group, version 1"
    /// The whole tree, by a control group of version 2.
    case controlGroup2 = "control group, version 2"
    /// Each process by itself: a tree can use as much for each of its processes.
    case eachProcess = "address space of each process"
    /// The sandbox's own count of its processes.
    case userNamespace = "user namespace"
    /// Only the wall time bounds it.
    case unlimited = "not limited"
  }

  /// Nil where a real launch succeeded.
  public var obstacle: Obstacle?
  public var memory: Mechanism
  public var processes: Mechanism
  /// Bubblewrap's version, such as `0.8.0`.
  public var bubblewrap: String?

  public var canRun: Bool { obstacle == nil }
}

extension SandboxDiagnosis.Obstacle: CustomStringConvertible {
  /// What happened, why, and the remedy.
  public var description: String {
    """
    The sandbox is not available: \(reason).
    hint: \(remedies.joined(separator: "\nhint: "))
    """
  }

  public var reason: String {
    switch self {
    case .missingProgram(let name): "`\(name)` is not installed"
    case .appArmor: "AppArmor forbids user namespaces to bubblewrap"
    case .userNamespacesForbidden:
      "the kernel forbids user namespaces to plain users (`kernel.unprivileged_userns_clone=0`)"
    case .noUserNamespaces: "the kernel allows no user namespaces (`user.max_user_namespaces=0`)"
    case .container(let words):
      "the container's profile forbids what bubblewrap needs (`\(words)`)"
    case .other(let words): "bubblewrap says `\(words)`"
    }
  }

  /// Command lines that remove the obstacle, the narrowest first.
  public var remedies: [String] {
    switch self {
    case .missingProgram("prlimit"): ["sudo apt-get install util-linux"]
    case .missingProgram: ["sudo apt-get install bubblewrap"]
    case .appArmor:
      [
        "printf 'abi <abi/4.0>,\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) "
          + "{\\n  userns,\\n}\\n' | sudo tee /etc/apparmor.d/bwrap"
          + " && sudo apparmor_parser -r /etc/apparmor.d/bwrap",
        "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
      ]
    case .userNamespacesForbidden: ["sudo sysctl -w kernel.unprivileged_userns_clone=1"]
    case .noUserNamespaces: ["sudo sysctl -w user.max_user_namespaces=15000"]
    case .container:
      [
        "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
          + "--security-opt systempaths=unconfined …"
      ]
    case .other: ["bwrap --unshare-all --ro-bind / / true"]
    }
  }
}
