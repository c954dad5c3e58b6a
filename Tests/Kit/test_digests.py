"""Digests of values: equal for equal values in every process, others for others, and nothing of the target is called."""
import array
import collections
import datetime
import decimal
import enum
import io
import os
import pathlib
import random
import re
import subprocess
import sys
import types
import unittest
import uuid

import kit
from kit import digests, shown


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Plain:
    def __init__(self, **state):
        self.__dict__.update(state)


class Slotted:
    __slots__ = ("a", "b")


class Texts(list):
    pass


def slotted(**state):
    made = Slotted()
    for name, value in state.items():
        setattr(made, name, value)
    return made


def generator():
    yield 1


VALUES = [
    None, True, 1, 1.0, -0.0, 0.0, float("nan"), float("inf"), 1j, 10 ** 400, "1", "é\ud800", b"1", bytearray(b"1"), (), [], {}, set(),
    (1,), [1], [[1]], [1, 2], [2, 1], {1: 2}, {1: [2]}, {"1": 2}, {1, 2}, frozenset({1, 2}), collections.OrderedDict(a=1, b=2),
    collections.OrderedDict(b=2, a=1), collections.Counter("aab"), collections.defaultdict(list, {1: [2]}), collections.deque([1]),
    Color.RED, Color.BLUE, Plain(), Plain(a=1), Plain(a=2), Plain(b=1), slotted(), slotted(a=1), slotted(b=1), Texts([1]), Texts(),
    datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 1, fold=1), datetime.timedelta(1),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc), datetime.time(1), decimal.Decimal("1"), decimal.Decimal("1.0"),
    uuid.UUID(int=1), uuid.UUID(int=2), pathlib.PurePosixPath("a"), pathlib.Path("b"), re.compile("a"), re.compile("a", re.I),
    re.match("a", "ab"), re.match("a", "ac"), ValueError("a"), ValueError("b"), KeyError("a"), int, Plain, os, len, generator,
    "".join, Plain(a=1).__init__, io.BytesIO(b"a"), io.StringIO("a"), array.array("i", [1]), array.array("i", [2]), slice(1, 2),
    types.MappingProxyType({1: 2}), types.SimpleNamespace(a=1), types.SimpleNamespace(a=2), memoryview(b"ab"), object(), range(3),
    {1: 2}.keys(), {1: 2}.values(), {1: 2}.items(),
]
OTHERS = """
import sys; sys.path[:0] = %r
import test_digests as t
print("\\n".join(t.digests.digest(v)[0] for v in t.VALUES))
print(t.digests.digest({str(n): {str(m) for m in range(n)} for n in range(30)})[0])
"""


class Digests(unittest.TestCase):
    def of(self, value):
        return digests.digest(value)[0]

    def test_different_values_have_different_digests(self):
        found = {}
        for value in VALUES:
            key = self.of(value)
            self.assertNotIn(key, found, (value, found.get(key)))
            found[key] = value

    def test_other_processes_with_other_hashes_say_the_same(self):
        said = set()
        for seed in ("0", "1", "77"):
            code = OTHERS % [os.path.dirname(os.path.abspath(__file__))]
            said.add(subprocess.run([sys.executable, "-B", "-c", code], env=dict(os.environ, PYTHONHASHSEED=seed), check=True,
                                    stdout=subprocess.PIPE).stdout)
        self.assertEqual(len(said), 1)
        self.assertEqual(len(said.pop().split()), len(VALUES) + 1)

    def test_equal_structures_have_equal_digests_over_many_shapes(self):
        def grown(chance, depth):
            kind = chance.randrange(8 if depth else 4)
            if kind < 4:
                return [chance.random(), chance.randrange(9), str(chance.random()), None][kind]
            some = [grown(chance, depth - 1) for _ in range(chance.randrange(4))]
            return [list, tuple, lambda x: Plain(items=x), lambda x: dict(enumerate(x))][kind - 4](some)
        for seed in range(300):
            first, again = grown(random.Random(seed), 4), grown(random.Random(seed), 4)
            self.assertEqual(digests.digest(first), digests.digest(again))

    def test_sharing_is_not_told_from_copies_and_order_counts_only_where_equality_says_so(self):
        part = [1, [2]]
        self.assertEqual(self.of([part, part]), self.of([[1, [2]], [1, [2]]]))
        self.assertEqual(self.of({"a": 1, "b": 2}), self.of({"b": 2, "a": 1}))
        self.assertEqual(self.of(Plain(a=1, b=2)), self.of(Plain(b=2, a=1)))

    def test_cycles_end_and_are_told_apart(self):
        one, two, other = [1], [1], [2]
        for made in (one, two, other):
            made.append(made)
        self.assertEqual(self.of(one), self.of(two))
        self.assertNotEqual(self.of(one), self.of(other))
        parent, child = Plain(name="p"), Plain(name="c")
        parent.child, child.parent = child, parent
        self.assertTrue(digests.digest(parent)[1])

    def test_what_is_cut_or_opaque_is_not_exact(self):
        deep = []
        for _ in range(500):
            deep = [deep]
        for value in (deep, list(range(50_000)) and [[n] for n in range(50_000)], generator(), iter([]), open(os.devnull), zip()):
            self.assertFalse(digests.digest(value)[1], type(value))
        for value in VALUES:
            self.assertTrue(digests.digest(value)[1], value)

    def test_nothing_of_the_target_is_called(self):
        called = []

        def trap(name):
            def trapped(*arguments, **named):
                called.append(name)
                raise RuntimeError(name)
            return trapped
        names = ["__repr__", "__str__", "__hash__", "__eq__", "__iter__", "__len__", "__getattribute__", "__getattr__", "__bool__",
                 "__reduce__", "__reduce_ex__", "__getstate__", "__format__", "__sizeof__", "__dir__", "__get__", "__getitem__",
                 "__instancecheck__", "__subclasscheck__", "__int__", "__index__", "__float__", "items", "keys", "__contains__"]
        traps = {name: trap(name) for name in names}
        meta = type("Meta", (type,), dict(traps))
        for base in (object, int, str, bytes, list, dict, set, tuple, float, datetime.datetime, collections.OrderedDict, ValueError):
            kind = type.__call__(meta, "Trap", (base,), dict(traps, __slots__=() if base in (int, bytes, tuple) else ("slot",)))
            value = base.__new__(kind, *((2020, 1, 1) if base is datetime.datetime else ()))
            holder = type("Holder", (), dict(traps, __dict__=property(trap("__dict__"))))
            inner = object.__new__(holder)
            for item in ([value], {1: value}, (inner, kind), [kind], Plain(x=value)):
                digests.digest(item)
                shown.shown(item)
        self.assertEqual(called, [])


class Texts_(unittest.TestCase):
    def test_values_are_shown_short_and_without_addresses(self):
        self.assertEqual(shown.shown([1, "a", {"b": (None,)}]), "[1, 'a', {'b': (None)}]")
        self.assertLess(len(shown.shown(["x" * 1000] * 1000)), 260)
        self.assertIn("Plain a=1>", shown.shown(Plain(a=1)))
        self.assertNotIn("0x", shown.shown([object(), generator(), Plain(a=object())]))
        self.assertLess(len(shown.shown(10 ** 5000)), 60)
