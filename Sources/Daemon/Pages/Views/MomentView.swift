import Foundation

/// A point in time, for people and for programs.
struct MomentView {
  let machine: String
  let text: String
  let ago: String

  init(_ date: Date, now: Date) {
    machine = date.formatted(.iso8601)
    text = Self.words(date)
    ago = Self.ago(now.timeIntervalSince(date))
  }

  private static func words(_ date: Date) -> String {
    let iso = date.formatted(.iso8601)
    return iso.prefix(10) + " " + iso.dropFirst(11).prefix(8)
  }

  private static func ago(_ seconds: Double) -> String {
    switch seconds {
    case ..<0: "to come"
    case ..<10: "just now"
    default: duration(seconds) + " ago"
    }
  }

  /// A length of time in its largest unit that fits: `8.1 s`, `12 min`, `3 days`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<10: String(format: "%.1f s", max(0, seconds))
    case ..<120: "\(Int(seconds.rounded())) s"
    case ..<7200: "\(Int((seconds / 60).rounded())) min"
    case ..<172_800: "\(Int((seconds / 3600).rounded())) h"
    default: "\(Int((seconds / 86400).rounded())) days"
    }
  }
}
