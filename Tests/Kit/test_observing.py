"""Programs under changed files: what swapped code does is what a process does that imports the changed text."""
import os
import subprocess
import sys
import textwrap
import unittest

import kit
from kit import observing, swaps

SHOP = '''
    import functools
    RATE = 2

    def logged(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            calls.append(function.__name__)
            return function(*arguments)
        return wrapper

    calls = []

    def helper(a):
        return a + 1

    START = helper(1)

    def total(a, b=3):
        def inner(c):
            return c * RATE
        return [inner(a), b]

    @logged
    def marked(a):
        return {a: 1}

    class Basket:
        "A basket."
        size = 3

        def __init__(self, items):
            self.items = items

        @property
        def first(self):
            return self.items[0]

        @classmethod
        def empty(cls):
            return cls([])

        def walk(self):
            for item in self.items:
                yield item

        async def wait(self):
            return self.size

    def factory(n):
        return lambda x: x + n

    plus = factory(1)
'''
PROGRAMS = [
    "import shop\nx = [1]\n__nevermore_result__ = shop.total(4)",
    "import shop\nb = shop.Basket([5, 6])\n__nevermore_result__ = b.first",
    "import shop\nb = shop.Basket.empty()\n__nevermore_result__ = list(b.walk())",
    "import shop\n__nevermore_result__ = shop.marked(2)\n",
    "import asyncio, shop\n__nevermore_result__ = asyncio.run(shop.Basket([]).wait())",
    "import shop\n__nevermore_result__ = (shop.plus(1), shop.RATE, shop.START, shop.helper(3))",
    "from shop import Basket\nb = Basket(None)\nb.first\n__nevermore_result__ = None",
]
SWAPPED = [("c * RATE", "c * RATE + 1"), ("return [inner(a), b]", "return [inner(b), b, len([inner(x) for x in (1, 2)])]"),
           ("return self.items[0]", "return self.items[0] if self.items else None"), ("yield item", "yield item\n                yield 0"),
           ("return self.size", "return -self.size"), ("return {a: 1}", "if a:\n            return {}\n        return {a: 2}"),
           ("return cls([])", "return cls([1, 2])"), ("lambda x: x + n", "lambda x: x * n * 9"),
           ("            return c * RATE", "            d = lambda: c\n            return d()"),
           ("calls.append(function.__name__)", "pass")]
IMPORTED = [("RATE = 2", "RATE = 5"), ("b=3", "b=4"), ("size = 3", "size = 4"), ("return a + 1", "return a + 2"),
            ("    @logged\n", ""), ("def walk(self)", "def walk(self, more=1)"), ("class Basket:", "class Basket(dict):"),
            ("    plus = factory(1)", "    plus = factory(2)"), ("    RATE = 2", "    RATE = 2\n    def new(): return 1")]


class ObservingCase(kit.TreeCase):
    FILES = {"shop.py": SHOP}

    def setUp(self):
        super().setUp()
        self.runner.warm(["shop"])
        self.observer = observing.Observer(self.tree, self.runner)
        self.text = textwrap.dedent(SHOP)

    def changed(self, old, new):
        made = textwrap.dedent(SHOP.replace(old, new))
        self.assertNotEqual(made, self.text)
        return made

    def fresh(self, text):
        """The same programs in a process that finds the text in the file."""
        self.write("shop.py", text)
        code = "import sys, json; sys.path[:0] = %r; import kit; tree = kit.source.Tree(%r, ['.']); runner = kit.run.Runner(tree, False)\n" \
            "runner.warm(['shop']); print(json.dumps(kit.observing.Observer(tree, runner).observe(%r, {}, 10)))" \
            % ([os.path.dirname(os.path.abspath(__file__))], self.root, PROGRAMS)
        try:
            import json
            return json.loads(subprocess.run([sys.executable, "-B", "-c", code], check=True, stdout=subprocess.PIPE).stdout)
        finally:
            self.write("shop.py", self.text)

    def told(self, answer):
        return [{k: v for k, v in report.items() if k not in ("seconds", "state")} for report in answer["observed"]]

    def test_swapped_code_does_what_the_imported_text_does(self):
        seen = set()
        unchanged = self.told(self.observer.observe(PROGRAMS, {}, 10))
        for old, new in SWAPPED:
            with self.subTest(new=new):
                text = self.changed(old, new)
                found = self.told(self.observer.observe(PROGRAMS, {"shop.py": text}, 10))
                self.assertEqual(found, self.told(self.fresh(text)))
                seen.update(n for n, pair in enumerate(zip(unchanged, found)) if pair[0] != pair[1])
        self.assertGreater(len(seen), 4)
        self.assertEqual(self.told(self.observer.observe(PROGRAMS, {}, 10)), unchanged)

    def test_what_runs_at_import_asks_for_a_process_of_its_own(self):
        for old, new in IMPORTED:
            with self.subTest(new=new):
                self.assertIn("unswappable", self.observer.observe(PROGRAMS, {"shop.py": self.changed(old, new)}, 10))
        for path, text in (("notes.txt", ""), ("../shop.py", ""), ("new.py", ""), ("shop.py", "def (")):
            self.assertIn("unswappable", self.observer.observe(PROGRAMS, {path: text}, 10))

    def test_lines_that_only_move_change_nothing(self):
        moved = self.text.replace("RATE = 2", "# a comment\n\n\nRATE = 2")
        found = self.observer.observe(PROGRAMS[:6], {"shop.py": moved}, 10)
        self.assertEqual([r["result"] for r in found["observed"]],
                         [r["result"] for r in self.observer.observe(PROGRAMS[:6], {}, 10)["observed"]])

    def test_a_module_that_is_imported_later_has_the_changed_text(self):
        self.write("late.py", "A = 1\n")
        program = "import late\n__nevermore_result__ = late.A"
        found = self.observer.observe([program], {"late.py": "A = 2\n"}, 10)["observed"]
        self.assertEqual(found[0]["shown"], "2")
        with open(os.path.join(self.root, "late.py")) as file:
            self.assertEqual(file.read(), "A = 1\n")

    def test_the_state_that_setup_bound_is_read_after_the_entry(self):
        program = "a = [1]\nfor b in (1, 2):\n    c = {}\nwith open('/dev/null') as d: pass\n" \
                  "def f(): z = 1\n__nevermore_result__ = a.append(%s)"
        one, two, same = self.observer.observe([program % n for n in ("1", "2", "1")], {}, 10)["observed"]
        self.assertEqual(set(one["variables"]), {"a", "b", "c", "d"})
        self.assertFalse(one["exact"])
        self.assertNotEqual(one["variables"]["a"], two["variables"]["a"])
        self.assertEqual(one["variables"], same["variables"])
        self.assertEqual(one["result"], two["result"])

    def test_a_program_that_raises_keeps_the_state_and_has_no_result(self):
        found = self.observer.observe(["a = [1]\n__nevermore_result__ = a.pop() / 0"], {}, 10)["observed"][0]
        self.assertNotIn("result", found)
        self.assertIn("a", found["variables"])
        self.assertTrue(found["exact"])

    def test_lambdas_of_one_line_are_not_mixed_up(self):
        self.write("pair.py", "f, g = lambda: 1, lambda: 1\n")
        self.runner.warm(["pair"])
        found = self.observer.observe(["import pair\n__nevermore_result__ = pair.f(), pair.g()"],
                                      {"pair.py": "f, g = lambda: 1, lambda: 2\n"}, 10)
        self.assertTrue("unswappable" in found or found["observed"][0]["shown"] == "(1, 2)", found)


class SameCode(unittest.TestCase):
    def same(self, one, other):
        codes = [compile(textwrap.dedent(text), "a.py", "exec") for text in (one, other)]
        return swaps.same(*codes)

    def test_types_and_signs_of_constants_count_and_lines_do_not(self):
        self.assertTrue(self.same("def f():\n return 1", "\n\ndef f():\n\n  return 1  # one"))
        for one, other in (("1", "1.0"), ("1", "True"), ("0.0", "-0.0"), ("(1, 2)", "(1, True)"), ("'a'", "b'a'"), ("a + b", "a - b"),
                           ("a < b", "a <= b"), ("x.a", "x.b"), ("lambda: 1", "lambda: 2"), ("a in {1, 2}", "a in {1, 3}")):
            self.assertFalse(self.same("x = lambda a, b: " + one, "x = lambda a, b: " + other), (one, other))
