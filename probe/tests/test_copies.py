"""What the probe has copied itself is written as the value would have been, as far as it is known."""
import collections
import sqlite3
import unittest

from nevermore_probe import freezing, work
from .graph import Graph, node, value

Pair = collections.namedtuple("Pair", "a b")


class Item:
    def __init__(self, **fields):
        self.__dict__.update(fields)


class Prices(dict):
    pass


def entered(*values):
    return freezing.thawed(freezing.frozen(list(values)))


class CopiesTest(unittest.TestCase):
    def test_starts_have_their_whole_length(self):
        self.assertEqual([value(work.Cut("abc", 9)), value(work.Cut(b"abc", 9))], [["text-cut", "abc", 9], ["bytes", "YWJj", 9]])
        self.assertEqual(node(work.cut(list(range(200))))[2], 200)
        word, entries, count = node(work.cut({n: "x" for n in range(150)}))
        self.assertEqual((word, entries[3], len(entries), count), ("map", [3, "x"], 100, 150))

    def test_long_maps_are_cut_without_asking_the_keys_for_their_hashes(self):
        class Key:
            def __hash__(self):
                asked.append(1)
                return id(self)
        asked = []
        held = {Key(): 1 for _ in range(150)}, {Key() for _ in range(150)}
        del asked[:]
        self.assertEqual([work.cut(each).count for each in held] + asked, [150, 150])

    def test_secrets_are_only_named(self):
        self.assertEqual(value(work.Secret("token")), ["lost", "redacted", "str", "token"])

    def test_objects_as_they_came_in_are_objects(self):
        shared = Item(x=[1], password="hunter2")
        shared.same = shared
        first, second = entered(shared, Item(of=shared))
        graph = Graph(first, second)
        _, kind, fields, rest = graph.node(graph.values[0])
        self.assertEqual((kind, dict(fields)["password"], dict(fields)["same"], rest),
                         ("%s:Item" % __name__, ["lost", "redacted", "str", "password"], graph.values[0], {"inApp": True}))
        self.assertEqual(dict(graph.node(graph.values[1])[2])["of"], graph.values[0])

    def test_containers_as_they_came_in_are_what_they_were(self):
        default = collections.defaultdict(list, a=1)
        held = [collections.OrderedDict(a=1), collections.Counter("a"), collections.deque([1]), default, Pair(1, 2)]
        graph = Graph(*entered(*held))
        self.assertEqual([graph.node(each) for each in graph.values], [
            ["ordered-map", [["a", 1]]], ["counter", [["a", 1]]], ["deque", [1]], ["default-map", ["type", "builtins:list"], [["a", 1]]],
            ["named-tuple", "%s:Pair" % __name__, [["a", 1], ["b", 2]]]])
        graph = Graph(*entered(Prices(a=1), KeyError("x")))
        prices, error = map(graph.node, graph.values)
        self.assertEqual((graph.node(prices[3]["content"]), error), (["map", [["a", 1]]], ["exception", "builtins:KeyError", ["x"], []]))

    def test_what_was_too_large_or_too_deep_on_entry_is_marked(self):
        deep, long = entered(Item(a=Item(b=Item(c=Item(d=1)))), collections.deque(range(5000)))
        graph = Graph(deep, long)
        self.assertIn(["lost", "depth", "%s:Item" % __name__, None], graph.nodes)
        self.assertEqual((len(graph.node(graph.values[1])[1]), graph.node(graph.values[1])[2]), (1000, 5000))

    def test_connections_say_how_they_make_rows_and_nothing_of_the_probe(self):
        work.install()
        self.addCleanup(work.uninstall)
        connection = sqlite3.connect(":memory:")
        self.addCleanup(connection.close)
        connection.row_factory = sqlite3.Row
        self.assertEqual(node(connection), ["object", "sqlite3:Connection", [["row_factory", ["type", "sqlite3:Row"]],
                                                                            ["text_factory", ["type", "builtins:str"]]], {}])


if __name__ == "__main__":
    unittest.main()
