"""One test again and again under other circumstances: what depends on them is found, and what does not passes everywhere."""
import os
import textwrap
import unittest

import kit
from kit import suite, suites

try:
    import pytest  # noqa: F401
    FRAMEWORKS = ["unittest", "pytest"]
except ImportError:
    FRAMEWORKS = ["unittest"]

STEADY = '''
    def test_steady(self):
        now = datetime.datetime.now()
        self.assertIsInstance(now, datetime.datetime)
        self.assertIs(type(now), type(datetime.datetime(2020, 1, 1)))
        self.assertLess(abs(now.timestamp() - time.time()), 5)
        self.assertEqual(date.today(), datetime.date.fromtimestamp(time.time()))
        self.assertEqual(time.localtime().tm_year, now.year)
        self.assertEqual(datetime.datetime.strptime("2020", "%Y").year, 2020)
        self.assertEqual(pickle.loads(pickle.dumps(now)), now)
        self.assertLess(datetime.date(2020, 1, 1), date.today())
'''
FLAKY = {
    "seed": ("def test_seed(self): self.assertNotEqual(random.Random(random.random()).randrange(3), 1)", "seed"),
    "twice": ("seen = []\ndef test_twice(self):\n    self.seen.append(1)\n    self.assertEqual(len(self.seen), 1)", "twice"),
    "year": ("def test_year(self): self.assertLess(datetime.datetime.now().year, 2028)", "2031"),
    "leap": ("def test_leap(self): date.today().replace(year=2027)", "29 February"),
    "time": ("def test_time(self): self.assertLess(time.time(), 1830000000)", "2031"),
    "zone": ("def test_zone(self): self.assertEqual(time.localtime(0).tm_hour, 0)", "New York"),
    "hash": ("def test_hash(self): self.assertEqual(list({'a', 'b', 'c', 'd'}), %r)", "hash seed"),
}
HEAD = "import datetime, pickle, random, time, unittest\nfrom datetime import date\n\nclass NewTest(unittest.TestCase):\n    "


class Reruns(kit.TreeCase):
    FILES = {"shop.py": "A = 1\n", "tests/__init__.py": "", "tests/test_other.py":
             "import unittest\nimport shop\n\nclass OtherTest(unittest.TestCase):\n    def test_other(self):\n        shop.A = 2\n"}

    def runs(self, body, framework):
        asked = {"files": {"tests/test_new.py": HEAD + textwrap.dedent(body).replace("\n", "\n    ").strip() + "\n"},
                 "path": "tests/test_new.py", "framework": framework, "seconds": 60}
        found = suites.Suites(self.tree, suite.Suite(self.tree, self.runner)).rerun(asked)
        forked = [record for record in found["records"] if "circumstances" in record]
        self.assertEqual((len(forked), len(found["fresh"])), (17, 3), found)
        return {record["circumstances"]: record["result"] for record in forked + found["fresh"]}

    def test_what_depends_on_nothing_passes_everywhere(self):
        for framework in FRAMEWORKS:
            before = self.listing()
            with self.subTest(framework):
                found = self.runs(STEADY, framework)
                self.assertEqual(len(found), 20)
                self.assertEqual(set(found.values()), {"passed"}, found)
            self.assertEqual([p for p in self.listing() if "cache" not in p], before)

    def test_what_depends_on_a_circumstance_is_found_in_it(self):
        for name, (body, words) in FLAKY.items():
            with self.subTest(name):
                if "%r" in body:
                    body = body % [list({"a", "b", "c", "d"})]
                found = self.runs(body, FRAMEWORKS[-1])
                self.assertTrue(any(result == "failed" and words in circumstances for circumstances, result in found.items()), found)
                if name != "hash":
                    self.assertIn("passed", found.values())

    @unittest.skipUnless("pytest" in FRAMEWORKS, "needs pytest")
    def test_a_fresh_folder_for_every_test_and_a_broken_conftest_are_no_reason_to_fail(self):
        for conftest in ("import pytest\n@pytest.fixture(autouse=True)\ndef folder(tmp_path):\n    return tmp_path\n",
                         "def pytest_ignore_collect(path, config, gone):\n    return False\n"):
            with self.subTest(conftest):
                with open(os.path.join(self.tree.root, "tests", "conftest.py"), "w", encoding="utf-8") as file:
                    file.write(conftest)
                self.assertEqual(set(self.runs(STEADY, "pytest").values()), {"passed"})

    def test_a_test_that_others_break_is_found_after_them(self):
        found = self.runs("def test_a(self):\n    import shop\n    self.assertEqual(shop.A, 1)", FRAMEWORKS[-1])
        self.assertEqual({c for c, r in found.items() if r == "failed"}, {c for c in found if "after other tests" in c}, found)
