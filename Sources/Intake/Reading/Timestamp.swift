import Foundation
import Interchange

/// Times as senders write them: seconds since 1970, or ISO 8601 with or without a zone.
enum Timestamp {
  /// `nil` for what is no time: a failure is no less of one for a sender's odd clock.
  static func date(_ json: JSON) -> Date? {
    if let seconds = json.double, abs(seconds) < 1e11 {
      return Date(timeIntervalSince1970: seconds)
    }
    return json.text.flatMap(date)
  }

  /// `2026-11-22T11:02:28.296340Z`; without a zone it is UTC.
  static func date(_ text: String) -> Date? {
    var scan = Array(text.utf8.prefix(40))[...]
    guard let year = digits(&scan, 4), take(&scan, "-"), let month = digits(&scan, 2),
      take(&scan, "-"), let day = digits(&scan, 2), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    var seconds = Double(daysSince1970(year: year, month: month, day: day)) * 86_400
    if scan.isEmpty { return Date(timeIntervalSince1970: seconds) }
    guard take(&scan, "T") || take(&scan, " "), let hour = digits(&scan, 2), take(&scan, ":"),
      let minute = digits(&scan, 2), hour < 24, minute < 60
    else { return nil }
    seconds += Double(hour * 3600 + minute * 60)
    if take(&scan, ":") {
      guard let second = digits(&scan, 2), second < 61 else { return nil }
      seconds += Double(second) + fraction(&scan)
    }
    guard let offset = zone(&scan), scan.isEmpty else { return nil }
    return Date(timeIntervalSince1970: seconds - Double(offset))
  }

  /// Seconds east of Greenwich.
  private static func zone(_ scan: inout ArraySlice<UInt8>) -> Int? {
    if scan.isEmpty || take(&scan, "Z") { return 0 }
    let sign: Int
    if take(&scan, "+") { sign = 1 } else if take(&scan, "-") { sign = -1 } else { return nil }
    guard let hours = digits(&scan, 2) else { return nil }
    _ = take(&scan, ":")
    return sign * (hours * 3600 + (digits(&scan, 2) ?? 0) * 60)
  }

  private static func fraction(_ scan: inout ArraySlice<UInt8>) -> Double {
    guard take(&scan, ".") || take(&scan, ",") else { return 0 }
    var numerator = 0.0
    var denominator = 1.0
    while let digit = digits(&scan, 1) {
      numerator = numerator * 10 + Double(digit)
      denominator *= 10
    }
    return numerator / denominator
  }

  private static func digits(_ scan: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
    let text = scan.prefix(count)
    guard text.count == count, text.allSatisfy({ (48...57).contains($0) }) else { return nil }
    scan = scan.dropFirst(count)
    return text.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func take(_ scan: inout ArraySlice<UInt8>, _ byte: Unicode.Scalar) -> Bool {
    guard scan.first == UInt8(ascii: byte) else { return false }
    scan = scan.dropFirst()
    return true
  }

  /// The civil calendar in days, counted in eras of 400 years from March (H. Hinnant, "chrono-compatible
  /// low-level date algorithms").
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
