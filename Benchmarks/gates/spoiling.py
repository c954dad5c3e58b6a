"""Rules that start from a right fix: a twist in it, a change smuggled in beside it, a suite weakened with it."""

from __future__ import annotations

import ast
import difflib
import re

from .probing import digest
from .sources import Source, body_of

TWISTS, SMUGGLED = "twist", "smuggle"
EMPTY = ("None", "False", "0", '""', "''", "[]", "{}", "()")  # another empty value may make no difference


def added_lines(old, new):
    """The numbers of the lines of `new` that `old` has not."""
    numbers = set()
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    for tag, _, _, first, last in matcher.get_opcodes():
        if tag != "equal":
            numbers |= set(range(first + 1, last + 1))
    return numbers


def sources(case, files):
    """(path, patched source, added lines) of the fix's Python files."""
    for path, new in files.items():
        where = case.repository / path
        if new is not None and path.endswith(".py"):
            yield path, Source(new), added_lines(where.read_bytes() if where.exists() else b"", new)


def twists(case, files):
    """(rule, variant, changes) of the fix with one thing in its own lines wrong."""
    for path, source, added in sources(case, files):
        for node in ast.walk(source.tree):
            if getattr(node, "lineno", None) in added and node.lineno == node.end_lineno:
                for name, text in twisted(source, node):
                    raw = source.in_place(node, text)
                    if raw is not None:
                        yield name, f"{path}:{node.lineno} {text}", {**files, path: raw}


def twisted(source, node):
    parent = source.parents.get(node)
    text = source.text(node)
    if isinstance(parent, (ast.If, ast.While, ast.IfExp)) and parent.test is node:
        yield from (("fix-with-true-guard", "True"), ("fix-with-true-guard", f"({text}) or True"))
        yield from (("fix-turned-round", f"not ({text})"), ("fix-never-taken", f"({text}) and False"))
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is):
            yield "fix-too-wide", f"not {source.text(node.left)}"
        if isinstance(node, ast.BoolOp) and len(node.values) == 2:
            yield from (("fix-half-condition", source.text(value)) for value in node.values)
    if isinstance(parent, (ast.Return, ast.Yield)) and parent.value is node:
        yield from (("fix-other-answer", other) for other in ("None", "0", '""', "[]") if other != text)
    told = isinstance(parent, (ast.Expr, ast.JoinedStr))
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, str)) and not told:
        if isinstance(node.value, str):
            yield from (("fix-other-constant", other) for other in ('""', "None", repr(node.value + "x")))
        elif not isinstance(node.value, bool):
            yield from (("fix-other-constant", str(node.value + 1)), ("fix-other-constant", "None"))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        flipped = {ast.Lt: ">=", ast.Gt: "<=", ast.LtE: ">", ast.GtE: "<", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in"}
        if type(node.ops[0]) in flipped:
            other = f"{source.text(node.left)} {flipped[type(node.ops[0])]} {source.text(node.comparators[0])}"
            yield "fix-turned-round", other
    if isinstance(node, ast.ExceptHandler) or isinstance(parent, ast.ExceptHandler) and parent.type is node:
        if text != "Exception" and not isinstance(node, ast.ExceptHandler):
            yield "fix-catches-all", "Exception"


def smuggled(case, files):
    """The fix, and a change of behaviour in a function that it does not touch; wrong by construction."""
    for path, source, added in sources(case, files):
        elsewhere = [function for _, function in source.functions()
                     if not added & set(range(function.lineno, function.end_lineno + 1)) and not function.name.startswith("__")]
        elsewhere.sort(key=lambda function: digest(case.id, function.name, str(function.lineno)))
        for function in elsewhere[:6]:
            for name, raw in upset(source, function):
                if raw is not None:
                    yield name, f"{path}:{function.name}", {**files, path: raw}


def upset(source, function):
    """One change to a function that nobody asked for."""
    nodes = [node for statement in body_of(function) for node in ast.walk(statement)]
    for node in nodes:
        if isinstance(node, ast.If) and "\n" not in source.text(node.test):
            yield "smuggled-condition", source.in_place(node.test, f"not ({source.text(node.test)})")
            break
    for node in nodes:
        if isinstance(node, ast.Return) and node.value is not None and source.text(node.value) not in (*EMPTY, "self"):
            yield "smuggled-answer", source.in_place(node.value, "None")
            break
    for node in nodes:
        if isinstance(node, ast.Raise) and source.alone(node):
            yield "deleted-validation", source.block(node, node, [source.indent(node) + "pass"])
            break
    for node in nodes:
        if isinstance(node, ast.Constant) and type(node.value) is int and node.lineno == node.end_lineno:
            yield "smuggled-constant", source.in_place(node, str(node.value + 1))
            break


def weakened(case, files):
    """The fix, and less of a suite; wrong by construction."""
    tests = sorted(path for path in case.repository.rglob("test_*.py") if ".git" not in path.parts)
    tests.sort(key=lambda path: digest(case.id, path.name))
    for test in tests[:3]:
        path, raw = str(test.relative_to(case.repository)), test.read_bytes()
        yield "deleted-tests", path, {**files, path: None}
        yield "skipped-tests", path, {**files, path: b"import pytest\n\npytestmark = pytest.mark.skip\n\n" + raw}
        fewer = re.sub(rb"^(\s+)assert .*$", rb"\1pass", raw, count=1, flags=re.M)
        if fewer != raw:
            yield "dropped-assertion", path, {**files, path: fewer}
