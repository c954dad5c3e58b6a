"""Mutants of what runs at import: in place only where the process is then as one that imported them, whoever holds or used the values."""
import copy
import os
import re
import shutil
import subprocess
import sys
import textwrap
import unittest

import test_mutants
from kit import mutations, patching

SHOP = '''
import collections
import dataclasses
import enum
import re
import typing
import registry

RATE = 2
WORDS = ["a", "b"]
OTHERS = WORDS
TABLE = {"one": 1, "more": [1, 2]}
PATTERN = re.compile("[0-9]+")
LIMITS = (1, 2)
SEEN = {"x", "y"}
SIGN = object()
Pair = collections.namedtuple("Pair", "left right")
START = Pair(1, 2)
NAMES = []

def named(name, other="none"):
    def made(function):
        NAMES.append((name, function.__name__))
        function.label = name + other
        return function
    return made

@named("first")
def first(price, times=3, sign=SIGN):
    return price * times * (1 if sign is SIGN else 2)

def price_of(word):
    return len(word) + 1

PRICES = [price_of(word) for word in WORDS]

class Colour(enum.Enum):
    RED = 1
    BLUE = 2

@dataclasses.dataclass
class Item:
    name: str
    price: int = 4

class Basket:
    SIZE = 3
    def __init__(self, items=()):
        self.items = list(items)
    def is_full(self):
        return len(self.items) >= self.SIZE

class Big(Basket):
    SIZE = Basket.SIZE * 2

registry.KNOWN.append("shop")
'''
FILES = {
    "shop.py": SHOP, "tests/__init__.py": "",
    "registry.py": "KNOWN = []\n",
    "helper.py": "import shop\nDOUBLE = shop.RATE * 2\nfull = shop.Basket([1, 2, 3]).is_full()\n",
    "tests/test_held.py": '''
        import unittest
        from shop import LIMITS, RATE as rate, WORDS, Basket, Item, first, START
        import shop

        class HeldTest(unittest.TestCase):
            def test_rate(self):
                self.assertEqual(rate, shop.RATE)
            def test_words(self):
                self.assertIs(WORDS, shop.OTHERS)
                self.assertEqual(len(WORDS), 2)
            def test_limits(self):
                self.assertEqual(sum(LIMITS), sum(shop.LIMITS))
            def test_first(self):
                self.assertEqual(first(2), 6)
            def test_item(self):
                self.assertEqual(Item("a").name, "a")
            def test_basket(self):
                self.assertTrue(Basket([1, 2, 3]).is_full())
            def test_start(self):
                self.assertEqual(START.left, shop.START.left)
        ''',
    "tests/test_used.py": '''
        import unittest
        import helper, shop, registry
        TWICE = shop.RATE * 2
        PRICE = shop.price_of("ab")
        ITEM = shop.Item("a")
        SIZES = [shop.Basket.SIZE, shop.Big.SIZE]

        class UsedTest(unittest.TestCase):
            def test_twice(self):
                self.assertEqual(TWICE, shop.RATE * 2)
                self.assertEqual(helper.DOUBLE, TWICE)
            def test_price(self):
                self.assertEqual(PRICE, shop.price_of("ab"))
            def test_item(self):
                self.assertEqual(ITEM.price, shop.Item("a").price)
            def test_sizes(self):
                self.assertEqual(SIZES, [shop.Basket.SIZE, shop.Big.SIZE])
            def test_registry(self):
                self.assertEqual(registry.KNOWN, ["shop"])
            def test_full(self):
                self.assertTrue(helper.full)
        ''',
    "tests/test_read.py": '''
        import unittest
        import shop

        class ReadTest(unittest.TestCase):
            def test_table(self):
                self.assertEqual(sorted(shop.TABLE), ["more", "one"])
                self.assertEqual(shop.TABLE["more"][1], 2)
            def test_pattern(self):
                self.assertTrue(shop.PATTERN.match("12"))
            def test_prices(self):
                self.assertEqual(shop.PRICES, [2, 2])
            def test_colour(self):
                self.assertIs(shop.Colour(1), shop.Colour.RED)
            def test_names(self):
                self.assertEqual(shop.NAMES[0], ("first", "first"))
                self.assertEqual(shop.first.label, "firstnone")
            def test_seen(self):
                self.assertIn("x", shop.SEEN)
        ''',
}
CHANGES = [("RATE = 2", "RATE = 3"), ('["a", "b"]', '["a", "b", "c"]'), ('["a", "b"]', '["a", "bb"]'), ('"one": 1', '"one": 2'),
           ('"one": 1', '"two": 1'), ("[1, 2]}", "[1, 3]}"), ("[0-9]+", "[a-z]+"), ("[0-9]+", "[0-9"), ("LIMITS = (1, 2)", "LIMITS = (1, 3)"),
           ('{"x", "y"}', '{"z", "y"}'), ("SIGN = object()", "SIGN = None"), ("Pair(1, 2)", "Pair(3, 2)"), ('@named("first")', '@named("")'),
           ('other="none"', 'other="nothing"'), ("times=3", "times=4"), ("+ 1\n", "+ 2\n"), ("NAMES.append((name, function.__name__))", "pass"),
           ("RED = 1", "RED = 3"), ("price: int = 4", "price: int = 5"), ("SIZE = 3", "SIZE = 4"), ("SIZE * 2", "SIZE + 2"), (">= self.SIZE", "> self.SIZE"),
           ('registry.KNOWN.append("shop")', "pass"), ("OTHERS = WORDS", "OTHERS = None"), ("for word in WORDS]", "for word in []]"),
           ("@dataclasses.dataclass", ""), ("list(items)", "list()"), ("times * (1", "times + (1")]


class WithoutRegistry(test_mutants.MutantsCase):
    """The module may be executed once more."""

    FILES = dict(FILES, **{"shop.py": SHOP.replace('registry.KNOWN.append("shop")\n', ""),
                           "tests/test_used.py": FILES["tests/test_used.py"].replace('["shop"]', "[]")})
    MODULES = ["tests.test_held", "tests.test_used", "tests.test_read"]
    TIERS = {"swapped", "imported"}

    def failing(self, mutant):
        """The names of tests that fail in a process that finds the mutant in the file; all of a file that cannot be imported."""
        copy = self.root + "-failing"
        shutil.copytree(self.root, copy, ignore=shutil.ignore_patterns("__pycache__"))
        self.addCleanup(shutil.rmtree, copy, True)
        with open(os.path.join(copy, "shop.py"), "w") as file:
            file.write(self.text[:mutant["start"]] + mutant["replacement"] + self.text[mutant["end"]:])
        said = subprocess.run([sys.executable, "-B", "-m", "unittest", *self.MODULES], cwd=copy, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT).stdout.decode()
        shutil.rmtree(copy)
        return re.findall(r"(?:FAIL|ERROR): (\w+)", said) if "Ran " in said else re.findall(r"def (test_\w+)", str(self.FILES))
    def test_every_verdict_is_that_of_a_fresh_process(self):
        changes = [change for change in CHANGES if change[0] in self.text]
        mutants = [self.mutant(*change) for change in changes]
        judged, found = self.judged(mutants)
        self.assertEqual(sorted(judged), list(range(len(mutants))), found)
        for index, change in enumerate(changes):
            with self.subTest(change=change, record=judged[index]):
                outcome = judged[index]["outcome"]
                self.assertEqual({"notCovered": "survived", "equivalent": "survived"}.get(outcome, outcome), self.fresh(mutants[index]))
                if outcome == "killed":
                    self.assertIn(judged[index]["by"].split("::")[-1], self.failing(mutants[index]))
        self.assertLessEqual(self.TIERS, {record["tier"] for record in judged.values()})


class WithRegistry(WithoutRegistry):
    """It reaches out, and a process has to import it."""

    FILES = FILES
    TIERS = {"imported"}


class Statements(unittest.TestCase):
    def test_a_function_that_calls_what_is_imported_compiles_alone_to_the_same(self):
        file = mutations.File(*os.path.split(textwrap.__file__))
        node = next(node for node in file.tree.body if getattr(node, "name", "") == "dedent")
        self.assertIsNotNone(file.unit(node, []))


class Values(unittest.TestCase):
    def patched(self, before, after):
        living, other = dict({"__name__": "m"}), dict({"__name__": "m"})
        exec(before, living)
        exec(after, other)
        held = {name: value for name, value in living.items() if isinstance(value, (list, dict, set))}
        steps = patching.Comparison(living, other).module()
        patching.run([step for _, step, _ in steps])
        self.assertTrue(all(living[name] is value for name, value in held.items()))
        found = copy.deepcopy({name: value for name, value in living.items() if name != "__builtins__"})
        patching.run([step for _, _, step in reversed(steps)])
        return found

    def test_containers_are_changed_where_they_are(self):
        self.assertEqual(self.patched("a = [1]; b = {'k': [2]}; c = {3}", "a = [1, 2]; b = {'k': [5]}; c = {4}"),
                         {"__name__": "m", "a": [1, 2], "b": {"k": [5]}, "c": {4}})

    def test_what_is_shared_otherwise_is_refused(self):
        for before, after in [("a = [1]; b = a", "a = [1]; b = [1]"), ("a = [1]; b = [1]", "a = [1]; b = a"),
                              ("x = object(); y = x", "x = object(); y = object()"), ("def f(): pass", "f = None"),
                              ("class A: pass", "class A: b = 1"), ("a = [[1], 2]", "a = [[1]]"), ("a = (1, [2])", "a = (1, [2], 3)")]:
            with self.subTest(before=before, after=after), self.assertRaises(patching.Unpatchable):
                self.patched(before, after)
