import Failures
import Languages

/// An event beside what the repository says of its frames: all that the strategies look at.
public struct Evidence: Sendable {
  public var event: FailureEvent
  public var exception: ExceptionRecord
  public var signature: FailureSignature
  /// One for each frame of the exception, outermost first.
  public var frames: [EvidenceFrame]

  /// Reads the functions of all frames; throws only when the machine failed.
  public init?(of event: FailureEvent, in session: TargetSession) throws {
    guard let exception = event.exceptions.last else { return nil }
    self.event = event
    self.exception = exception
    let positions = exception.frames.map { frame in
      SourcePosition(path: frame.repositoryPath ?? "", function: frame.function, line: frame.line)
    }
    let inside = exception.frames.indices.filter { exception.frames[$0].repositoryPath != nil }
    let located = try session.locate(inside.map { positions[$0] })
    var functions = [Int: FunctionDescription]()
    for (index, function) in zip(inside, located) { functions[index] = function }
    frames = exception.frames.enumerated().map { index, frame in
      EvidenceFrame(frame: frame, function: functions[index])
    }
    signature = FailureSignature(
      exception: exception.type, message: exception.message,
      innermost: exception.frames.last { $0.repositoryPath != nil }.flatMap(Self.place))
  }

  /// The positions of the repository's frames, outermost first.
  public var repositoryFrames: [Int] {
    frames.indices.filter { frames[$0].frame.repositoryPath != nil }
  }

  /// `path:function` of a frame of the repository.
  public static func place(_ frame: Frame) -> String? {
    frame.repositoryPath.map { "\($0):\(frame.function.lastComponent)" }
  }
}

/// A frame, and the function of the repository that it is in.
public struct EvidenceFrame: Sendable {
  public var frame: Frame
  public var function: FunctionDescription?
}

extension String {
  /// What stands after the last dot.
  var lastComponent: String {
    guard let dot = lastIndex(of: "."), !hasSuffix(">") else { return self }
    return String(self[index(after: dot)...])
  }
}
