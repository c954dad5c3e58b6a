import ArgumentParser
import Storage

/// Where a daemon keeps what it knows.
struct DataOption: ParsableArguments {
  @Option(name: .customLong("data"), help: "The daemon's folder.")
  var folder: String

  func store(create: Bool = false) throws(CommandFailure) -> Store {
    do { return try Store(in: folder, create: create) } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandFailure {
  init(_ error: StorageError) {
    switch error {
    case .served: self.init(.refused, error.description)
    case .missing, .nameTaken, .newer, .closed, .notACopy, .exists:
      self.init(.usage, error.description)
    default: self.init(.ourFault, error.description)
    }
  }
}

/// What the store answers, or why it does not, for a person.
func asking<Result>(_ work: () throws(StorageError) -> Result) throws(CommandFailure) -> Result {
  do { return try work() } catch { throw CommandFailure(error) }
}
