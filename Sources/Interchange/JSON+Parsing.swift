extension JSON {
  /// The deepest nesting that can be asked for: beyond it the stack would be at risk.
  public static let deepestLimit = 1000

  /// Reads one value from UTF-8; around it only white space may stand.
  ///
  /// The grammar is RFC 8259 plus the three literals `NaN`, `Infinity` and `-Infinity`. A limit above
  /// ``deepestLimit`` counts as that.
  public init(parsing bytes: [UInt8], depthLimit: Int = 512) throws(JSONError) {
    let limit = min(depthLimit, Self.deepestLimit)
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSON, JSONError> in
      guard let start = buffer.baseAddress else {
        return .failure(JSONError(.unexpectedEnd, offset: 0))
      }
      var scanner = JSONScanner(start: start, count: buffer.count, depthLimit: limit)
      do throws(JSONError) {
        return .success(try scanner.document())
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  /// Reads one value from a text.
  public init(parsing text: String, depthLimit: Int = 512) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), depthLimit: depthLimit)
  }
}
