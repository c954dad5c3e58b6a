/// How much a patch may change: what is larger is no fix that a person reviews.
public struct PatchLimits: Sendable, Hashable {
  /// Of the diff, as it comes and as it is normalised.
  public var bytes = 1 << 20
  public var files = 100
  /// Of each file after the change.
  public var bytesPerFile = 8 << 20

  public init() {}
}
