import Languages

extension PythonRepository {
  /// What measures this repository, through the same kit as its session.
  public func instruments() -> Instruments {
    var notation = Notation.python
    notation.conventions = PythonConventions.conventions
    return Instruments(
      notation: notation, syntax: syntax, observe: observe, runSuite: runSuite, mutate: mutate,
      rerun: rerun)
  }
}
