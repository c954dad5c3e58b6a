"""What a mutant's text compiles to: new code for functions, or a whole text where something that runs at import differs."""
import __future__

import ast
import os

from . import source, swaps

FUTURES = 0
for _name in __future__.all_feature_names:
    FUTURES |= getattr(__future__, _name).compiler_flag


class File:
    """A file with mutants: its text, its statements, and the codes of its functions."""

    def __init__(self, root, path):
        self.path = path
        self.whole = os.path.join(os.path.realpath(root), path)
        with open(self.whole, "rb") as file:
            self.raw = file.read()
        self.tree = ast.parse(self.raw)
        self.code = compile(self.raw, self.whole, "exec", dont_inherit=True)
        self.codes = list(swaps.all_functions(self.code))
        self.lines = self.raw.splitlines(keepends=True)
        self.units = {}
        self.places = None
        self.imports = self.hint()

    def mutated(self, mutant):
        return self.raw[:mutant["start"]] + mutant["replacement"].encode() + self.raw[mutant["end"]:]

    def statement_lines(self, mutant):
        """First and last line of the innermost statement around a mutant; of one with a body, those of its head."""
        first, last = mutant["lines"]
        found = [place for place in self.statements() if place[0] <= first and last <= -place[1]]
        return (max(found)[0], -max(found)[1]) if found else (first, last)

    def statements(self):
        """(first line, - last line) of every statement; of one with a body, of its head."""
        if self.places is None:
            self.places = set()
            for node in ast.walk(self.tree):
                if isinstance(node, ast.stmt):
                    body = getattr(node, "body", None)
                    end = max(node.lineno, body[0].lineno - 1) if isinstance(body, list) and body else node.end_lineno
                    self.places.add((node.lineno, -end))
        return self.places

    def hint(self):
        """A statement that does nothing, but tells the compiler which names are imported: it calls their members otherwise."""
        names = sorted({(alias.asname or alias.name).split(".")[0] for node in ast.walk(self.tree)
                        if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") != "__future__"
                        for alias in node.names} - {"*"})
        return "if 0: import %s\n" % ", ".join(names) if names else ""

    # --- functions

    def outer_function(self, mutant):
        """The outermost function whose body a mutant lies in, with the classes around it."""
        first, last = mutant["lines"]
        around, body = [], self.tree.body
        while True:
            node = next((n for n in body if isinstance(n, source.FUNCTIONS + (ast.ClassDef,)) and source.first_line(n) <= first
                         and last <= n.end_lineno), None)
            if node is None or not isinstance(node, ast.ClassDef):
                return (None, []) if node is None or self.is_head(node, mutant) else (node, around)
            around, body = around + [node], node.body

    def is_head(self, node, mutant):
        """Whether a mutant begins before the first statement of a function's body."""
        start = sum(map(len, self.lines[:node.body[0].lineno - 1])) + node.body[0].col_offset
        return mutant["start"] < start

    def compiled(self, mutant):
        """[(old code, new code)]; None where a process has to import the text; SyntaxError where it is none."""
        text = self.mutated(mutant)
        node, around = self.outer_function(mutant)
        old = self.unit(node, around) if node is not None else None
        if old is not None:
            try:
                new = self.skeleton(text, node, around, text.count(b"\n") - self.raw.count(b"\n"), old)
            except SyntaxError:
                new = None  # the whole text decides
            if new is not None:
                return swaps.function_pairs(old, new) if not swaps.same(old, new) else []
        code = compile(text, self.whole, "exec", dont_inherit=True)
        if swaps.same(self.code, code):
            return []
        try:
            return [(a, b) for a, b in swaps.pairs(self.code, code) if b is None or not swaps.same(a, b)]
        except swaps.Unswappable:
            return None

    def unit(self, node, around):
        """A function's code, if a text of it alone compiles to the very same."""
        key = node.lineno
        if key not in self.units:
            self.units[key] = None
            try:
                alone = self.skeleton(self.raw, node, around, 0, None)
            except SyntaxError:
                alone = None
            same = [code for code in self.codes if alone is not None and code == alone]
            if len(same) == 1:
                self.units[key] = same[0]
        return self.units[key]

    def skeleton(self, text, node, around, more, old):
        """The code of one function from its own lines, under heads of its classes, on the lines where it stands."""
        first, last = source.first_line(node), node.end_lineno + more
        lines = text.splitlines(keepends=True)[first - 1:last]
        spare = first - 1 - len(around) - bool(self.imports)
        if spare < 0:
            return None
        heads = b"".join(b" " * depth + b"class " + kind.name.encode() + b":\n" for depth, kind in enumerate(around))
        code = compile(self.imports.encode() + b"\n" * spare + heads + b"".join(lines), self.whole, "exec",
                       flags=self.code.co_flags & FUTURES, dont_inherit=True)
        for kind in around:
            code = next((c for c in swaps.nested(code) if c.co_name == kind.name), None)
            if code is None:
                return None
        found = [c for c in swaps.nested(code) if c.co_name == node.name and swaps.is_function(c)]
        return found[0] if len(found) == 1 else None
