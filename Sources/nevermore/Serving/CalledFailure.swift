import Storage

extension Store {
  /// What a person called by an identifier or its beginning; an error says why it is nothing.
  func called(_ identifier: String, in project: String?) throws(CommandFailure) -> Named {
    let project = try named(project)
    let found = try asking { () throws(StorageError) in
      try self.named(identifier, inProject: project?.id)
    }
    switch found {
    case .failure, .event: return found
    case .nothing:
      throw CommandFailure(
        .usage,
        "nothing is called `\(identifier.withoutControls)`\nhint: `nevermore failures` and `nevermore events` name what there is"
      )
    case .several:
      throw CommandFailure(
        .usage,
        "`\(identifier.withoutControls)` begins several identifiers\nhint: give more of it, or `--project`"
      )
    }
  }

  /// The failure of an event.
  func failure(of event: EventRecord) throws(CommandFailure) -> FailureRecord? {
    guard let name = event.failure else { return nil }
    let found = try asking { () throws(StorageError) in
      try self.named(name, inProject: event.project)
    }
    guard case .failure(let failure) = found else { return nil }
    return failure
  }

  /// A failure, by its own identifier or that of one of its events.
  func failure(
    calledBy identifier: String, in project: String?
  ) throws(CommandFailure) -> FailureRecord {
    switch try called(identifier, in: project) {
    case .failure(let failure): return failure
    case .event(let event):
      if let failure = try failure(of: event) { return failure }
    case .nothing, .several: break
    }
    throw CommandFailure(
      .usage,
      "`\(identifier.withoutControls)` is an event that belongs to no failure\nhint: `nevermore failures` names them"
    )
  }
}
