import Failures
import Languages

/// A caller, and the frame of the repository that it called; no callee where the call itself failed.
struct Boundary: Hashable {
  var caller: Int
  var callee: Int?

  /// Calls from outside the repository first, then those inside it, outermost first; each line of source once.
  static func all(in evidence: Evidence) -> [Boundary] {
    let frames = evidence.frames
    var outside: [Boundary] = []
    var inside: [Boundary] = []
    var seen = Set<SourcePosition>()
    for callee in evidence.repositoryFrames {
      guard let caller = caller(of: callee, in: evidence) else { continue }
      guard let path = frames[caller].frame.repositoryPath else {
        if outside.last?.caller != caller {
          outside.append(Boundary(caller: caller, callee: callee))
        }
        continue
      }
      let position = SourcePosition(
        path: path, function: frames[callee].frame.function, line: frames[caller].frame.line)
      if seen.insert(position).inserted { inside.append(Boundary(caller: caller, callee: callee)) }
    }
    if evidence.repositoryFrames.isEmpty, let last = frames.indices.last {
      outside.append(Boundary(caller: last, callee: nil))
    }
    return outside + inside
  }

  /// The frame that called, without the library code in between; comprehensions belong to the frame around them.
  private static func caller(of callee: Int, in evidence: Evidence) -> Int? {
    var index = callee - 1
    while index >= 0 {
      let frame = evidence.frames[index].frame
      switch frame.origin {
      case .standardLibrary, .package: index -= 1
      case .repository, .elsewhere:
        if frame.function.hasPrefix("<"), frame.function != "<module>" {
          index -= 1
        } else {
          return index
        }
      }
    }
    return nil
  }
}
