import Foundation

extension Sandbox {
  /// Starts the command under bubblewrap. The descriptors 3 and up are bubblewrap's: its options,
  /// its report, then the files that are made up; the command inherits 0, 1 and 2 only.
  func launchConfined(
    _ command: Command, limits: Limits, group: ControlGroup?, takesInput: Bool
  ) throws(SandboxError) -> Run {
    for mount in readOnly + writable where access(mount.source, F_OK) != 0 {
      throw .missingMount(mount.source)
    }
    guard let bubblewrap = Bubblewrap.installed else {
      throw .unavailable(.missingProgram("bwrap"))
    }
    let report = try Descriptor.pipe()
    var extras: [Descriptor] = []
    var files: [(path: String, descriptor: Int)] = []
    for file in SystemFiles.madeUp {
      files.append((file.path, 5 + extras.count))
      extras.append(try .memory(Array(file.content.utf8)))
    }
    let options = bubblewrap.options(
      for: self, command: command, report: 4, files: files)
    let optionsFile = try Descriptor.memory(options.flatMap { Array($0.utf8) + [0] })
    let arguments =
      [bubblewrap.path, "--args", "3", "--"]
      + ResourceLimits.prefix(limits, group: group, confined: true) + command.arguments
    return try Run.start(
      arguments: (group?.joining ?? []) + arguments, environment: [:], directory: "/",
      extras: [optionsFile, report.writing] + extras, report: report.reading, group: group,
      takesInput: takesInput, kind: .confined)
  }

  /// Starts the command without confinement, marked so that its descendants can be found.
  func launchOpenly(
    _ command: Command, limits: Limits, group: ControlGroup?, takesInput: Bool
  ) throws(SandboxError) -> Run {
    let mark = UUID().uuidString
    var environment = command.environment
    environment[ProcessTree.markName] = mark
    let arguments =
      ResourceLimits.prefix(limits, group: group, confined: false) + command.arguments
    return try Run.start(
      arguments: (group?.joining ?? []) + arguments, environment: environment,
      directory: command.directory, extras: [], report: nil, group: group,
      takesInput: takesInput, kind: .marked(mark))
  }
}
