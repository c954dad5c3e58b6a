"""Statements out of the middle of a file: what a sender shows is a few lines, cut anywhere."""
import ast
import io
import os
import random
import sys
import textwrap
import tokenize
import unittest

import kit
from kit import nodes, syntax

SOURCES = [textwrap, random, io, tokenize, unittest.case]
SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert)


def statements_at(found, line):
    return [n for n in nodes(found) if n.get("s") and n["s"][0] == line and n["k"] in {t.__name__ for t in SIMPLE}]


def spanless(record):
    if isinstance(record, list):
        return [spanless(item) for item in record]
    if isinstance(record, dict):
        return {key: spanless(value) for key, value in record.items() if key != "s"}
    return record


class CutSource(unittest.TestCase):
    def test_a_statement_that_is_shown_whole_is_read_as_the_file_has_it(self):
        """For windows of five lines before and after over real modules, with as many indents and cut blocks as they have."""
        checked = 0
        for module in SOURCES:
            with open(module.__file__, encoding="utf-8") as file:
                text = file.read()
            lines, whole = text.split("\n"), ast.parse(text)
            strings = {n for t in tokenize.generate_tokens(io.StringIO(text).readline)
                       if t.start[0] != t.end[0] and t.type != tokenize.NEWLINE for n in range(t.start[0], t.end[0] + 1)}
            owned = [n for n in ast.walk(whole) if isinstance(n, SIMPLE)]
            for node in random.Random(module.__name__).sample(owned, min(40, len(owned))):
                first, last = max(1, node.lineno - 5), min(len(lines), node.lineno + 5)
                if node.end_lineno > last or strings & set(range(first, last + 1)):
                    continue
                found = syntax.fragment(lines[first - 1:last], node.lineno - first)
                same = statements_at(found, node.lineno - first + 1)
                with self.subTest(module=module.__name__, line=node.lineno):
                    self.assertIn(spanless(syntax.tree(node)), [spanless(s) for s in same])
                checked += 1
        self.assertGreater(checked, 60)

    def test_lines_are_counted_from_the_first_that_was_sent(self):
        found = syntax.fragment(["    )", "    a = 1", "    b = f(a)", "    c = ["], 2)
        self.assertEqual(sorted(n["s"][0] for n in nodes(found) if n["k"] == "Assign"), [2, 3])

    def test_a_cut_block_keeps_dots_and_a_whole_one_has_none(self):
        def dots(found):
            return [n for n in nodes(found) if n["k"] == "Constant" and n.get("t") == "ellipsis"]
        for cut in (["def f(a):"], ["x = 1", "try:"], ["with a as b:"], ["try:", "    x = f()"], ["for a in b:"],
                    ["if a:", "    x = 1", "else:"], ["class A:"], ["async def f():"]):
            with self.subTest(cut=cut):
                found = syntax.fragment(cut, len(cut) - 1)
                self.assertTrue(found)
                self.assertTrue(dots(found))
        self.assertFalse(dots(syntax.fragment(["def f(a):", "    return a"], 1)))

    def test_tabs_stand_for_their_columns(self):
        found = syntax.fragment(["\tif a:", "\t\tb = 1", "\t\tc = b", "\td = 2"], 2)
        self.assertEqual([s["targets"][0]["id"] for s in statements_at(found, 3)], ["c"])

    def test_brackets_that_are_cut_off_are_left_out(self):
        found = syntax.fragment(["    first,", "    second)", "value = f(1)", "rest = g(", "    more"], 2)
        self.assertEqual([n["k"] for n in found], ["Assign"])

    def test_lines_before_a_deeper_block_are_kept_with_it(self):
        found = syntax.fragment(["        a = 1", "        b = 2", "    c = a", "d = c"], 3)
        names = [n["targets"][0]["id"] for n in nodes(found) if n["k"] == "Assign"]
        self.assertEqual(sorted(names), ["a", "b", "c", "d"])


class HostileSource(unittest.TestCase):
    """Nothing that an event shows as source may end or hold up the kit."""

    def test_text_that_is_no_source_gives_nothing(self):
        for lines in (["x = '\0'"], ["x\0 = 1"], ["\ud800 = 1"], ["(" * 60_000], ["[" * 60_000 + "]" * 60_000], [""], ["   "],
                      ['"""'], ["é\udcff"], ["{" * 20_000]):
            with self.subTest(lines[0][:10]):
                self.assertEqual(syntax.fragment(lines, 0), [])

    def test_deep_trees_give_nothing_or_a_tree(self):
        import json
        deep = ["-" * 60_000 + "1", "not " * 20_000 + "a", "a" + ".b" * 900, "a" + "()" * 900, "1" + "+1" * 900, "lambda:" * 900 + "0",
                "a" + "[0]" * 3_000, "x = " + "a if b else " * 900 + "c", "f(" * 90 + ")" * 90]
        for line in deep:
            with self.subTest(line[:12]):
                json.dumps(syntax.fragment([line], 0))

    def test_hundreds_of_nested_blocks_are_survived(self):
        lines = [" " * depth + "if a:" for depth in range(150)]
        self.assertIsInstance(syntax.fragment(lines, 149), list)

    def test_a_focus_that_no_line_has_gives_nothing(self):
        for focus in (-1, 3, 10**9):
            self.assertEqual(syntax.fragment(["a", "b", "c"], focus), [])

    def test_more_than_two_hundred_lines_or_characters_without_end_are_not_read(self):
        self.assertTrue(syntax.fragment(["a = 1"] * 200, 100))
        self.assertEqual(syntax.fragment(["a = 1"] * 201, 100), [])
        self.assertEqual(syntax.fragment(["a = 1", "b" * 200_000], 0), [])

    def test_text_that_never_parses_is_given_up_on(self):
        """The work is bounded by characters handed to the parser, not by the square of the lines."""
        handed, real = [], ast.parse

        def counting(text, *more, **named):
            handed.append(len(text))
            return real(text, *more, **named)
        syntax.ast.parse = counting
        try:
            self.assertEqual(syntax.fragment(["x = ) " + "y" * 900] * 200, 100), [])
        finally:
            syntax.ast.parse = real
        self.assertLess(sum(handed), 20_000_000)


if __name__ == "__main__":
    sys.exit(unittest.main())
