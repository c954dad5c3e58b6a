"""Mutants judged in one process, in forks and by import: the verdicts are those of a fresh process."""
import os
import shutil
import subprocess
import sys
import unittest

import kit
from kit import mutations, suite, suites, swaps

SHOP = '''
import functools

RATE = 2

def double(a):
    return a * 2

TWICE = double(RATE)

def logged(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        return function(*arguments)
    return wrapper

@logged
def total(prices, start=0):
    found = start
    for price in prices:
        if price > 0:
            found += price
    return found

class Basket:
    LIMIT = 3

    def __init__(self, items=()):
        self.items = list(items)

    @property
    def is_full(self):
        return len(self.items) >= self.LIMIT

    def each(self):
        def kept(item):
            return item is not None
        for item in self.items:
            if kept(item):
                yield item

    def more(self):
        return super().__init__() or self.__class__

@functools.lru_cache(None)
def cached(a):
    return a + 1

def forever(n):
    while n > 0:
        n -= 1
    return n

def never():
    return 1
'''
TESTS = '''
import os, unittest
import shop

class ShopTest(unittest.TestCase):
    seen = []

    def test_total(self):
        self.assertEqual(shop.total([1, -1, 2]), 3)

    def test_twice(self):
        self.assertEqual(shop.TWICE, 4)

    def test_full(self):
        self.assertTrue(shop.Basket([1, 2, 3]).is_full)
        self.assertFalse(shop.Basket([1, 2]).is_full)

    def test_each(self):
        self.assertEqual(list(shop.Basket([1, None]).each()), [1])

    def test_cached(self):
        self.assertEqual(shop.cached(1), 2)

    def test_forever(self):
        self.assertEqual(shop.forever(2), 0)

    def test_more(self):
        self.assertIs(shop.Basket().more(), shop.Basket)

    def test_once(self):
        self.assertEqual(self.seen, [])
        self.seen.append(shop.double(4))
        self.assertEqual(self.seen, [8])
'''
CHANGES = [("RATE = 2", "RATE = 3"), ("a * 2", "a * 3"), ("a * 2", "a + a"), ("price > 0", "price >= 0"), ("price > 0", "price > 1"),
           ("found += price", "found -= price"), ("start=0", "start=1"), ("start=0", "start=False"), ("LIMIT = 3", "LIMIT = 4"),
           (">= self", "> self"), ("is not None", "is None"), ("yield item", "yield 0"), ("a + 1", "a + 2"), ("n -= 1", "n += 1"),
           ("return 1", "return 2"), ("return n\n", "return (\n"), ("found = start", "found = (start)"), ("return n\n", "os._exit(3)\n"),
           ("@property", ""), ("return wrapper", "return None"), ("function(*arguments)", "None"), ("or self", "and self"),
           ("def kept(item)", "def kept(item, b=1)"), ("return n\n", "raise SystemExit\n"), ("@logged", "")]


class MutantsCase(kit.TreeCase):
    MODULES = ["tests.test_shop"]
    FILES = {"shop.py": SHOP.replace("import functools\n", "import functools\nimport os\n"), "tests/__init__.py": "",
             "tests/test_shop.py": TESTS}

    def setUp(self):
        super().setUp()
        self.suite = suite.Suite(self.tree, self.runner)
        self.text = self.FILES["shop.py"]

    def mutant(self, old, new):
        start = self.text.index(old)
        line = self.text[:start].count("\n") + 1
        return {"path": "shop.py", "start": start, "end": start + len(old), "replacement": new, "lines": [line, line + old.strip().count("\n")]}

    def judged(self, mutants, seconds=120):
        asked = {"tests": None, "files": {}, "mutants": mutants, "seconds": seconds, "folder": None}
        found = suites.Suites(self.tree, self.suite).mutate(asked)
        return {record["index"]: record for record in found["records"] if "index" in record}, found

    def fresh(self, mutant):
        """What a process says that finds the mutant in the file."""
        copy = self.root + "-fresh"
        shutil.copytree(self.root, copy, ignore=shutil.ignore_patterns("__pycache__"))  # which may be of the same second and size
        try:
            with open(os.path.join(copy, "shop.py"), "w") as file:
                file.write(self.text[:mutant["start"]] + mutant["replacement"] + self.text[mutant["end"]:])
            done = subprocess.run([sys.executable, "-B", "-m", "unittest", "-q", *self.MODULES], cwd=copy, timeout=8,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return "killed" if done.returncode else "survived"
        except subprocess.TimeoutExpired:
            return "timedOut"
        finally:
            shutil.rmtree(copy)


class Verdicts(MutantsCase):
    def test_every_verdict_is_that_of_a_fresh_process(self):
        mutants = [self.mutant(*change) for change in CHANGES]
        judged, found = self.judged(mutants)
        self.assertEqual(sorted(judged), list(range(len(mutants))), found)
        said = {"equivalent": "survived", "notCovered": "survived", "unviable": "killed"}
        for index, change in enumerate(CHANGES):
            with self.subTest(change=change, record=judged[index]):
                outcome = judged[index]["outcome"]
                self.assertEqual(said.get(outcome, outcome), self.fresh(mutants[index]))
        self.assertEqual({r["tier"] for r in judged.values()}, {"", "swapped", "forked", "imported"})
        self.assertEqual({r["outcome"] for r in judged.values()}, {"killed", "survived", "equivalent", "unviable", "notCovered", "timedOut"})
        self.assertFalse(next(r for r in found["records"] if "failing" in r)["failing"])

    def test_a_kill_names_a_test_that_fails(self):
        judged, _ = self.judged([self.mutant("price > 0", "price > 1"), self.mutant("RATE = 2", "RATE = 3")])
        self.assertEqual(judged[0]["by"], "tests/test_shop.py::ShopTest::test_total")
        self.assertEqual(judged[1]["by"], "tests/test_shop.py::ShopTest::test_twice")

    def test_time_that_is_up_leaves_out_what_was_not_judged(self):
        judged, _ = self.judged([self.mutant("n -= 1", "n += %d" % n) for n in range(1, 60)], seconds=2)
        self.assertLess(len(judged), 59)


class FunctionsAlone(unittest.TestCase):
    def test_a_function_s_own_lines_compile_to_what_the_file_compiles_to(self):
        import argparse
        import collections
        import textwrap
        alone = every = 0
        for module in (argparse, collections, textwrap, unittest.case):
            file = mutations.File(os.path.dirname(module.__file__), os.path.basename(module.__file__))
            todo = [(node, []) for node in file.tree.body]
            while todo:
                node, around = todo.pop()
                if type(node).__name__ == "ClassDef":
                    todo += [(item, around + [node]) for item in node.body]
                elif type(node).__name__ == "FunctionDef":
                    every += 1
                    found = file.unit(node, around)
                    alone += found is not None
                    if found is not None:
                        self.assertTrue(any(found == code for code in swaps.all_functions(file.code)))
        self.assertGreater(alone, every * 0.9)
