"""What each kind of value is written as: the tables "Values" and "Nodes" of docs/reference/snapshot.md, line by line."""
import array
import asyncio
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import io
import json
import pathlib
import queue
import re
import sqlite3
import types
import unittest
import uuid

from .graph import Graph, node, value

try:
    import zoneinfo
except ImportError:
    zoneinfo = None


class Size(enum.Enum):
    LARGE = 3


class Access(enum.Flag):
    READ = 1
    WRITE = 2


@dataclasses.dataclass
class Item:
    name: str
    price: float


class Slotted:
    __slots__ = ("first", "_second", "never")


class Below(Slotted):
    __slots__ = ("third",)


class Basket(list):
    pass


class Word(str):
    pass


class Shouting(Exception):
    pass


Point = collections.namedtuple("Point", "x y")
HERE = __name__


class TestAtoms(unittest.TestCase):
    def test_json_stands_for_itself(self):
        for held in (None, True, False, "text", "\u00e4\U0001f600", 0, -1, 10 ** 400, 1.5, -0.0, 1e300):
            self.assertEqual(repr(value(held)), repr(held))

    def test_a_float_that_is_whole_stays_a_float(self):
        self.assertIsInstance(value(2.0), float)
        self.assertIn("e+22", Graph(1e22).text)

    def test_what_json_lacks_has_a_word(self):
        table = [
            (float("nan"), ["float", "nan"]), (float("-inf"), ["float", "-inf"]), ("a\udc00", ["text", [97, 56320]]),
            (b"a", ["bytes", "YQ=="]), (decimal.Decimal("1.10"), ["decimal", "1.10"]), (1 + 2j, ["complex", "1.0", "2.0"]),
            (fractions.Fraction(1, 3), ["fraction", "1", "3"]), (range(0, 10, 2), ["range", 0, 10, 2]),
            (uuid.UUID(int=5), ["uuid", "00000000-0000-0000-0000-000000000005"]),
            (pathlib.PurePosixPath("/srv/a"), ["path", "pure-posix", "/srv/a"]),
            (pathlib.PureWindowsPath("c:/a"), ["path", "pure-windows", "c:\\a"]), (..., ["singleton", "Ellipsis"]),
            (NotImplemented, ["singleton", "NotImplemented"]), (Item, ["type", HERE + ":Item"]), (json, ["module", "json"]),
            (json.dumps, ["function", "json:dumps"]), (len, ["function", "builtins:len"]),
        ]
        for held, expected in table:
            self.assertEqual(value(held), expected)

    def test_moments_keep_zone_and_fold(self):
        utc, offset = datetime.timezone.utc, datetime.timezone(datetime.timedelta(hours=2), "there")
        self.assertEqual(value(datetime.date(2026, 11, 22)), ["date", [2026, 11, 22]])
        self.assertEqual(value(datetime.time(1, 2, 3, 4, fold=1)), ["time", [1, 2, 3, 4], None, 1])
        self.assertEqual(value(datetime.datetime(2026, 1, 2, 3, 4, 5, 6, utc)), ["datetime", [2026, 1, 2, 3, 4, 5, 6], "utc", 0])
        self.assertEqual(value(datetime.datetime(2026, 1, 2, tzinfo=offset))[2], ["offset", 7200, "there"])
        self.assertEqual(value(datetime.timezone(datetime.timedelta(seconds=-1))), ["zone", ["offset", -1, None]])
        self.assertEqual(value(datetime.timedelta(-1, 5, 6)), ["duration", [-1, 5, 6]])

    @unittest.skipIf(zoneinfo is None, "no zoneinfo")
    def test_a_zone_of_the_standard_library_is_named(self):
        try:
            zone = zoneinfo.ZoneInfo("Europe/Berlin")
        except zoneinfo.ZoneInfoNotFoundError:
            self.skipTest("no data of zones")
        self.assertEqual(value(datetime.datetime(2026, 1, 2, tzinfo=zone))[2], ["named", "Europe/Berlin"])

    def test_members_of_enumerations_have_name_and_raw_value(self):
        self.assertEqual(value(Size.LARGE), ["enum", HERE + ":Size", "LARGE", 3])
        self.assertEqual(value(Access.READ | Access.WRITE)[3], 3)

    def test_a_number_that_nobody_can_print_is_marked(self):
        self.assertEqual(value(1 << 100_000), ["lost", "size", "builtins:int", "100001 bits"])


class TestContainers(unittest.TestCase):
    def test_each_kind_of_container_has_its_word(self):
        table = [
            ([1], ["list", [1]]), ((1,), ["tuple", [1]]), ({1}, ["set", [1]]), (frozenset([1]), ["frozenset", [1]]),
            (collections.deque([1]), ["deque", [1]]), ({"a": 1, 2: None}, ["map", [["a", 1], [2, None]]]),
            (collections.OrderedDict(a=1), ["ordered-map", [["a", 1]]]),
            (collections.defaultdict(list, a=1), ["default-map", ["type", "builtins:list"], [["a", 1]]]),
            (collections.Counter("a"), ["counter", [["a", 1]]]), (bytearray(b"a"), ["bytearray", "YQ=="]),
            (Point(1, 2), ["named-tuple", HERE + ":Point", [["x", 1], ["y", 2]]]),
            (re.compile("a+", re.I), ["pattern", "a+", 34]),
            (array.array("i", [1, 2]), ["object", "array:array", [["typecode", "i"]], {"content": ["@", 0]}]),
        ]
        for held, expected in table:
            self.assertEqual(node(held), expected)

    def test_one_object_is_one_node(self):
        shared = [1]
        graph = Graph({"a": shared, "b": shared}, shared)
        (_, first), (_, second) = graph.node(graph.values[0])[1]
        self.assertEqual(first, second)
        self.assertEqual(first, graph.values[1])

    def test_equal_objects_are_two_nodes(self):
        first, second = Graph([1], [1]).values
        self.assertNotEqual(first, second)

    def test_a_cycle_is_a_reference(self):
        held = []
        held.append(held)
        graph = Graph(held)
        self.assertEqual(graph.node(graph.values[0]), ["list", [graph.values[0]]])

    def test_an_ordered_map_keeps_its_own_order(self):
        held = collections.OrderedDict([("a", 1), ("b", 2)])
        held.move_to_end("a")
        self.assertEqual([key for key, _ in node(held)[1]], ["b", "a"])

    def test_a_long_text_is_written_once(self):
        text = "long " * 1000
        graph = Graph(text, [text], {"a": text})
        self.assertEqual(graph.text.count("long long"), graph.text.count("long long", 0, 6000))
        self.assertEqual(graph.node(graph.values[0]), text)

    def test_deep_nesting_is_written_without_recursion(self):
        held = None
        for _ in range(20_000):
            held = [held]
        self.assertGreater(len(Graph(held).nodes), 5_000)


class TestLimits(unittest.TestCase):
    def test_a_long_list_says_how_many_it_has(self):
        word, items, count = node(list(range(10_000_000)))
        self.assertEqual((word, items, count), ("list", list(range(10_000)), 10_000_000))

    def test_a_long_map_and_a_long_set_say_how_many_they_have(self):
        self.assertEqual(node(dict.fromkeys(range(50_000)))[2], 50_000)
        self.assertEqual(node(set(range(50_000)))[2], 50_000)

    def test_long_texts_and_bytes_are_cut_with_their_length(self):
        word, start, length = node("abc" * 1_000_000)
        self.assertEqual((word, start[:6], length), ("text-cut", "abcabc", 3_000_000))
        self.assertLess(len(start), 1 << 17)
        self.assertEqual(node(bytes(100_000_000))[2], 100_000_000)
        self.assertEqual(node(bytearray(10_000_000))[2], 10_000_000)

    def test_no_more_bytes_are_written_than_allowed(self):
        hundred = [{"name": "n%d" % n, "more": [n, {"x": "\u00e4\n\"" * 9}]} for n in range(100_000)]
        for held in (hundred, [hundred] * 9, ["\x00" * 400] * 5000, [[n] for n in range(200_000)], dict(enumerate(hundred))):
            for limit in (30_000, 100_000, 1 << 20):
                graph = Graph(held, max_bytes=limit)
                self.assertLessEqual(graph.size, limit)
                self.assertGreater(graph.size, limit // 20)
                self.assertEqual(graph.cut, "size")

    def test_what_is_left_for_lack_of_time_is_marked(self):
        graph = Graph([[n] for n in range(1000)], seconds=0)
        self.assertEqual(graph.cut, "time")
        self.assertIn('["lost","time","builtins:list",null]', graph.text)

    def test_what_is_near_is_written_before_what_is_far(self):
        far = near = {"here": "it is"}
        for _ in range(400):
            far = ["x" * 100, far]
        many = [{"n": [n]} for n in range(100_000)]
        graph = Graph(many, far, [near], max_bytes=20_000)
        self.assertTrue("it is" in graph.text)

    def test_objects_of_packages_end_after_a_few_levels(self):
        held = None
        for _ in range(10):
            made = queue.Queue()
            made.inside = held
            held = made
        self.assertIn('["lost","depth","queue:Queue",null]', Graph(held).text)

    def test_without_limits_nothing_is_marked_as_cut(self):
        self.assertIsNone(Graph([1, [2]]).cut)


class TestObjects(unittest.TestCase):
    def test_fields_come_from_slots_of_all_bases_and_the_dictionary(self):
        held = Below()
        held.first, held._second, held.third = 1, 2, 3
        self.assertEqual(node(held)[2], [["_second", 2], ["first", 1], ["third", 3]])
        both = type("Both", (Slotted,), {})()
        both.first, both.more = 1, 2
        self.assertEqual(node(both)[2], [["first", 1], ["more", 2]])

    def test_a_dataclass_is_marked(self):
        word, kind, fields, rest = node(Item("a", 1.0))
        self.assertEqual((word, kind, fields, rest["kind"]), ("object", HERE + ":Item", [["name", "a"], ["price", 1.0]], "dataclass"))

    def test_a_subclass_of_a_builtin_type_has_content_and_fields(self):
        held = Basket([1])
        held.owner = "me"
        graph = Graph(held)
        _, kind, fields, rest = graph.node(graph.values[0])
        self.assertEqual((kind, fields, graph.node(rest["content"])), (HERE + ":Basket", [["owner", "me"]], ["list", [1]]))
        self.assertEqual(node(Word("a"))[3]["content"], "a")
        self.assertEqual(node(type("Number", (int,), {})(5))[3]["content"], 5)
        self.assertEqual(node(type("Ratio", (float,), {})(5))[3]["content"], 5.0)
        self.assertEqual(node(type("Day", (datetime.datetime,), {})(2026, 1, 2))[3]["content"][0], "datetime")

    def test_exceptions_have_arguments_and_fields(self):
        error = Shouting("a", 1)
        error.code = 5
        self.assertEqual(node(error), ["exception", HERE + ":Shouting", ["a", 1], [["code", 5]]])
        missing = FileNotFoundError(2, "none", "/a")
        self.assertIn(["filename", "/a"], node(missing)[3])

    def test_many_fields_are_counted(self):
        held = types.SimpleNamespace(**{"f%d" % n: n for n in range(30_000)})
        self.assertEqual(node(held)[3]["fieldCount"], 30_000)

    def test_a_row_of_sqlite_has_its_columns(self):
        connection = sqlite3.connect(":memory:")
        connection.row_factory = sqlite3.Row
        row = connection.execute("select 1 as a, 'hunter2' as password").fetchone()
        connection.close()
        _, kind, fields, rest = node(row)
        self.assertEqual((kind, rest["kind"]), ("sqlite3:Row", "row"))
        self.assertEqual(fields, [["a", 1], ["password", ["lost", "redacted", "str", "password"]]])

    def test_files_in_memory_keep_their_position(self):
        text, content = io.StringIO("some text"), io.BytesIO(b"some bytes")
        text.seek(3)
        content.seek(4)
        self.assertEqual(node(text), ["file", "text", 3, "some text"])
        self.assertEqual(node(content), ["file", "bytes", 4, ["bytes", "c29tZSBieXRlcw=="]])
        self.assertEqual((text.tell(), content.tell()), (3, 4))


class TestCallables(unittest.TestCase):
    def test_a_closure_has_cells_and_defaults(self):
        bound = 5

        def rule(x, y=3, *, z=4):
            return bound + x + y + z

        word, name, cells, defaults = node(rule)
        self.assertEqual((word, cells, defaults), ("closure", [["bound", 5]], [["y", 3], ["z", 4]]))
        self.assertTrue(name.endswith("<locals>.rule"))

    def test_methods_have_their_receiver(self):
        graph = Graph(Item("a", 1.0).__eq__, [].append, TestAtoms.setUpClass)
        (first, receiver, name), (second, listed, append), (third, kind, _) = graph.values
        self.assertEqual((first, graph.node(receiver)[0], name), ("method", "object", "__eq__"))
        self.assertEqual((second, graph.node(listed), append), ("method", ["list", []], "append"))
        self.assertEqual((third, kind), ("method", ["type", HERE + ":TestAtoms"]))

    def test_a_partial_has_what_it_was_given(self):
        self.assertEqual(node(functools.partial(int, "1", base=2)), ["partial", ["type", "builtins:int"], ["1"], [["base", 2]]])

    def test_a_generator_stands_where_it_stands(self):
        def lines(start):
            inside = start + 1
            yield inside

        made = lines(1)
        next(made)
        word, name, file, line, variables = node(made)
        self.assertEqual((word, variables), ("generator", [["start", 1], ["inside", 2]]))
        self.assertEqual((name.rpartition(".")[2].rpartition(":")[2], line), ("lines", lines.__code__.co_firstlineno + 2))
        self.assertEqual(next(made, "ended"), "ended")
        self.assertEqual(node(made)[4], [])

    def test_a_coroutine_is_like_a_generator(self):
        async def work(n):
            await asyncio.sleep(n)

        made = work(3)
        self.assertEqual(node(made)[4], [["n", 3]])
        made.close()


class TestSecrets(unittest.TestCase):
    def test_values_under_secret_names_are_replaced_at_every_depth(self):
        held = {"password": "hunter2", "apiKeys": ["hunter2", 5], "user": {"token": {"value": "hunter2", "n": 1}}, b"a": "kept"}
        graph = Graph(held, types.SimpleNamespace(secret="hunter2", session=types.SimpleNamespace(id="hunter2")))
        self.assertNotIn("hunter2", graph.text)
        self.assertIn('["lost","redacted","str","password"]', graph.text)
        self.assertIn("kept", graph.text)

    def test_an_object_is_free_where_its_name_is_free(self):
        shared = ["plain"]
        graph = Graph({"token": shared, "items": shared})
        (_, secret), (_, free) = graph.node(graph.values[0])[1]
        self.assertEqual((graph.node(free), graph.node(secret)[1][0][:2]), (["list", ["plain"]], ["lost", "redacted"]))

    def test_secrets_inside_texts_and_bytes_are_replaced(self):
        for held in ("postgres://me:hunter2@db/x", "a=1&password=hunter2", '{"password": "hunter2"}' + " " * 1000,
                     b"password=hunter2", "x" * 600 + " password=hunter2", io.StringIO("password=hunter2"),
                     io.BytesIO(b"password=hunter2"), bytearray(b"password=hunter2"), ["ghp_" + "hunter2" * 5]):
            self.assertNotIn("hunter2", Graph(held).text)
            self.assertNotIn("aHVudGVyM", Graph(held).text)

    def test_a_service_adds_names(self):
        self.assertIn("12345", Graph({"national_id": "12345"}).text)
        self.assertNotIn("12345", Graph({"nationalId": "12345"}, redact=("national_id",)).text)


if __name__ == "__main__":
    unittest.main()
