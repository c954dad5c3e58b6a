import Languages

/// The repository on one side of a patch, opened and ready to be measured.
public struct Side: Sendable {
  public var session: TargetSession
  public var instruments: Instruments

  public init(session: TargetSession, instruments: Instruments) {
    self.session = session
    self.instruments = instruments
  }
}
