import Failures
import Languages
import Testing

@testable import Reproducing

/// The laws of minimising, over random data and random faults in it.
struct MinimiserTests {
  /// A source of numbers that gives the same ones for the same seed.
  struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  static let words = ["ada", "order", "line", "a longer text\nof two lines", "", "42"]

  static func value(_ depth: Int, _ random: inout Seeded) -> CapturedValue {
    let kind = Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random)
    let count = Int.random(in: 0..<5, using: &random)
    switch kind {
    case 0: return .integer("\(Int.random(in: -500...5000, using: &random))")
    case 1: return .string(words.randomElement(using: &random)!)
    case 2: return .float(Double(Int.random(in: -99...99, using: &random)) / 4)
    case 3: return .null
    case 4: return .bool(Bool.random(using: &random))
    case 5: return .tuple((0..<count).map { _ in value(depth - 1, &random) })
    case 6: return .list((0..<count).map { _ in value(depth - 1, &random) })
    default:
      return .map(
        (0..<count).map { position in
          MapEntry(key: .string("k\(position)"), value: value(depth - 1, &random))
        })
    }
  }

  static func program(_ value: CapturedValue) -> Program {
    Program(
      entry: .call(
        .symbol(Symbol(module: "shop", path: ["pay"])), [Argument(.positional, .value(value))]))
  }

  static func argument(_ program: Program) -> CapturedValue? {
    guard case .call(_, let arguments) = program.entry,
      case .value(let value)? = arguments.first?.value
    else { return nil }
    return value
  }

  /// Faults of different sorts: a leaf, a count, a pair of equal values, a depth.
  static let faults: [@Sendable (CapturedValue) -> Bool] = [
    {
      leaves($0).contains {
        if case .integer(let digits) = $0 { digits.hasPrefix("-") } else { false }
      }
    },
    { leaves($0).filter { if case .null = $0 { true } else { false } }.count >= 2 },
    { value in
      let texts = leaves(value).filter { if case .string = $0 { true } else { false } }
      return Set(texts).count < texts.count
    },
    { depth($0) >= 3 },
  ]

  static func leaves(_ value: CapturedValue) -> [CapturedValue] {
    switch value {
    case .map(let entries): entries.flatMap { leaves($0.value) }
    case .list(let items), .tuple(let items): items.flatMap(leaves)
    default: [value]
    }
  }

  static func depth(_ value: CapturedValue) -> Int {
    1 + (value.children.map(depth).max() ?? 0)
  }

  @Test(arguments: 0..<100)
  func `what comes back fails, is never larger, and stays as it is in a second run`(seed: UInt64)
    throws
  {
    var random = Seeded(state: seed &* 7919 &+ 13)
    let value = CapturedValue.list((0..<6).map { _ in Self.value(4, &random) })
    for fault in Self.faults where fault(value) {
      let fails: (Program) -> Bool = { Self.argument($0).map(fault) ?? false }
      var asked: [Program] = []
      var minimiser = Minimiser(calls: 100_000) {
        asked.append($0)
        return fails($0)
      }
      let small = try minimiser.minimised(Self.program(value))
      #expect(fails(small))
      #expect(!(Canonical(Self.program(value)) < Canonical(small)))
      #expect(Set(asked).count == asked.count)
      #expect(minimiser.spent == asked.count)
      var again = Minimiser(calls: 100_000) { fails($0) }
      #expect(try again.minimised(small) == small)
    }
  }

  @Test func `what the failing run read is tried first, and all else goes in one trial`() throws {
    let orders = CapturedValue.list(
      (0..<300).map { number in
        .map([
          MapEntry(key: .string("id"), value: .string("order \(number)")),
          MapEntry(key: .string("total"), value: .integer(number == 200 ? "-7" : "\(number)")),
        ])
      })
    var minimiser = Minimiser(
      calls: 1000,
      reads: { outline in (0...200).map { [0, $0, 1] } },
      fails: { program in
        guard case .list(let items)? = Self.argument(program) else { return false }
        return items.contains {
          $0 == .map([MapEntry(key: .string("total"), value: .integer("-7"))])
        }
          || items.contains { $0.children.last == .integer("-7") }
      })
    let small = try minimiser.minimised(Self.program(orders))
    #expect(
      Self.argument(small)
        == .list([.map([MapEntry(key: .string("total"), value: .integer("-7"))])]))
    #expect(minimiser.spent < 10)
  }

  @Test(arguments: 0..<30)
  func `where fields are kept, only items of lists go`(seed: UInt64) throws {
    var random = Seeded(state: seed &* 31 &+ 7)
    let record = CapturedValue.map(
      (0..<4).map { MapEntry(key: .string("k\($0)"), value: Self.value(2, &random)) }
        + [MapEntry(key: .string("total"), value: .integer("-12"))])
    let value = CapturedValue.list((0..<5).map { _ in Self.value(1, &random) } + [record])
    var minimiser = Minimiser(keepsFields: true, calls: 10_000) { program in
      Self.argument(program)?.children.contains { $0.children.contains(.integer("-12")) } ?? false
    }
    let small = try #require(Self.argument(try minimiser.minimised(Self.program(value))))
    #expect(small.children.count == 1)
    guard case .map(let entries)? = small.children.first else {
      Issue.record("the record is gone")
      return
    }
    #expect(entries.map(\.key) == (0..<4).map { .string("k\($0)") } + [.string("total")])
    #expect(entries.last?.value == .integer("-12"))
  }

  @Test func `a limit ends it with the smallest that was found`() throws {
    var random = Seeded(state: 5)
    let value = CapturedValue.list((0..<60).map { _ in Self.value(2, &random) } + [.integer("-1")])
    for calls in [0, 1, 3, 10] {
      var minimiser = Minimiser(calls: calls) { Self.argument($0).map(Self.faults[0]) ?? false }
      let small = try minimiser.minimised(Self.program(value))
      #expect(minimiser.spent <= calls)
      #expect(Self.argument(small).map(Self.faults[0]) == true)
    }
  }

  @Test func `names are no data: keys of arguments, callees and what a step does stay`() throws {
    let rows = CapturedValue.list(
      (0..<9).map { .tuple([.integer("\($0)"), .string("x")]) })
    let program = Program(
      setup: [
        Statement(
          .evaluate(
            .call(
              .attribute(.name("database"), "executemany"),
              [
                Argument(.positional, .value(.string("insert into t values (?, ?)"))),
                Argument(.positional, .value(rows)),
              ])))
      ],
      entry: .call(
        .name("pay"),
        [
          Argument(
            .namedSpread,
            .map([ExpressionPair(key: .value(.string("amount")), value: .value(.integer("70")))]))
        ]))
    var minimiser = Minimiser(calls: 1000) { _ in true }
    let small = try minimiser.minimised(program)
    #expect("\(small)".contains("insert into t values (?, ?)"))
    #expect("\(small)".contains("amount"))
    #expect(!"\(small)".contains("70"))
  }
}
