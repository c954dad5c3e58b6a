"""A Python file and edits of it that leave every other byte as it was."""

from __future__ import annotations

import ast
import warnings

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Source:
    def __init__(self, raw):
        self.raw, self.tree = raw, parsed(raw)
        self.lines = raw.split(b"\n")
        self.end_of_line = "\r\n" if raw.count(b"\r\n") * 2 > len(self.lines) else "\n"
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def span(self, node):
        """The bytes of a node, decorators not counted."""
        return (self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset)

    def text(self, node):
        start, end = self.span(node)
        return self.raw[start:end].decode("utf-8", "replace")

    def indent(self, node):
        line = self.lines[node.lineno - 1]
        return line[:len(line) - len(line.lstrip())].decode()

    def alone(self, node):
        """Whether the statement has its lines for itself, so that whole lines can be replaced."""
        before = self.lines[node.lineno - 1][:node.col_offset]
        after = self.lines[node.end_lineno - 1][node.end_col_offset:].strip()
        return not before.strip() and (not after or after.startswith(b"#"))

    def edited(self, *edits):
        """The file with (start, end, text) in place of those bytes; None where it is no Python any more."""
        raw = self.raw
        for start, end, text in sorted(edits, reverse=True):
            raw = raw[:start] + text.replace("\n", self.end_of_line).encode() + raw[end:]
        if not compiles(raw):
            return None
        return raw if raw != self.raw else None

    def in_place(self, node, text):
        """The file with other text in place of a node."""
        return self.edited((*self.span(node), text))

    def block(self, first, last, lines):
        """The file with other lines in place of the statements from `first` to `last`."""
        start, end = self.starts[first.lineno - 1], self.starts[last.end_lineno] - 1
        if self.raw[end - 1:end] == b"\r":
            end -= 1
        return self.edited((start, min(end, len(self.raw)), "\n".join(lines)))

    def before(self, node, lines):
        """The file with lines before a statement, at its indentation."""
        indent, start = self.indent(node), self.starts[first_line(node) - 1]
        return self.edited((start, start, "".join(f"{indent}{line}\n" for line in lines)))

    def deeper(self, first, last, by="    "):
        """The lines of the statements, one level deeper; the inside of a string keeps its own."""
        inside = {number for node in ast.walk(self.tree)
                  if isinstance(node, (ast.Constant, ast.JoinedStr)) and node.end_lineno > node.lineno
                  for number in range(node.lineno + 1, node.end_lineno + 1)}
        lines = []
        for number in range(first_line(first), last.end_lineno + 1):
            line = self.lines[number - 1].decode("utf-8", "surrogateescape").rstrip("\r")
            lines.append(by + line if line.strip() and number not in inside else line)
        return lines

    def functions(self):
        """Every function, with its dotted name, outer ones first."""
        def walk(node, names):
            for child in ast.iter_child_nodes(node):
                inner = [*names, child.name] if isinstance(child, (*FUNCTIONS, ast.ClassDef)) else names
                if isinstance(child, FUNCTIONS):
                    yield ".".join(inner), child
                yield from walk(child, inner)
        yield from walk(self.tree, [])

    def function_at(self, line):
        """The innermost function that holds the line."""
        found = [node for _, node in self.functions() if first_line(node) <= line <= node.end_lineno]
        return found[-1] if found else None

    def statement_at(self, function, line):
        """The innermost statement of the function that holds the line."""
        found = None
        for node in ast.walk(function):
            if isinstance(node, ast.stmt) and node is not function and node.lineno <= line <= node.end_lineno:
                if found is None or node.lineno >= found.lineno:
                    found = node
        return found

    def within(self, node, kinds, function):
        """The innermost enclosing node of one of the kinds, inside the function."""
        while node is not None and node is not function:
            node = self.parents.get(node)
            if isinstance(node, kinds):
                return node
        return None


def parsed(raw):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(raw)


def compiles(raw):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(raw, "patched", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return False
    return True


def first_line(node):
    return min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])


def body_of(function):
    """The statements after the docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return function.body[1:] if documented else function.body
