/// Runs trusted programs of this machine, such as git's plumbing: never code of a target.
///
/// Of the limits only wall time and output hold. The environment is given, not inherited.
public enum HostProcess {
  public static func run(
    executable: String, arguments: [String], environment: [String: String], directory: String,
    input: [UInt8] = [], limits: Limits = Limits()
  ) throws(SandboxError) -> Completion {
    try Command(
      arguments: [executable] + arguments, environment: environment, directory: directory
    ).check()
    var run = try Run.start(
      arguments: [executable] + arguments, environment: environment, directory: directory,
      extras: [], report: nil, group: nil, takesInput: !input.isEmpty, kind: .trusted)
    run.exchange.send(input)
    run.exchange.closeInputWhenSent()
    return run.complete(limits: limits)
  }
}
