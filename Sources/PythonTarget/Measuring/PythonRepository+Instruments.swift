import Languages

extension PythonRepository {
  /// What measures this repository, through the same kit as its session.
  public func instruments() -> Instruments {
    Instruments(
      notation: .python, syntax: syntax, observe: observe, runSuite: runSuite, mutate: mutate,
      rerun: rerun)
  }
}
