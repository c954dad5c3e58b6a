import Failures
import Languages
import Testing

@testable import Validating

/// What a reviewer fears in a patch, and what looks like it and is none.
@Suite struct HarmRuleTests {
  static let parse = """
    def total(text):
        value = int(text)
        return value * 2
    """

  @Test func `an exception that is swallowed is harm, whoever swallows it`() throws {
    let bodies = [
      "    try:\n        value = int(text)\n    except ValueError:\n        pass\n    return 0",
      "    try:\n        value = int(text)\n    except:\n        value = 1\n    return value",
      "    try:\n        value = int(text)\n    except Exception:\n        return None\n    return value * 2",
      "    import contextlib\n    with contextlib.suppress(ValueError):\n        return int(text) * 2",
      "    try:\n        value = int(text)\n    except (TypeError, ValueError):\n        log.info('bad')\n    return value",
    ]
    let found = try ChangedCode.findings(
      bodies.map { ChangedCode(before: Self.parse, after: "def total(text):\n" + $0) })
    for (body, findings) in zip(bodies, found) { #expect(findings.worst == .harm, "\(body)") }
  }

  @Test func `an exception that is answered with another is none`() throws {
    let found = try ChangedCode.findings(
      ChangedCode(
        before: Self.parse,
        after: """
          def total(text):
              try:
                  value = int(text)
              except ValueError:
                  raise BadNumber(text) from None
              return value * 2
          """))
    #expect(found.worst == nil, "\(found)")
  }

  @Test func `a narrow type beside others of its handler is noted, a general one leaves doubt`()
    throws
  {
    let before = """
      def total(text):
          try:
              out = decode(text)
          except binascii.Error:
              pass
          return out
      """
    let found = try ChangedCode.findings([
      ChangedCode(
        before: before,
        after: before.replacing("binascii.Error", with: "(binascii.Error, UnicodeDecodeError)")),
      ChangedCode(
        before: before,
        after: before.replacing("binascii.Error", with: "(binascii.Error, KeyError)")),
    ])
    #expect(found.map(\.worst) == [.note, .harm])
  }

  @Test func `an outage that becomes an answer is harm`() throws {
    let before = "def total(url):\n    data = client.get(url)\n    return data.items\n"
    let types = [
      "ConnectionError", "requests.RequestException", "sqlite3.OperationalError", "TimeoutError",
    ]
    let found = try ChangedCode.findings(
      types.map { type in
        ChangedCode(
          before: before,
          after:
            "def total(url):\n    try:\n        data = client.get(url)\n    except \(type):\n        return cache.last\n    return data.items\n"
        )
      })
    for (type, findings) in zip(types, found) { #expect(findings.worst == .harm, "\(type)") }
  }

  @Test func `an import that one version lacks may come from elsewhere`() throws {
    let found = try ChangedCode.findings(
      ChangedCode(
        before: "from collections import Mapping\n",
        after:
          "try:\n    from collections.abc import Mapping\nexcept ImportError:\n    from collections import Mapping\n"
      ))
    #expect(found.worst == nil, "\(found)")
  }

  // MARK: answers

  @Test func `an answer that nothing in the code speaks for leaves doubt`() throws {
    let before = "def total(prices):\n    return sum(prices) / len(prices)\n"
    let guards = ["0", "None", "[]", "''", "-1", "{}"].map {
      "def total(prices):\n    if not prices:\n        return \($0)\n    return sum(prices) / len(prices)\n"
    }
    let others = [
      "def total(prices):\n    return sum(prices) / (len(prices) or 1)\n",
      "def total(prices):\n    return sum(prices) / len(prices) if prices else 0\n",
      "def total(prices):\n    if prices:\n        return sum(prices) / len(prices)\n",
      "def total(prices):\n    try:\n        return sum(prices) / len(prices)\n    except ZeroDivisionError:\n        return 0\n",
    ]
    let found = try ChangedCode.findings(
      (guards + others).map { ChangedCode(before: before, after: $0) })
    for (after, findings) in zip(guards + others, found) where after != others[2] {
      #expect(findings.worst == .doubt, "\(after)\(findings)")
    }
  }

  @Test func `an item that a sum passes over leaves doubt, like the zero in its place`() throws {
    func sum(_ body: String) -> String {
      "def total(lines):\n    whole = 0\n    for line in lines:\n" + body + "    return whole\n"
    }
    let add = "        whole += line.price * 2\n"
    let skip = "        if line.price is None:\n            continue\n"
    let found = try ChangedCode.findings([
      ChangedCode(before: sum(add), after: sum(skip + add)),
      ChangedCode(
        before: sum(add),
        after: sum("        if line.price is not None:\n            whole += line.price * 2\n")),
      ChangedCode(
        before: sum("        price = line.price\n        whole += price\n"),
        after: sum(
          "        if not line.price:\n            continue\n        price = line.price\n        whole += price\n"
        )),
      ChangedCode(
        before: "def total(lines):\n    return sum(line.price for line in lines)\n",
        after:
          "def total(lines):\n    return sum(line.price for line in lines if line.price is not None)\n"
      ),
      // Another function of the file does the same already.
      ChangedCode(
        before: sum(add) + sum(skip + add).replacing("total", with: "weight"),
        after: sum(skip + add) + sum(skip + add).replacing("total", with: "weight")),
      // What is asked is not what is added up.
      ChangedCode(
        before: sum(add),
        after: sum("        if line.gone is not None:\n            continue\n" + add)),
    ])
    #expect(found.map(\.worst) == [.doubt, .doubt, .doubt, .doubt, .note, nil], "\(found)")
  }

  @Test func `nothing, where something is declared, is harm`() throws {
    let found = try ChangedCode.findings(
      ["int", "list[int]", "\"Tier\"", "int | None", "Optional[Tier]", "Any"].map { type in
        let head = "def total(prices) -> \(type):\n"
        return ChangedCode(
          before: head + "    return prices[0]\n",
          after: head + "    if not prices:\n        return None\n    return prices[0]\n")
      })
    #expect(found.map(\.worst) == [.harm, .harm, .harm, .note, .note, .note], "\(found)")
  }

  @Test func `what the function, its documentation or its siblings answer is no invention`() throws
  {
    let guarded = "    if not prices:\n        return None\n    return max(prices)\n"
    let cases = [
      ("def total(prices) -> Optional[int]:\n", ""),
      (
        "def total(prices):\n    \"\"\"The highest price; returns None when there is none.\"\"\"\n",
        ""
      ),
      (
        "def lowest(prices):\n    if not prices:\n        return None\n    return min(prices)\n\ndef total(prices):\n",
        ""
      ),
      ("def total(prices):\n    if prices.closed:\n        return None\n", ""),
    ]
    let found = try ChangedCode.findings(
      cases.map { head, _ in
        ChangedCode(before: head + "    return max(prices)\n", after: head + guarded)
      })
    for (one, findings) in zip(cases, found) {
      #expect(findings.worst == .note, "\(one.0)\(findings)")
    }
  }

  @Test func `a default that the code knows for the same name is no invention`() throws {
    let before = "def total(data):\n    add(data['reason'])\n"
    let after = "def total(data):\n    add(data.get('reason', 'by_customer'))\n"
    let found = try ChangedCode.findings([
      ChangedCode(before: before, after: after),
      ChangedCode(
        before: before, after: after,
        others: ["README.md": "Without a reason it was asked for `by_customer`."]),
      ChangedCode(
        before: before, after: after,
        others: ["shop/b.py": "def refund(order, reason='by_customer'):\n"]),
      ChangedCode(before: before, after: "def total(data):\n    add(data.get('reason'))\n"),
      ChangedCode(before: before, after: "def total(data):\n    add(data.get('reason', ''))\n"),
    ])
    #expect(found.map(\.worst) == [.doubt, .note, .note, .doubt, .doubt])
  }

  @Test func `a value that is computed is no invention`() throws {
    let before = "def total(customer):\n    return 100 - customer.discount\n"
    let found = try ChangedCode.findings([
      ChangedCode(
        before: before,
        after:
          "def total(customer):\n    discount = customer.discount\n    if discount is None:\n        discount = customer.plan.discount\n    return 100 - discount\n"
      ),
      ChangedCode(
        before: before,
        after:
          "def total(customer):\n    return 100 - (customer.discount or customer.plan.discount)\n",
        others: ["shop/models.py": "    discount: int | None = None\n"]),
    ])
    #expect(found.map(\.worst) == [nil, .doubt], "zero is a discount")
  }

  // MARK: effects

  static let booking = """
    def total(store, data):
        payment = store.payment(data["id"])
        store.update(payment, refunded=data["amount"])
        store.add_refund(payment, data["reason"])
        return payment
    """

  @Test func `an effect that is deleted, skipped or made conditional is harm`() throws {
    let afters = [
      Self.booking.replacing("    store.add_refund(payment, data[\"reason\"])\n", with: ""),
      Self.booking.replacing(
        "    store.add_refund",
        with: "    if \"reason\" not in data:\n        return payment\n    store.add_refund"),
      Self.booking.replacing(
        "    store.add_refund", with: "    if \"reason\" in data:\n        store.add_refund"),
      Self.booking.replacing(
        "    payment = ",
        with: "    if data.get(\"reason\") is None:\n        return None\n    payment = "),
    ]
    let found = try ChangedCode.findings(
      afters.map { ChangedCode(before: Self.booking, after: $0, exception: "KeyError") })
    for (after, findings) in zip(afters, found) {
      #expect(findings.worst == .harm, "\(after)\(findings)")
    }
  }

  @Test func `an exit that gives what another call does is for a person to weigh`() throws {
    let before = "def total(self, at):\n    self.tell(at.name)\n    return at.end\n"
    let found = try ChangedCode.findings([
      ChangedCode(
        before: before,
        after:
          "def total(self, at):\n    if at.name is None:\n        return self.skipped(at)\n    self.tell(at.name)\n    return at.end\n"
      ),
      ChangedCode(
        before: before,
        after:
          "def total(self, at):\n    if at.name is None:\n        return at.end\n    self.tell(at.name)\n    return at.end\n"
      ),
    ])
    #expect(found[0].worst == .doubt, "\(found[0])")
    #expect(found[1].worst != .doubt, "\(found[1])")
  }

  @Test func `a value that could not be worked out is no lost write, and a call is`() throws {
    let found = try ChangedCode.findings([
      ChangedCode(
        before: "def total(self, day):\n    self.ends = self.begin + day.length\n",
        after:
          "def total(self, day):\n    if day is not None:\n        self.ends = self.begin + day.length\n"
      ),
      ChangedCode(
        before: "def total(self, day):\n    self.book(day.length)\n",
        after: "def total(self, day):\n    if day is not None:\n        self.book(day.length)\n"),
    ])
    #expect(found.map(\.worst) == [.note, .harm], "\(found)")
  }

  @Test func `an item that a loop drops is harm, unless there is nothing to do with it`() throws {
    let before =
      "def total(rows, store):\n    for row in rows:\n        store.save(row.name.strip())\n"
    let found = try ChangedCode.findings([
      ChangedCode(
        before: before,
        after:
          "def total(rows, store):\n    for row in rows:\n        if row.name is None:\n            continue\n        store.save(row.name.strip())\n"
      ),
      ChangedCode(
        before: "def total(rows, store):\n    store.save(max(rows), rows)\n",
        after:
          "def total(rows, store):\n    if not rows:\n        return\n    store.save(max(rows), rows)\n",
        crashState: [OperandState(source: "rows", condition: .empty, type: "list")]),
    ])
    #expect(found[0].worst == .harm)
    #expect(found[1].worst == .note, "\(found[1])")
  }

  @Test func `an exit that siblings take for the same reason is none`() throws {
    let before = """
      class Bar:
          def close(self):
              if self.disable:
                  return
              self.clear()

          def total(self):
              self.last = self.now()
              self.refresh()
      """
    let found = try ChangedCode.findings(
      ChangedCode(
        before: before,
        after: before.replacing(
          "        self.last",
          with: "        if self.disable:\n            return\n        self.last")))
    #expect(found.worst == .note, "\(found)")
  }

  @Test func `an effect that moved, or that the other arm has too, is not lost`() throws {
    let found = try ChangedCode.findings([
      ChangedCode(
        before: Self.booking,
        after: Self.booking.replacing(
          "    store.add_refund(payment, data[\"reason\"])",
          with: "    book(store, payment, data)")
          + "\n\ndef book(store, payment, data):\n    store.add_refund(payment, data[\"reason\"])\n"
      ),
      ChangedCode(
        before: Self.booking,
        after: Self.booking.replacing(
          "    store.add_refund(payment, data[\"reason\"])",
          with:
            "    if \"reason\" in data:\n        store.add_refund(payment, data[\"reason\"])\n    else:\n        store.add_refund(payment, DEFAULT_REASON)"
        )),
    ])
    #expect(found.map(\.worst) == [nil, nil], "\(found)")
  }

  // MARK: guards and inputs

  @Test func `a test with one outcome is harm`() throws {
    let before = "def total(x):\n    return x.y\n"
    let tests = [
      "True", "1", "x == x", "x is None or x is not None", "not None", "x or True", "not x or x",
    ]
    let found = try ChangedCode.findings(
      tests.map {
        ChangedCode(
          before: before,
          after: "def total(x):\n    if \($0):\n        return x.z\n    return x.y\n")
      })
    for (test, findings) in zip(tests, found) { #expect(findings.worst == .harm, "\(test)") }
  }

  @Test func `the failing input as a constant is harm, words that the code knows are none`() throws
  {
    let before = "MODES = ['fast']\ndef total(mode):\n    return TABLE[mode]\n"
    func after(_ test: String) -> String {
      "MODES = ['fast']\ndef total(mode):\n    if \(test):\n        return TABLE[MODES]\n    return TABLE[mode]\n"
    }
    let found = try ChangedCode.findings([
      ChangedCode(
        before: before, after: after("mode == 'order-77131'"), input: .string("order-77131")),
      ChangedCode(
        before: before, after: after("mode in ('order-77131', 'x')"), input: .string("order-77131")),
      ChangedCode(before: before, after: after("mode == 77131"), input: .integer("77131")),
      ChangedCode(before: before, after: after("mode == -150"), input: .integer("-150")),
      ChangedCode(before: before, after: after("mode == 'fast'"), input: .string("fast")),
      ChangedCode(before: before, after: after("mode == 1"), input: .integer("1")),
      ChangedCode(before: before, after: after("mode == 1000000"), input: .integer("1000000")),
    ])
    #expect(found.map(\.worst) == [.harm, .harm, .harm, .harm, nil, nil, nil], "\(found)")
  }

  // MARK: what a mend has no need of

  @Test func `a refusal that is deleted is harm, one that a helper makes is none`() throws {
    let before = """
      def total(x):
          if x < 0:
              raise ValueError("negative")
          assert x != 3
          return x
      """
    let found = try ChangedCode.findings([
      ChangedCode(
        before: before,
        after: before.replacing("    if x < 0:\n        raise ValueError(\"negative\")\n", with: "")
      ),
      ChangedCode(before: before, after: before.replacing("    assert x != 3\n", with: "")),
      ChangedCode(
        before: before,
        after: before.replacing("        raise ValueError(\"negative\")", with: "        refuse(x)")
          + "\n\ndef refuse(x):\n    raise ValueError(\"negative\")\n"),
    ])
    #expect(found.map(\.worst) == [.harm, .harm, nil], "\(found)")
  }

  @Test func `dangerous calls, tests that are recognised and foreign state are harm`() throws {
    let before = "import time\nimport config\ndef total(x):\n    return x.y\n"
    let lines = [
      "time.sleep(1)", "x = eval(x)", "subprocess.run(['ls'])", "sys.setrecursionlimit(10 ** 6)",
      "config.limit = 3", "os.system('true')", "y = requests.get('http://a')",
      "y = 'PYTEST_CURRENT_TEST' in os.environ", "z = 'pytest' in sys.modules", "random.random()",
    ]
    let found = try ChangedCode.findings(
      lines.map {
        ChangedCode(
          before: before, after: before.replacing("    return", with: "    \($0)\n    return"))
      })
    for (line, findings) in zip(lines, found) {
      #expect(findings.worst == .harm, "\(line)\(findings)")
    }
  }

  @Test func `a text of the missing value is harm`() throws {
    let before = "def total(x):\n    return 'a' + x.name\n"
    let found = try ChangedCode.findings(
      ChangedCode(
        before: before, after: "def total(x):\n    return 'a' + str(x.name)\n",
        crashState: [OperandState(source: "x.name", condition: .null, type: "NoneType")]))
    #expect(found.worst == .harm)
  }

  @Test func `plain right fixes are let alone`() throws {
    let cases: [(String, String)] = [
      (
        "def total(netloc):\n    host = netloc.host\n    if host[-1] != ']':\n        host = host.rsplit(':', 1)[0]\n    return host\n",
        "def total(netloc):\n    host = netloc.host\n    if host and host[-1] != ']':\n        host = host.rsplit(':', 1)[0]\n    return host\n"
      ),
      (
        "def total(paths):\n    for path in paths:\n        remove(path)\n",
        "def total(paths):\n    paths.reverse()\n    for path in paths:\n        remove(path)\n"
      ),
      (
        "def total(x):\n    if not isinstance(x, bytes):\n        raise TypeError\n    return x\n",
        "def total(x):\n    if not isinstance(x, (bytes, bytearray)):\n        raise TypeError\n    return x\n"
      ),
      (
        "DEFAULTS = {'a': {}}\ndef total(changes):\n    result = DEFAULTS\n    result.update(changes)\n    return result\n",
        "import copy\nDEFAULTS = {'a': {}}\ndef total(changes):\n    result = copy.deepcopy(DEFAULTS)\n    result.update(changes)\n    return result\n"
      ),
      (
        "def total(url, user):\n    return b64(f'{user}:x').strip()\n",
        "def total(url, user):\n    return b64(f'{user}:x'.encode()).decode()\n"
      ),
    ]
    let found = try ChangedCode.findings(cases.map { ChangedCode(before: $0.0, after: $0.1) })
    for (one, findings) in zip(cases, found) {
      #expect(findings.worst == nil, "\(one.1)\(findings)")
    }
  }
}
