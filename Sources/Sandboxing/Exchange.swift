import Glibc

/// The bytes that go in and out of a running program; nothing here waits without a time.
struct Exchange {
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  /// What the launcher tells about the program it launched.
  private(set) var report: [UInt8] = []
  /// Where the part of ``output`` begins that has not been taken.
  private(set) var taken = 0
  private(set) var acceptsInput: Bool

  private var inputPipe: Descriptor?
  private var outputPipe: Descriptor?
  private var errorPipe: Descriptor?
  private var reportPipe: Descriptor?
  private var unsent: [UInt8] = []
  private var sent = 0
  private var closesInput = false
  private var scratch = [UInt8](repeating: 0, count: 65536)

  init(input: Descriptor?, output: Descriptor, errors: Descriptor, report: Descriptor?) {
    inputPipe = input
    outputPipe = output
    errorPipe = errors
    reportPipe = report
    acceptsInput = input != nil
    for descriptor in [input, output, errors, report] { descriptor?.doNotBlock() }
  }

  var outputIsOpen: Bool { outputPipe != nil }
  var streamsAreOpen: Bool { outputPipe != nil || errorPipe != nil }
  var reportIsOpen: Bool { reportPipe != nil }
  var isAllSent: Bool { sent == unsent.count }

  mutating func send(_ bytes: [UInt8]) {
    if isAllSent {
      unsent = bytes
      sent = 0
    } else {
      unsent += bytes
    }
  }

  mutating func closeInputWhenSent() {
    closesInput = true
    if isAllSent { closeInput() }
  }

  mutating func closeInput() {
    inputPipe = nil
    acceptsInput = false
    unsent = []
    sent = 0
  }

  /// Waits until something can move, at most so long, and moves it. False if nothing moved.
  @discardableResult
  mutating func step(milliseconds: Int) -> Bool {
    let wantsInput = isAllSent ? nil : inputPipe
    var requests = [
      Exchange.request(wantsInput, POLLOUT), Exchange.request(outputPipe, POLLIN),
      Exchange.request(errorPipe, POLLIN), Exchange.request(reportPipe, POLLIN),
    ]
    guard poll(&requests, nfds_t(requests.count), CInt(milliseconds)) > 0 else { return false }
    if requests[0].revents != 0 { feed() }
    if requests[1].revents != 0 {
      Exchange.drain(&outputPipe, into: &output, scratch: &scratch)
    }
    if requests[2].revents != 0 {
      Exchange.drain(&errorPipe, into: &errors, scratch: &scratch)
    }
    if requests[3].revents != 0 {
      Exchange.drain(&reportPipe, into: &report, scratch: &scratch)
    }
    return true
  }

  /// Takes what is there now, after the last writer is gone.
  mutating func drain(upTo bytes: Int) {
    while streamsAreOpen || reportIsOpen, output.count <= bytes, errors.count <= bytes {
      guard step(milliseconds: 0) else { return }
    }
  }

  /// Where the first newline of the output lies at or after this place.
  func newline(from start: Int) -> Int? {
    output.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, CInt(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Everything of the output up to this place, without the newline there.
  mutating func takeOutput(upTo end: Int, skipping: Int) -> [UInt8] {
    let line = Array(output[taken..<end])
    taken = end + skipping
    if taken > output.count / 2 {
      output.removeFirst(taken)
      taken = 0
    }
    return line
  }

  /// Forgets the oldest part of the errors.
  mutating func keepErrors(last bytes: Int) {
    if errors.count > bytes * 2 { errors.removeFirst(errors.count - bytes) }
  }

  private mutating func feed() {
    guard let inputPipe else { return }
    switch inputPipe.write(unsent[sent...]) {
    case .bytes(let count): sent += count
    case .notReady: return
    case .closed: closeInput()
    }
    if isAllSent {
      unsent = []
      sent = 0
      if closesInput { closeInput() }
    }
  }

  private static func request(_ descriptor: Descriptor?, _ events: CInt) -> pollfd {
    pollfd(fd: descriptor?.number ?? -1, events: Int16(events), revents: 0)
  }

  private static func drain(
    _ pipe: inout Descriptor?, into bytes: inout [UInt8], scratch: inout [UInt8]
  ) {
    if case .closed? = pipe?.read(into: &bytes, scratch: &scratch) { pipe = nil }
  }
}
