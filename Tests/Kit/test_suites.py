"""Runs of whole suites: results, lines a test, calls with their values, and what is left when the time is up."""
import unittest

import kit
from kit import suite, suites

try:
    import pytest  # noqa: F401
    PYTEST = True
except ImportError:
    PYTEST = False

SHOP = '''
import asyncio
TABLE = [n for n in range(3)]

def total(prices, seen=None):
    if not prices:
        raise ValueError("no prices: %r" % prices)
    prices.append(0)
    return sum(prices)

class Basket:
    def __init__(self, items):
        self.items = items

    def walk(self):
        for item in self.items:
            yield item

    async def wait(self):
        await asyncio.sleep(0)
        return self.items

def outer(a):
    def inner(b):
        return a + b
    return inner(1)

def save(path):
    open(path, "w").close()
'''
TESTS = '''
import asyncio, unittest, os
from shop import *

class ShopTest(unittest.TestCase):
    def test_total(self):
        self.assertEqual(total([1, 2]), 3)

    def test_refused(self):
        with self.assertRaises(ValueError):
            total([])

    def test_wrong(self):
        self.assertEqual(total([1]), 2)

    def test_broken(self):
        total([])

    def test_walk(self):
        self.assertEqual(list(Basket([1, 2]).walk()), [1, 2])
        for item in Basket([1, 2]).walk():
            break

    def test_wait(self):
        asyncio.run(Basket([5]).wait())

    def test_inner(self):
        self.assertEqual(outer(1), 2)

    def test_save(self):
        save(os.path.join(os.path.dirname(__file__), "made.txt"))

    @unittest.expectedFailure
    def test_known(self):
        total([])

    @unittest.skip("not now")
    def test_skipped(self):
        pass
'''
NAMES = ["total", "Basket.walk", "Basket.wait", "outer.inner", "save", "missing"]


class SuitesCase(kit.TreeCase):
    FILES = {"shop.py": SHOP, "tests/__init__.py": "", "tests/test_shop.py": TESTS}

    def setUp(self):
        super().setUp()
        self.suite = suite.Suite(self.tree, self.runner)

    def ask(self, tests=None, files=None, record=NAMES, seconds=60):
        asked = {"tests": tests, "files": files or {}, "record": [["shop.py", n] for n in record],
                 "seconds": seconds, "folder": None}
        return suites.Suites(self.tree, self.suite).run(asked)

    def cases(self, found):
        return {record["case"].split("::")[-1]: record for record in found["records"] if "case" in record}

    def calls(self, found, name):
        return [record for record in found["records"] if record.get("call") == name]


class WholeSuites(SuitesCase):
    def test_every_test_has_its_result_and_what_it_entered(self):
        found = self.ask()
        cases = self.cases(found)
        self.assertEqual({name[5:]: record["result"] for name, record in cases.items()}, {
            "total": "passed", "refused": "passed", "wrong": "failed", "broken": "failed", "walk": "passed", "wait": "passed",
            "inner": "passed", "save": "passed", "known": "knownIssue", "skipped": "skipped"}, found["output"])
        self.assertEqual(cases["test_wrong"]["exception"], "AssertionError")
        self.assertEqual(cases["test_broken"]["exception"], "ValueError")
        for name in ("test_total", "test_refused"):  # the whole of what was entered, with or without its head
            self.assertEqual(set(cases[name]["lines"]["shop.py"]) - {5}, {6, 7, 8, 9})
        self.assertEqual(cases["test_skipped"]["lines"], {})
        first = next(record for record in found["records"] if "collected" in record)
        self.assertEqual(len(first["collected"]), 10)

    def test_calls_tell_what_they_took_gave_changed_and_did(self):
        found = self.ask()
        total = {record["test"].split("::")[-1]: record for record in self.calls(found, "total")}
        self.assertEqual(total["test_broken"]["input"], total["test_refused"]["input"])
        self.assertEqual(total["test_refused"]["raised"], "builtins.ValueError: no prices: []")
        self.assertIsNone(total["test_refused"]["result"])
        self.assertEqual(total["test_total"]["type"], "builtins.int")
        self.assertNotEqual(total["test_total"]["input"], total["test_total"]["after"])
        self.assertEqual(total["test_refused"]["input"], total["test_refused"]["after"])
        self.assertTrue(all(record["exact"] for record in total.values()))
        walks = self.calls(found, "Basket.walk")
        self.assertEqual([w["exact"] for w in walks], [True, False])
        self.assertEqual(walks[0]["type"], "generator")
        self.assertEqual([(w["type"], w["exact"]) for w in self.calls(found, "Basket.wait")], [("builtins.list", True)])
        self.assertEqual(len(self.calls(found, "outer.inner")), 1)
        self.assertEqual([c["effects"] for c in self.calls(found, "save")],
                         [["a file that is written"]] if "/tmp" in self.root else [])

    def test_two_runs_tell_the_same(self):
        def told(found):
            return [{k: v for k, v in record.items() if k != "seconds"} for record in found["records"]]
        self.assertEqual(told(self.ask()), told(self.ask()))

    def test_some_tests_are_asked_for_by_their_names(self):
        names = ["tests/test_shop.py::ShopTest::test_total", "tests/test_shop.py::ShopTest::test_inner"]
        self.assertEqual(set(self.cases(self.ask(names))), {"test_total", "test_inner"})
        self.assertEqual(len(self.cases(self.ask(["tests/test_shop.py"]))), 10)

    def test_new_files_are_there_for_one_run(self):
        before = self.listing()
        text = "import unittest\nimport shop\n\nclass NewTest(unittest.TestCase):\n    def test_new(self):\n        shop.total([1])\n"
        found = self.ask(["tests/test_new.py"], {"tests/test_new.py": text})
        self.assertEqual(self.cases(found)["test_new"]["result"], "passed", found)
        self.assertEqual(self.listing(), before)

    def test_what_ran_before_the_time_was_up_is_kept(self):
        self.write("tests/test_slow.py", "import time, unittest\n\nclass SlowTest(unittest.TestCase):\n"
                   "    def test_a(self): pass\n    def test_b(self): time.sleep(60)\n    def test_c(self): pass\n")
        found = self.ask(["tests/test_slow.py"], seconds=8)
        self.assertEqual(set(self.cases(found)), {"test_a"})
        self.assertEqual(found["code"], "timeout")

    def test_files_that_cannot_be_loaded_say_why_and_keep_the_others(self):
        self.write("tests/test_bad.py", "import no_such_module\n")
        found = self.ask()
        self.assertEqual(len(self.cases(found)), 10)
        self.assertTrue(any("test_bad.py" in record.get("trouble", "") for record in found["records"]))

    def test_a_process_that_ends_keeps_what_it_told(self):
        self.write("tests/test_end.py", "import os, unittest\n\nclass EndTest(unittest.TestCase):\n"
                   "    def test_a(self): pass\n    def test_b(self): os._exit(3)\n    def test_c(self): pass\n")
        found = self.ask(["tests/test_end.py"])
        self.assertEqual(set(self.cases(found)), {"test_a"})
        self.assertEqual(found["code"], 3)

    def test_a_function_s_calls_are_counted_up_to_a_limit(self):
        self.write("tests/test_many.py", "import unittest\nfrom shop import outer\n\nclass ManyTest(unittest.TestCase):\n"
                   "    def test_many(self):\n        for n in range(1000): outer(n)\n")
        self.assertEqual(len(self.calls(self.ask(["tests/test_many.py"]), "outer.inner")), 200)

    @unittest.skipUnless(PYTEST, "pytest is not there")
    def test_a_conftest_that_cannot_be_imported_is_left_out(self):
        self.write("tests/conftest.py", "import no_such_module\n")
        self.assertEqual(len(self.cases(self.ask())), 10)

    @unittest.skipUnless(PYTEST, "pytest is not there")
    def test_errors_of_fixtures_are_errors(self):
        self.write("tests/test_fixture.py", "import pytest\n\n@pytest.fixture\ndef a():\n    raise KeyError('a')\n\n"
                   "@pytest.mark.parametrize('n', [1, 2])\ndef test_a(a, n):\n    pass\n")
        cases = self.cases(self.ask(["tests/test_fixture.py"]))
        self.assertEqual([(c["result"], c["exception"]) for c in cases.values()], [("error", "KeyError")] * 2)
