/// Something that a unit of work read and its code cannot rebuild, as the probe kept it. Every string in it is hostile.
public struct RecordedWork: Sendable, Equatable {
  public enum Read: Sendable, Equatable {
    case query(RecordedQuery)
    case exchange(RecordedExchange)
    /// A command to a store of keys and values, and what it answered; `nil` where it failed.
    case command([CapturedValue], answer: CapturedValue?)
    /// A variable of the process's environment; `nil` where it was not set.
    case variable(name: String, value: String?)
    /// What a clock said.
    case clock(function: String, value: CapturedValue)
    /// What a source of randomness gave.
    case draw(function: String, value: CapturedValue)
    /// A setting of a framework.
    case setting(name: String, value: CapturedValue)
  }

  public var read: Read
  /// The function of the application that read it, and its file, where the probe knew.
  public var caller: String?
  public var callerFile: String?

  public init(_ read: Read, caller: String? = nil, callerFile: String? = nil) {
    self.read = read
    self.caller = caller
    self.callerFile = callerFile
  }
}

/// One statement that a database was given, and the rows that the service fetched of its answer.
public struct RecordedQuery: Sendable, Equatable {
  /// The driver's module: `sqlite3`, `psycopg`.
  public var driver: String
  public var statement: String
  public var parameters: CapturedValue
  public var columns: [String]
  public var rows: [CapturedValue]
  /// Whether the rows knew their columns by name.
  public var isNamed = false
  /// Whether more rows were fetched than were kept.
  public var isCut: Bool
  public var hasFailed: Bool

  public init(
    driver: String, statement: String, parameters: CapturedValue = .tuple([]),
    columns: [String] = [], rows: [CapturedValue] = [], isCut: Bool = false, hasFailed: Bool = false
  ) {
    self.driver = driver
    self.statement = statement
    self.parameters = parameters
    self.columns = columns
    self.rows = rows
    self.isCut = isCut
    self.hasFailed = hasFailed
  }
}

/// A request to another service, and its answer.
public struct RecordedExchange: Sendable, Equatable {
  /// The library that sent it: `requests`, `httpx`, `http.client`.
  public var client: String
  public var method: String
  public var url: String
  /// `nil` where there was no answer.
  public var status: Int?
  public var headers: [NamedValue]
  public var body: CapturedValue

  public init(
    client: String, method: String, url: String, status: Int?, headers: [NamedValue] = [],
    body: CapturedValue = .null
  ) {
    self.client = client
    self.method = method
    self.url = url
    self.status = status
    self.headers = headers
    self.body = body
  }
}
