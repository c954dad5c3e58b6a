import Languages
import Testing

@testable import PythonTarget
@testable import Validating

/// What is proven to reach only what failed, and what is not.
@Suite struct ProtectionProofTests {
  struct Change: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var after: String
    var lineage: Set<String> = ["TypeError", "Exception"]
    var testDescription: String { name }
  }

  private static func holds(_ changes: [Change]) throws -> [Bool] {
    let (trees, notation) = try ChangedCode.trees(changes.map { ($0.before, $0.after, "a.py") })
    return zip(changes, trees).map {
      ProtectionProof($1, lineage: $0.lineage, notation: notation)?.holds ?? false
    }
  }

  static let proven = [
    Change(
      name: "an exit before what cannot be done with nothing",
      before: "def f(a):\n    return a.b + 1\n",
      after: "def f(a):\n    if a is None:\n        return 0\n    return a.b + 1\n"),
    Change(
      name: "a branch around it", before: "def f(a):\n    g()\n    b = 1 - a\n    return b\n",
      after: "def f(a):\n    g()\n    if a is not None:\n        b = 1 - a\n    return b\n"),
    Change(
      name: "a part before a part of a condition",
      before: "def f(s, i):\n    if s[i] != 'a':\n        return 1\n",
      after: "def f(s, i):\n    if i >= len(s) or s[i] != 'a':\n        return 1\n"),
    Change(
      name: "a part in the middle of a condition",
      before: "def f(s, on):\n    while on and s[-1] == 'a':\n        s.pop()\n",
      after: "def f(s, on):\n    while on and s and s[-1] == 'a':\n        s.pop()\n"),
    Change(
      name: "a conditional expression", before: "def f(a):\n    return [int(a), 2]\n",
      after: "def f(a):\n    return [int(a) if a is not None else 0, 2]\n"),
    Change(
      name: "what makes the thing first", before: "def f(d):\n    g(1)\n    d['w']['x'] = 1\n",
      after:
        "def f(d):\n    g(1)\n    if 'w' not in d:\n        d['w'] = {}\n    d['w']['x'] = 1\n"),
    Change(
      name: "the failure a few plain statements later",
      before: "def f(items):\n    total = 0\n    name = 'x'\n    return max(items)\n",
      after:
        "def f(items):\n    if not items:\n        return None\n    total = 0\n    name = 'x'\n    return max(items)\n"
    ),
    Change(
      name: "a handler", before: "def f(a):\n    return int(a)\n",
      after:
        "def f(a):\n    try:\n        return int(a)\n    except ValueError:\n        return None\n",
      lineage: ["ValueError", "Exception"]),
    Change(
      name: "two facts of one test", before: "def f(a, b):\n    return a[0] / b\n",
      after: "def f(a, b):\n    if len(a) < 1 or b == 0:\n        return 0\n    return a[0] / b\n",
      lineage: ["ZeroDivisionError", "Exception"]),
  ]

  @Test func `what acts only where the code failed is proven`() throws {
    let found = try Self.holds(Self.proven)
    for (change, holds) in zip(Self.proven, found) { #expect(holds, "\(change.name)") }
  }

  static let unproven = [
    Change(
      name: "a test that is wider than the failure", before: "def f(a):\n    return a.b\n",
      after: "def f(a):\n    if not a:\n        return 0\n    return a.b\n"),
    Change(
      name: "one of two ways worked", before: "def f(a, b):\n    return a.b\n",
      after: "def f(a, b):\n    if a is None or b is None:\n        return 0\n    return a.b\n"),
    Change(
      name: "the failure is behind a condition",
      before: "def f(a, b):\n    return b and a.b\n",
      after: "def f(a, b):\n    if a is None:\n        return 0\n    return b and a.b\n"),
    Change(
      name: "the thing is bound anew before",
      before: "def f(a):\n    a = a or g()\n    return a.b\n",
      after: "def f(a):\n    if a is None:\n        return 0\n    a = a or g()\n    return a.b\n"),
    Change(
      name: "the function left before it",
      before: "def f(a, b):\n    if b:\n        return 1\n    return a.b\n",
      after:
        "def f(a, b):\n    if a is None:\n        return 0\n    if b:\n        return 1\n    return a.b\n"
    ),
    Change(
      name: "the failure was handled",
      before: "def f(a):\n    try:\n        return a.b\n    except TypeError:\n        return 2\n",
      after:
        "def f(a):\n    try:\n        if a is None:\n            return 0\n        return a.b\n    except TypeError:\n        return 2\n"
    ),
    Change(
      name: "something else changes too", before: "def f(a):\n    b = 1\n    return a.b + b\n",
      after: "def f(a):\n    b = 2\n    if a is None:\n        return 0\n    return a.b + b\n"),
    Change(
      name: "a text is filled in with nothing", before: "def f(a):\n    return '%s' % a\n",
      after: "def f(a):\n    if a is None:\n        return ''\n    return '%s' % a\n"),
    Change(
      name: "a part of an 'and' lets less through",
      before: "def f(a):\n    if a.b:\n        g()\n",
      after: "def f(a):\n    if a and a.b:\n        g()\n"),
    Change(
      name: "a slice never fails", before: "def f(s):\n    return s[1:]\n",
      after: "def f(s):\n    if len(s) < 2:\n        return 0\n    return s[1:]\n"),
    Change(
      name: "a default of a call", before: "def f(a):\n    return max(a, default=0)\n",
      after: "def f(a):\n    if not a:\n        return 1\n    return max(a, default=0)\n"),
    Change(
      name: "a statement that is gone", before: "def f(a):\n    g()\n    return a.b\n",
      after: "def f(a):\n    if a is None:\n        return 0\n    return a.b\n"),
  ]

  @Test func `what may reach more than the failure is not proven`() throws {
    let found = try Self.holds(Self.unproven)
    for (change, holds) in zip(Self.unproven, found) { #expect(!holds, "\(change.name)") }
  }
}
