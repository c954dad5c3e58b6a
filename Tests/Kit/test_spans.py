"""Files with their syntax by offsets: what a span holds is what the node is, whatever stands around it."""
import ast
import glob
import os
import random
import unittest

import kit
from kit import spans

LIBRARY = os.path.dirname(os.__file__)


def flattened(record):
    yield record
    for child in record[5]:
        yield from flattened(child)


class SpanCase(kit.TreeCase):
    def found(self, raw, lines=None):
        with open(os.path.join(self.root, "a.py"), "wb") as file:
            file.write(raw if isinstance(raw, bytes) else raw.encode())
        return spans.syntax(self.tree, "a.py", lines)

    def texts(self, raw, kind):
        answer = self.found(raw)
        return [text(answer, record) for record in flattened(answer["root"]) if record[0] == kind]

    def check(self, answer):
        """Children lie inside their parents and in order; names, attributes and literals are what their spans hold."""
        known = 0
        for record in flattened(answer["root"]):
            at = record[3]
            for child in record[5]:
                self.assertLessEqual(at, child[3], (record[:5], child[:5]))
                self.assertLessEqual(child[3], child[4])
                self.assertLessEqual(child[4], record[4], (record[:5], child[:5]))
                at = child[4]
            kind, label, held = record[0], record[1], text(answer, record)
            if kind == "Name":
                self.assertEqual(held, label)
            elif kind == "Attribute":
                self.assertTrue(held.endswith(label), held)
                self.assertIsInstance(ast.parse("(%s)" % held, mode="eval").body, ast.Attribute)
            elif kind == "Constant":
                value = ast.literal_eval("(%s\n)" % held)
                self.assertEqual(type(value).__name__, label)
            elif kind in ("Call", "BinOp", "Compare", "BoolOp", "IfExp", "Subscript", "ListComp", "Dict", "JoinedStr", "Lambda"):
                self.assertEqual(type(ast.parse("(%s\n)" % held, mode="eval").body).__name__, kind)
            elif kind == "comprehension":
                ast.parse("[0 %s\n]" % held)
            elif kind == "entry":
                ast.parse("{%s\n}" % held)
            elif kind == "arg":
                ast.parse("def f(%s\n): pass" % held)
            elif kind == "keyword":
                ast.parse("f(%s\n)" % held)
            elif kind == "decorator":
                self.assertEqual(held[0], "@")
                ast.parse(held + "\ndef f(): pass")
            elif kind == "match_case":
                self.assertTrue(held.startswith("case"))
            else:
                continue
            known += 1
        return known


def text(answer, record):
    return answer["text"].encode()[record[3]:record[4]].decode()


class RealFiles(SpanCase):
    def test_every_span_of_real_modules_holds_its_node(self):
        names = sorted(glob.glob(LIBRARY + "/*.py") + glob.glob(LIBRARY + "/test/test_*.py") + glob.glob(LIBRARY + "/asyncio/*.py"))
        known = files = 0
        for name in random.Random(5).sample(names, 24) + [LIBRARY + "/test/test_" + n + ".py" for n in ("grammar", "generators")]:
            if not os.path.exists(name) or os.path.getsize(name) > 120_000:
                continue
            with open(name, "rb") as file:
                raw = file.read()
            for made in (raw, raw.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + raw):
                answer = self.found(made)
                if answer is None:
                    continue
                with self.subTest(name=name, first=made[:4]):
                    known += self.check(answer)
                    files += 1
        self.assertGreater(files, 40)
        self.assertGreater(known, 40_000)


class Places(SpanCase):
    def test_parentheses_belong_to_what_they_surround_only_where_the_language_says_so(self):
        self.assertEqual(self.texts("a = ((b)) + (c, d)\n", "Name"), ["a", "b", "c", "d"])
        self.assertEqual(self.texts("a = ((b)) + (c, d)\n", "BinOp"), ["((b)) + (c, d)"])
        self.assertEqual(self.texts("a = (b\n  + c)\n", "BinOp"), ["b\n  + c"])

    def test_clauses_entries_and_defaults_keep_their_own_parentheses(self):
        self.assertEqual(self.texts("[(x) for (x) in (y) if (x) if ((z))]", "comprehension"), ["for (x) in (y) if (x) if ((z))"])
        self.assertEqual(self.texts("[x for x in (y) for z in w(x) if x]", "comprehension"), ["for x in (y)", "for z in w(x) if x"])
        self.assertEqual(self.texts("async def f(): return [x async for x in y()]", "comprehension"), ["async for x in y()"])
        self.assertEqual(self.texts("f(x for x in (y) # )\n  )", "comprehension"), ["for x in (y)"])
        self.assertEqual(self.texts("{ (a) : (b), **c, d: e,}", "entry"), ["(a) : (b)", "d: e"])
        self.assertEqual(self.texts("def f(a, /, b=(1), *c, d: int=((2)), **e): pass", "arg"),
                         ["a", "b=(1)", "*c", "d: int=((2))", "**e"])

    def test_a_decorated_definition_begins_at_its_first_decorator(self):
        code = "@a\n@(b)\n@c(1) # c\nasync def f(): pass\n"
        self.assertEqual(self.texts(code, "decorator"), ["@a", "@(b)", "@c(1)"])
        self.assertEqual(self.texts(code, "AsyncFunctionDef"), ["@a\n@(b)\n@c(1) # c\nasync def f(): pass"])

    def test_bytes_are_counted_and_not_characters(self):
        code = "\ufeffé = 'ü\U0001f600'\r\n\f\tb = é\r\nif b:\r\n\tc = \"\"\"x\r\ny\"\"\" + é\r\n"
        self.assertEqual(self.texts(code.replace("\f\t", "\f"), "Name"), ["é", "b", "é", "b", "c", "é"])

    def test_files_of_other_encodings_are_nothing_or_right(self):
        self.assertIsNone(self.found("# coding: latin-1\na = 'é'\n".encode("latin-1")))
        self.assertIsNone(self.found("# coding: latin-1\na = 'é'\n".encode()))
        self.assertEqual(self.texts(b"# coding: latin-1\na = b\n", "Name"), ["a", "b"])
        for raw in (b"a = (", b"\xff", b"a\0b", b"# coding: nonsense\n", "a = 'é'".encode("utf-16")):
            self.assertIsNone(self.found(raw))

    def test_old_breaks_and_odd_ends_are_lines(self):
        self.assertEqual(self.texts(b"a = 1\rb = a\r", "Name"), ["a", "b", "a"])
        self.assertEqual(self.texts("x = 'a\u2028b\x0b'\ny = x", "Name"), ["x", "y", "x"])
        self.assertEqual(self.found("")["root"], ["Module", "", "", 0, 0, []])

    def test_only_the_bodies_on_the_wanted_lines_come(self):
        code = "@d\ndef a():\n    return 1\n\nclass B:\n    def c(self):\n        return 2\n    def e(self):\n        return 3\n"
        names = [r[1] for r in flattened(self.found(code, [[7, 7]])["root"]) if r[0] == "Constant"]
        whole = self.found(code, [[1, 1], [9, 99]])
        self.assertEqual(len(names), 1)
        self.assertEqual([text(whole, r) for r in flattened(whole["root"]) if r[0] == "Return"], ["return 1", "return 3"])

    def test_files_outside_the_tree_are_not_read(self):
        for path in ("../a.py", os.__file__, "missing.py", ""):
            self.assertIsNone(spans.syntax(self.tree, path, None))

    def test_deep_trees_come_without_their_depths(self):
        import json
        for code in ("a = " + "1+" * 900 + "1", "a" + ".b" * 900, "x = " + "(" * 90 + "1" + ")" * 90):
            found = self.found(code)
            if found is not None:
                json.dumps(found)
                self.check(found)
