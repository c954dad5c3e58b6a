import Failures

extension Evidence {
  /// The share of the captured values in the repository's frames that are exact.
  var sufficiency: Double {
    let values = repositoryFrames.flatMap { frames[$0].frame.variables }.map(\.value)
    guard !values.isEmpty else { return 0 }
    return Double(values.filter(\.isExact).count) / Double(values.count)
  }
}
