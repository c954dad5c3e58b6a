import Languages

extension PythonRepository {
  func runSuite(_ request: SuiteRequest) throws -> SuiteReport {
    throw KitError.refused(operation: "suite", trouble: "not built yet")
  }
  func mutate(_ request: MutationRequest) throws -> MutationReport {
    throw KitError.refused(operation: "mutate", trouble: "not built yet")
  }
  func rerun(_ text: TestText) throws -> [Rerun] {
    throw KitError.refused(operation: "rerun", trouble: "not built yet")
  }
}
