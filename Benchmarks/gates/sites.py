"""Where an author in a hurry would look: the line that failed, its function, and who called it."""

from __future__ import annotations

import ast
import builtins

from .sources import Source, body_of


class Site:
    """A frame of the failure: the statement that failed or called, in its function, in its file."""

    def __init__(self, case, frame):
        self.path, self.line, _, self.captured = frame
        self.module = case.module(self.path)
        self.source = Source((case.repository / self.path).read_bytes())
        self.function = self.source.function_at(self.line)
        self.statement = self.source.statement_at(self.function, self.line) if self.function else None
        self.exception = named(case.entry.get("exception_type") or "Exception")

    @property
    def usable(self):
        return self.statement is not None and self.source.alone(self.statement) and bool(self.body)

    @property
    def body(self):
        return body_of(self.function)

    @property
    def parameters(self):
        arguments = self.function.args
        names = [argument.arg for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]
        return [name for name in names if name not in ("self", "cls")]

    @property
    def expressions(self):
        """The part of the statement that runs first: all of a simple one, the head of a block."""
        if not hasattr(self.statement, "body"):
            return [self.statement]
        heads = [getattr(self.statement, name, None) for name in ("test", "iter", "target")]
        return [head for head in heads if head is not None] + [item.context_expr for item in getattr(self.statement, "items", [])]

    def operands(self):
        """What is read at the failing statement and may be the value that nobody expected, the shortest first."""
        texts = {}
        for part in self.expressions:
            for node in ast.walk(part):
                plain = isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Load)
                parent = self.source.parents.get(node)
                callee = isinstance(parent, ast.Call) and parent.func is node
                if plain and not callee and not any(isinstance(inner, ast.Call) for inner in ast.walk(node)):
                    text = self.source.text(node)
                    if "\n" not in text and text not in ("self", "cls") and not hasattr(builtins, text):
                        texts.setdefault(text, node)
        return sorted(texts.items(), key=lambda item: (len(item[0]), item[0]))

    def names(self):
        """Parameters that the failing statement depends on first, then the others; then `self.x` of the statement."""
        used = [text for text, _ in self.operands()]
        first = [name for name in self.parameters
                 if any(text == name or text.startswith((name + ".", name + "[")) for text in used)]
        own = [text for text in used if text.startswith("self.") and text.count(".") == 1 and "[" not in text]
        return (first + own + [name for name in self.parameters if name not in first])[:3]

    def in_loop(self):
        return self.source.within(self.statement, (ast.For, ast.While, ast.AsyncFor), self.function) is not None


def named(exception):
    """The type's name where a handler can write it without an import."""
    name = exception.split(".")[-1]
    return name if hasattr(builtins, name) else "Exception"


def sites_of(case):
    """The innermost usable site, then its callers, each function once."""
    sites, seen, lines = [], set(), set()
    for frame in reversed(case.frames):
        if frame[:2] in lines:
            continue
        lines.add(frame[:2])
        try:
            site = Site(case, frame)
        except (OSError, SyntaxError, ValueError):
            continue
        key = (site.path, getattr(site.function, "lineno", None))
        if site.usable and key not in seen:
            seen.add(key)
            sites.append(site)
        if len(sites) == 3:
            break
    return sites
