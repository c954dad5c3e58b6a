import Foundation

/// A real interpreter, for what only it can say.
struct PythonProcess {
  /// Runs a script over the lines of a file and gives the lines that it prints.
  static func run(_ script: String, lines: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nevermore-printing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("input")
    let output = folder.appendingPathComponent("output")
    let code = folder.appendingPathComponent("script.py")
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    try Data(script.utf8).write(to: code)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", code.path, input.path, output.path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure.status(process.terminationStatus) }
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    return text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  enum Failure: Error { case status(Int32) }

  /// `lines` and `write` for a script.
  static let prelude = """
    import sys
    with open(sys.argv[1], encoding="utf-8", newline="\\n") as source:
        lines = source.read().split("\\n")
    def write(results):
        with open(sys.argv[2], "w", encoding="utf-8", newline="\\n") as target:
            target.write("\\n".join(results))

    """

  /// Defines `canonical(value)` like ``CanonicalForm``, and the names that literals use.
  static let canonical = """
    import collections, datetime, fractions, pathlib, struct, uuid, decimal, zoneinfo
    from collections import Counter, OrderedDict, defaultdict, deque
    from decimal import Decimal
    from fractions import Fraction
    from pathlib import Path
    from uuid import UUID
    from zoneinfo import ZoneInfo

    def zone(z):
        if z is None:
            return "-"
        if z is datetime.timezone.utc:
            return "utc"
        if isinstance(z, ZoneInfo):
            return "key " + z.key
        offset = z.utcoffset(None)
        parts = z.__getinitargs__()
        return "offset %d %s" % (offset.total_seconds(), parts[1] if len(parts) > 1 else "-")

    def moment(kind, fields, fold, z):
        return "d%s(%s)%d%s" % (kind, ",".join(map(str, fields)), fold, zone(z))

    def canonical(v):
        t = type(v)
        if v is None: return "N"
        if t is bool: return "T" if v else "F"
        if t is int: return "i" + str(v)
        if t is float: return "fnan" if v != v else "f" + struct.pack(">d", v).hex()
        if t is str: return "s" + v.encode("utf-16-be", "surrogatepass").hex()
        if t is bytes: return "b" + v.hex()
        if t is bytearray: return "B" + v.hex()
        if t is list: return "[" + ",".join(map(canonical, v)) + "]"
        if t is tuple: return "(" + ",".join(map(canonical, v)) + ")"
        if t is set: return "S{" + ",".join(sorted(map(canonical, v))) + "}"
        if t is frozenset: return "Z{" + ",".join(sorted(map(canonical, v))) + "}"
        if t is dict or t is OrderedDict:
            inner = ",".join(canonical(k) + ":" + canonical(x) for k, x in v.items())
            return "m{" + inner + "}" if t is dict else "ocollections.OrderedDict(m{" + inner + "})"
        if t is complex: return "ocomplex(" + canonical(v.real) + "," + canonical(v.imag) + ")"
        if t is range: return "orange(" + ",".join("i%d" % x for x in (v.start, v.stop, v.step)) + ")"
        if t is deque: return "ocollections.deque(" + canonical(list(v)) + ")"
        if t is ValueError: return "oValueError(" + ",".join(map(canonical, v.args)) + ")"
        if t is datetime.datetime:
            fields = (v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond)
            return moment("dateTime", fields, v.fold, v.tzinfo)
        if t is datetime.date: return moment("date", (v.year, v.month, v.day), 0, None)
        if t is datetime.time:
            fields = (v.hour, v.minute, v.second, v.microsecond)
            return moment("time", fields, v.fold, v.tzinfo)
        if t is datetime.timedelta:
            return moment("duration", (v.days, v.seconds, v.microseconds), 0, None)
        if t is datetime.timezone or t is ZoneInfo: return moment("zone", (), 0, v)
        if t is Decimal: return "D" + str(v)
        if t is UUID: return "U" + str(v)
        if isinstance(v, Path): return "P" + str(v).encode("utf-16-be").hex()
        raise TypeError(t)

    """
}
