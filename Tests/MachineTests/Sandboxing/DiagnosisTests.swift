import Testing

@testable import Sandboxing

@Suite struct DiagnosisTests {
  private func obstacle(
    _ settings: [String: String], words: String, isContainer: Bool = false, isRoot: Bool = false
  ) -> SandboxDiagnosis.Obstacle {
    MachineFacts(settings: settings, isContainer: isContainer, isRoot: isRoot)
      .obstacle(words: words)
  }

  @Test func `each reason is told apart`() {
    let refused = "bwrap: setting up uid map: Permission denied"
    let appArmor = ["kernel/apparmor_restrict_unprivileged_userns": "1"]
    #expect(obstacle(appArmor, words: refused) == .appArmor)
    #expect(obstacle(appArmor, words: refused, isRoot: true) == .other(refused))
    #expect(
      obstacle(["kernel/unprivileged_userns_clone": "0"], words: refused)
        == .userNamespacesForbidden)
    #expect(obstacle(["user/max_user_namespaces": "0"], words: "") == .noUserNamespaces)
    let forbidden = "bwrap: No permissions to create a new namespace"
    #expect(obstacle([:], words: forbidden, isContainer: true) == .container(forbidden))
    #expect(obstacle([:], words: forbidden) == .other(forbidden))
  }

  @Test func `every obstacle comes with a remedy`() {
    let obstacles: [SandboxDiagnosis.Obstacle] = [
      .missingProgram("bwrap"), .missingProgram("prlimit"), .appArmor, .userNamespacesForbidden,
      .noUserNamespaces, .container("x"), .other("x"),
    ]
    for obstacle in obstacles {
      #expect(!obstacle.remedies.isEmpty)
      let lines = SandboxError.unavailable(obstacle).description.split(separator: "\n")
      #expect(lines.first?.hasPrefix("The sandbox is not available: ") == true)
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("hint: ") }, "\(lines)")
    }
  }

  @Test func `control groups are looked for below the own one`() {
    let mounts = """
      tmpfs /sys/fs/cgroup tmpfs rw 0 0
      cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
      cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0
      cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
      """
    let first = ControlGroupParent.first(mounts: mounts, membership: "4:memory:/\n8:pids:/\n0::/")
    #expect(
      first.first
        == ControlGroupParent(
          memory: "/sys/fs/cgroup/memory", processes: "/sys/fs/cgroup/pids", version: 1))
    #expect(ControlGroupParent.first(mounts: "", membership: "0::/") == [])
    let second = ControlGroupParent.second(mounts: mounts, membership: "0::/")
    #expect(second.map(\.memory) == ["/sys/fs/cgroup/unified"])
  }
}
