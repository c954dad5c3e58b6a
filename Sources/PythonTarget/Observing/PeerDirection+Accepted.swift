import Failures
import Foundation

extension PeerDirection {
  /// The connection on which a line of source speaks. Its name and where it was made tell who is on the other side: frames
  /// of a server above it only tell that some client connected, and a handler may ask other services for it.
  struct AcceptedPeer {
    /// `self.request`, `client`.
    let receiver: String

    init?(_ line: String) {
      let pattern =
        #"([A-Za-z_][\w.]*)\.(?:sendall|send|sendmsg|sendfile|recv|recv_into|readline|write|writelines|drain|flush)\("#
      guard let range = line.range(of: pattern, options: .regularExpression) else { return nil }
      let call = line[range].dropLast()
      receiver = String(call[..<(call.lastIndex(of: ".") ?? call.endIndex)])
    }

    /// Whether the name is one of those under which servers hand over what they accepted. Those that a client's own
    /// connection may bear as well count only where a server of the standard library called.
    func isAccepted(isServed: Bool) -> Bool {
      let given = ["self.request", "self.connection", "self.wfile", "self.rfile", "request"]
      let name = receiver.split(separator: ".").last.map(String.init) ?? receiver
      return isServed && given.contains(receiver)
        || ["client_socket", "client_sock", "client_connection", "wfile"].contains(name)
    }

    /// Whether a frame's lines show that the connection came from `accept`.
    func wasAccepted(_ frame: Frame) -> Bool {
      lines(frame).contains { line in
        line.contains(".accept()") && bound(line) || line.contains(".sock_accept(") && bound(line)
      }
    }

    /// Whether a frame's lines show that the code itself connected.
    func wasAsked(_ frame: Frame) -> Bool {
      lines(frame).contains { line in
        ["create_connection(", "open_connection(", "socket.socket("].contains(where: line.contains)
          && bound(line) || line.contains(receiver + ".connect(")
      }
    }

    private func lines(_ frame: Frame) -> [String] {
      guard frame.repositoryPath != nil else { return [] }
      return frame.linesBefore + [frame.sourceLine].compactMap(\.self)
    }

    /// Whether a line binds the receiver.
    private func bound(_ line: String) -> Bool {
      let parts = line.components(separatedBy: "=")
      let (target, value) = (parts[0], parts.dropFirst().joined(separator: "="))
      let names = target + (value.components(separatedBy: " as ").dropFirst().last ?? "")
      return names.range(
        of: #"(?<![\w.])"# + NSRegularExpression.escapedPattern(for: receiver) + #"(?!\w)"#,
        options: .regularExpression) != nil
    }
  }
}
