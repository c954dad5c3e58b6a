/// One decompressor of the system's libraries, fed piece by piece.
///
/// It has one owner, an ``Inflater``, and is never called by two at once.
protocol InflationStream: AnyObject {
  /// Whether what was taken so far is whole: nothing is missing, and nothing is begun.
  var isComplete: Bool { get }

  /// Inflates from the `rest` of `source` as much as `room` holds, takes what it used off the front of `rest`, and returns
  /// how many bytes it wrote.
  func inflate(
    _ source: [UInt8], _ rest: inout Range<Int>, into room: UnsafeMutableRawBufferPointer
  ) throws(IntakeError) -> Int
}
