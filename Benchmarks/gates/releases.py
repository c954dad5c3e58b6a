"""The difference of two releases, in changes that can be applied one by one."""

from __future__ import annotations

import ast
import difflib
import pathlib

from .sources import FUNCTIONS, Source, compiles, first_line

SKIPPED = ("test", "tests", "docs", "doc", "examples", "benchmarks", "setup.py", "version.py", "_version.py", "__version__.py")


def outermost(raw):
    """(first, last, name) of the functions that are in no other function, methods with their class."""
    spans = []

    def walk(node, names):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, FUNCTIONS):
                spans.append((first_line(child), child.end_lineno, ".".join([*names, child.name])))
            else:
                walk(child, [*names, child.name] if isinstance(child, ast.ClassDef) else names)
    walk(Source(raw).tree, [])
    return spans


def owner(spans, first, last):
    """The functions that lines [first, last) touch."""
    return {name for start, end, name in spans if first < end + 1 and last > start}


class Change:
    """One function's (or one piece of module code's) difference between two releases."""

    def __init__(self, path, name, hunks=()):
        self.path, self.name, self.hunks = path, name, list(hunks)


def changes_of(path, old, new):
    """The difference of two files as changes that can be applied one by one."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    spans_before, spans_after = outermost(old), outermost(new)
    groups = {}
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            names = owner(spans_before, a + 1, b + 1) | owner(spans_after, c + 1, d + 1)
            key = min(names) if names else f"lines {a + 1}"
            groups.setdefault(key, Change(path, key)).hunks.append((a, b, after[c:d]))
    return list(groups.values())


def applied(old, changes):
    lines = old.splitlines(keepends=True)
    for a, b, new in sorted((hunk for change in changes for hunk in change.hunks), key=lambda hunk: hunk[:2], reverse=True):
        lines[a:b] = new
    return b"".join(lines)


def differences(case):
    """Every change of the package's code between the two releases, and the old files."""
    root = pathlib.Path(case.away / "buggy")
    source = root / case.entry["source_root"]
    files = [source] if source.is_file() else sorted(source.rglob("*.py"))
    changes, old = [], {}
    for file in files:
        path = str(file.relative_to(root))
        newer = case.fixed / path
        if any(part in SKIPPED for part in file.relative_to(root).parts) or not newer.is_file():
            continue
        raw, other = file.read_bytes(), newer.read_bytes()
        if raw != other:
            try:
                changes += changes_of(path, raw, other)
                old[path] = raw
            except (SyntaxError, ValueError):
                continue
    return changes, old


def built(case, changes, old):
    """{path: content} with these changes; None where they make no program."""
    files = {}
    for path in sorted({change.path for change in changes}):
        files[path] = applied(old[path], [change for change in changes if change.path == path])
        if not compiles(files[path]):
            return None
    return files
