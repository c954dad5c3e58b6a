"""The laws of cheap copies."""
import collections
import datetime
import decimal
import enum
import os
import sys
import threading
import unittest

from nevermore_probe import freezing
from nevermore_probe.freezing import Copied


class Size(enum.Enum):
    LARGE = [1]


class Slotted:
    __slots__ = ("name", "never")


class Both(Slotted):
    def __init__(self):
        self.name, self.more = "slot", "dict"


class Chain:
    def __init__(self, next):
        self.next = next


def copied(*values):
    return freezing.thawed(freezing.frozen(list(values)))


class Copies(unittest.TestCase):
    def test_plain_data_comes_back_equal_and_of_the_same_types(self):
        values = [None, True, 1, 10 ** 400, -1.5, float("inf"), "ä\ud800", b"\0", bytearray(b"x"), (1, (2,)), [1, [2]], {1: {"a": ()}}, {1,
            2}, frozenset([3])]
        found = copied(*values)
        self.assertEqual(found, values)
        self.assertEqual([type(x) for x in found], [type(x) for x in values])

    def test_a_later_change_is_not_seen(self):
        order = {"lines": [1, {"sku": "a"}], "raw": bytearray(b"x")}
        frozen = freezing.frozen([order])
        order["lines"][1]["sku"] = "b"
        order["raw"].extend(b"yz")
        self.assertEqual(freezing.thawed(frozen), [{"lines": [1, {"sku": "a"}], "raw": bytearray(b"x")}])

    def test_what_cannot_change_or_is_only_named_is_kept_itself(self):
        values = [decimal.Decimal("1.10"), datetime.datetime(2026, 11, 22, tzinfo=datetime.timezone.utc), Size.LARGE, Size, len, copied,
            os, 1j, range(3), Ellipsis]
        self.assertTrue(all(a is b for a, b in zip(copied(*values), values)))

    def test_sharing_is_kept_between_arguments_and_inside_objects(self):
        shared = [1]
        a, b, c = copied(shared, {"x": shared}, Chain(shared))
        self.assertTrue(a is b["x"] is c.fields[0][1])

    def test_an_object_twice_is_one_copy_and_a_cycle_ends(self):
        x = Chain(None)
        x.next = x
        a, b = copied(x, [x])
        self.assertTrue(a is b[0] is a.fields[0][1])

    def test_slots_and_fields_are_read_and_what_was_never_set_is_not(self):
        [x] = copied(Both())
        self.assertEqual(sorted(x.fields), [("more", "dict"), ("name", "slot")])

    def test_two_levels_of_objects_are_read_and_the_third_is_marked(self):
        [x] = copied(Chain(Chain(Chain(1))))
        second = x.fields[0][1]
        third = second.fields[0][1]
        self.assertEqual((third.type, third.lost, third.fields), (Chain, "depth", []))

    def test_what_holds_nothing_that_can_be_read_is_opaque(self):
        self.assertEqual([x.lost for x in copied(threading.Lock(), iter([]), object())], ["opaque", "opaque", None])

    def test_many_objects_are_cut_and_marked(self):
        [found] = copied([Chain(n) for n in range(1000)])
        self.assertEqual({x.lost for x in found[-800:]}, {"size"})
        self.assertEqual(found[0].fields, [("next", 0)])

    def test_subclasses_of_built_in_types_have_their_content(self):
        ordered = collections.OrderedDict([("a", 1), ("b", 2)])
        ordered.move_to_end("a")
        pair = collections.namedtuple("Pair", "a b")(1, [2])
        values = [ordered, collections.Counter("aab"), collections.deque([1, 2]), pair, ValueError("x", 1), memoryview(b"x")]
        found = copied(*values)
        self.assertEqual([x.content for x in found], [[("b", 2), ("a", 1)], [("a", 2), ("b", 1)], [1, 2], (1, [2]), ("x", 1), None])
        self.assertEqual([x.type for x in found], [type(x) for x in values])

    def test_keys_of_any_kind_are_kept_without_their_hashes_being_asked(self):
        class Key:
            def __hash__(self):
                asked.append(1)
                return 1
        asked = []
        values = {Key(): 1}
        del asked[:]
        [found] = copied(values)
        self.assertEqual([(type(key), value) for key, value in found.items()], [(Copied, 1)])
        self.assertEqual(asked, [])

    def test_what_is_too_large_is_refused(self):
        for large in ("x" * 1_000_000, list(range(1_000_000)), [Chain("x" * 1_000_000)]):
            with self.assertRaises(freezing.TooLarge):
                freezing.frozen([large])

    def test_a_copy_can_be_looked_at_twice(self):
        frozen = freezing.frozen([Chain([1])])
        self.assertEqual(freezing.thawed(frozen)[0].fields, freezing.thawed(frozen)[0].fields)


if __name__ == "__main__":
    unittest.main()
