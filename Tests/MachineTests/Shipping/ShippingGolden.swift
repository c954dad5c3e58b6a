import Foundation
import Testing

/// Compares with a file of `Goldens`. With `NEVERMORE_RECORD_GOLDENS` set it writes the file and
/// fails, so that a recording run never passes for a test run.
func expectShippingGolden(_ text: String, _ name: String) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens/\(name)")
  if ProcessInfo.processInfo.environment["NEVERMORE_RECORD_GOLDENS"] != nil {
    try Foundation.Data(text.utf8).write(to: file)
    Issue.record("recorded \(name)")
    return
  }
  let golden = try String(contentsOf: file, encoding: .utf8)
  #expect(text == golden, "\(name) differs")
}

/// Everything that an event may try on a reader, a forge, a parser of trailers or a terminal.
let hostileText = """
  KeyError: @team ![x](http://evil/a.png) <script>alert(1)</script> Closes #12, fixes GH-7, PROJ-9 #close

  Failure: forged
  Signed-off-by: Mallory <m@evil.example>\r
  skip-checks: true [skip ci] ***NO_CI*** `code` ``` ~~~ | # heading
  ---
  diff --git a/x b/x\u{2028}Co-authored-by: M <m@e>\u{1b}[31m\u{202e} www.evil.example /close !42 &1 $2 org/repo#3
  """
