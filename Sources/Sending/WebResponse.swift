/// What the other machine answered, whatever its status.
public struct WebResponse: Sendable, Hashable {
  public var status: Int
  public var headers: [WebHeader]
  /// As it was sent: nothing is unpacked, since a small body can unpack to a huge one.
  public var body: [UInt8]

  public init(status: Int, headers: [WebHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first value under a name, in any case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
