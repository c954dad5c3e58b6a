"""Functions by the position that a traceback names, checked against the interpreter's own word."""
import importlib
import sys

import kit

SAMPLE = '''
import functools


def keep(function):
    @functools.wraps(function)
    def wrapper(*given, **named):
        return function(*given, **named)
    return wrapper


def plain(n):
    return 1 / n


@keep
@keep
def decorated(n):
    return 1 / n


class Outer:
    """A class."""

    def method(self, n):
        return 1 / n

    @property
    def size(self):
        return 1 / 0

    @size.setter
    def size(self, n):
        1 / n

    @classmethod
    def made(cls, n):
        return 1 / n

    @staticmethod
    def still(n):
        return 1 / n

    def __init__(self):
        self.n = 0

    class Inner:
        def method(self, n):
            return 1 / n

        class Deepest:
            def __init__(self, n):
                1 / n


def around(n):
    def inside(m):
        return 1 / m

    class Local:
        def method(self, m):
            return 1 / m
    return inside, Local().method


def packs(n):
    return [1 / i for i in range(n)]


def keyed(n):
    return sorted([n], key=lambda i: 1 / i)


def lazy(n):
    yield 1 / n


async def waits(n):
    return 1 / n


async def streams(n):
    yield 1 / n


def holds_lazy(n):
    def inner():
        yield 1
    return 1 / n


if 1:
    def twice(n):
        return 1 / n
else:
    def twice(n):
        return 2 / n


def first(n):
    def twice(n):
        return 1 / n
    return twice(n)


at_top = lambda n: 1 / n  # noqa: E731
'''


def asynchronous(work):
    """Drives a coroutine by hand."""
    try:
        work.send(None)
    except StopIteration:
        pass


class LocatingFrames(kit.TreeCase):
    FILES = {"shop/__init__.py": "", "shop/sample.py": SAMPLE}

    def calls(self):
        m = importlib.import_module("shop.sample")
        outer = m.Outer()
        inside, local = m.around(0)
        return [
            (lambda: m.plain(0), "plain", "function"), (lambda: m.decorated(0), "decorated", "function"),
            (lambda: outer.method(0), "Outer.method", "method"), (lambda: outer.size, "Outer.size", "property"),
            (lambda: setattr(outer, "size", 0), "Outer.size", "property"),
            (lambda: outer.made(0), "Outer.made", "typeMethod"), (lambda: outer.still(0), "Outer.still", "staticMethod"),
            (lambda: m.Outer.Inner().method(0), "Outer.Inner.method", "method"),
            (lambda: m.Outer.Inner.Deepest(0), "Outer.Inner.Deepest.__init__", "initializer"),
            (lambda: inside(0), "around.inside", "nested"), (lambda: local(0), "around.Local.method", "nested"),
            (lambda: m.packs(1), "packs", "function"), (lambda: m.keyed(0), "keyed", "function"),
            (lambda: next(m.lazy(0)), "lazy", "function"), (lambda: asynchronous(m.waits(0)), "waits", "function"),
            (lambda: asynchronous(m.streams(0).__anext__()), "streams", "function"),
            (lambda: m.twice(0), "twice", "function"), (lambda: m.first(0), "first.twice", "nested"),
        ]

    def innermost(self, call):
        try:
            call()
        except ZeroDivisionError as error:
            trace = error.__traceback__
            while trace.tb_next is not None:
                trace = trace.tb_next
            return trace.tb_frame.f_code, trace.tb_lineno
        self.fail("it did not fail")

    def test_the_innermost_frame_of_every_kind_of_function_is_found(self):
        for call, path, role in self.calls():
            with self.subTest(path):
                code, line = self.innermost(call)
                found = self.tree.locate("shop/sample.py", code.co_name, line)
                self.assertEqual((found["module"], ".".join(found["path"]), found["role"]), ("shop.sample", path, role))
                self.assertTrue(found["lines"][0] <= line <= found["lines"][1])

    def test_the_qualified_name_that_newer_interpreters_give_finds_the_same(self):
        for call, path, _ in self.calls():
            code, line = self.innermost(call)
            qualified = getattr(code, "co_qualname", path.replace("around.", "around.<locals>."))
            with self.subTest(qualified):
                found = self.tree.locate("shop/sample.py", qualified, line)
                self.assertEqual(".".join(found["path"]), path)

    def test_getter_and_setter_of_one_name_are_told_apart_by_their_lines(self):
        outer = importlib.import_module("shop.sample").Outer()
        getter, setter = [self.innermost(call) for call in (lambda: outer.size, lambda: setattr(outer, "size", 0))]
        lines = [self.tree.locate("shop/sample.py", "size", line)["lines"] for _, line in (getter, setter)]
        self.assertNotEqual(lines[0], lines[1])

    def test_a_decorator_s_line_belongs_to_its_function(self):
        line = 1 + SAMPLE.split("\n").index("@keep")
        self.assertEqual(self.tree.locate("shop/sample.py", "decorated", line)["path"], ["decorated"])

    def test_only_a_function_that_yields_itself_is_lazy(self):
        lines = SAMPLE.split("\n")
        for name, lazy in (("lazy", True), ("streams", True), ("holds_lazy", False), ("packs", False), ("waits", False)):
            line = 2 + next(i for i, text in enumerate(lines) if "def %s(" % name in text)
            with self.subTest(name):
                self.assertIs(self.tree.locate("shop/sample.py", name, line)["lazy"], lazy)

    def test_a_body_of_a_class_and_a_lambda_of_a_module_are_no_function(self):
        lines = SAMPLE.split("\n")
        self.assertIsNone(self.tree.locate("shop/sample.py", "Outer", 1 + lines.index("class Outer:")))
        top = 1 + next(i for i, text in enumerate(lines) if text.startswith("at_top"))
        self.assertIsNone(self.tree.locate("shop/sample.py", "<lambda>", top))
        self.assertEqual(self.tree.locate("shop/sample.py", "<module>", top)["role"], "module")

    def test_a_position_of_another_revision_is_no_function(self):
        for path, name, line in (("shop/sample.py", "plain", 400), ("shop/sample.py", "gone", 13), ("shop/none.py", "plain", 1),
                                 ("shop/sample.py", "plain", -1), ("../../etc/passwd", "plain", 1), ("/etc/hosts.py", "f", 1)):
            with self.subTest(path=path, name=name):
                self.assertIsNone(self.tree.locate(path, name, line))

    def test_files_that_do_not_parse_have_no_functions(self):
        self.write("shop/broken.py", "def f(:\n")
        self.write("shop/bytes.py", "x = '\0'\n")
        self.write("shop/deep.py", "x = " + "(" * 3000 + ")" * 3000 + "\n")
        for path in ("shop/broken.py", "shop/bytes.py", "shop/deep.py"):
            self.assertIsNone(self.tree.locate(path, "f", 1))

    def test_a_function_with_a_very_long_sum_is_described(self):
        self.write("shop/sums.py", "def f(n):\n    return n" + " + 1" * 900 + "\n")
        found = self.tree.locate("shop/sums.py", "f", 2)
        self.assertEqual(found["path"], ["f"])

    def test_what_is_sent_is_json_even_for_odd_constants(self):
        import json
        self.write("shop/odd.py", "def f(n='\\ud800', m=1e999, o=b'\\xff', p=..., q=3j):\n    return 10 ** 400, '\u2028'\n")
        found = self.tree.locate("shop/odd.py", "f", 2)
        self.assertEqual(json.loads(json.dumps(found)), found)

    def test_a_link_out_of_the_tree_is_not_read(self):
        import os
        os.symlink(kit.run.__file__, os.path.join(self.root, "shop", "link.py"))
        self.assertIsNone(self.tree.locate("shop/link.py", "forked", 40))


if __name__ == "__main__":
    sys.exit(kit.unittest.main())
