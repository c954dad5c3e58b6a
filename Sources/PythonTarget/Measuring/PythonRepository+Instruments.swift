import Languages

extension PythonRepository {
  /// What measures this repository, through the same kit as its session.
  public func instruments() -> Instruments {
    var notation = Notation.python
    notation.conventions = PythonConventions.conventions
    notation.backwards = { "reversed(\($0))" }
    notation.zone = { "\(OperandText.at(.primary, $0)).tzinfo" }
    notation.present = { type, zone in "\(type).now(\(zone))" }
    notation.lacks = {
      "\(OperandText.above(.comparison, $1)) not in \(OperandText.above(.comparison, $0))"
    }
    return Instruments(
      notation: notation, syntax: syntax, observe: observe, runSuite: runSuite, mutate: mutate,
      rerun: rerun)
  }
}
