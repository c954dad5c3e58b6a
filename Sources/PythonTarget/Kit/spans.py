"""A file and its syntax tree by offsets of bytes: `[kind, label, field, start, end, children]`, children in the source's order.

Nodes that Python's own tree places nowhere (parameters, entries, clauses, items of a `with`) get the span of what they hold.
"""
import ast
import re
import sys
import tokenize

DEEPEST = 120  # nodes inside each other; a deeper one comes without its children
BREAKS = re.compile(rb"\r\n|\r|\n")
BLANK = re.compile(rb"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)+")
OPERATORS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "MatMult": "@", "Pow": "**",
             "LShift": "<<", "RShift": ">>", "BitOr": "|", "BitAnd": "&", "BitXor": "^", "And": "and", "Or": "or", "Not": "not",
             "USub": "-", "UAdd": "+", "Invert": "~", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
             "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in"}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def syntax(tree, path, lines):
    """The text and the tree of a tree file; None where it does not parse, or is not the UTF-8 that its offsets count."""
    whole = tree.inside(path)
    if whole is None:
        return None
    try:
        with open(whole, "rb") as file:
            raw = file.read()
        with open(whole, "rb") as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
        text = raw.decode("utf-8")
        if raw.decode(encoding) != (text[1:] if encoding == "utf-8-sig" else text):
            return None
        node = ast.parse(raw)
        return {"text": text, "root": Spans(raw, lines).module(node)}
    except (SyntaxError, ValueError, LookupError, OSError, RecursionError, MemoryError):
        return None


class Spans:
    def __init__(self, raw, lines=None):
        self.raw = raw
        self.lines = lines
        self.starts = [3 if raw.startswith(b"\xef\xbb\xbf") else 0] + [found.end() for found in BREAKS.finditer(raw)]

    def module(self, node):
        return ["Module", "", "", 0, len(self.raw), self.made(node.body, "body", 1)]

    def span(self, node):
        return (self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset)

    def after(self, at):
        """The offset of what comes next behind blanks and comments."""
        found = BLANK.match(self.raw, at)
        return found.end() if found else at

    def closed(self, at):
        """The offset behind the closing parentheses that follow."""
        while self.raw[self.after(at):self.after(at) + 1] == b")":
            at = self.after(at) + 1
        return at

    def made(self, value, field, depth):
        """The records of a node or of a list of nodes."""
        if isinstance(value, list):
            return [record for item in value for record in self.made(item, field, depth)]
        if not isinstance(value, ast.AST):
            return []
        start, end = self.span(value)
        if isinstance(value, DEFINITIONS) and value.decorator_list:
            start = self.at_sign(value.decorator_list[0])
        children = [] if depth > DEEPEST else self.children(value, depth + 1)
        children.sort(key=lambda record: record[3])
        return [[type(value).__name__, self.label(value), field, start, end, children]]

    def at_sign(self, decorator):
        at = self.span(decorator)[0]
        while self.raw[at:at + 1] != b"@":
            at -= 1
        return at

    def label(self, node):
        for field in ("name", "id", "attr", "arg"):
            if isinstance(getattr(node, field, None), str):
                return getattr(node, field)
        if isinstance(node, ast.Compare):
            return ", ".join(OPERATORS[type(op).__name__] for op in node.ops)
        if isinstance(node, ast.Constant):
            return type(node.value).__name__
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            return ", ".join(node.names)
        if isinstance(node, ast.ImportFrom):
            return "." * (node.level or 0) + (node.module or "")
        if isinstance(node, ast.Import):
            return ", ".join(alias.name for alias in node.names)
        if isinstance(node, ast.If) and self.raw.startswith(b"elif", self.span(node)[0]):
            return "chained"
        return OPERATORS.get(type(getattr(node, "op", None)).__name__, "")

    def children(self, node, depth):
        special = getattr(self, "of_" + type(node).__name__, None)
        if special:
            return special(node, depth)
        return [record for field, value in ast.iter_fields(node) for record in self.field(node, field, value, depth)]

    def field(self, node, field, value, depth):
        if field in ("ops", "op", "ctx", "names"):
            return []
        if isinstance(value, ast.arguments):
            return self.parameters(value, depth)
        if field == "decorator_list":
            return [self.decorator(item, depth) for item in value]
        if field == "generators":
            return self.clauses(node, value, depth)
        if field == "body" and isinstance(node, DEFINITIONS[:2]) and not self.is_wanted(node):
            return []
        return self.made(value, field, depth)

    def is_wanted(self, node):
        first = min([node.lineno] + [d.lineno for d in node.decorator_list])
        return self.lines is None or any(first <= last and begin <= node.end_lineno for begin, last in self.lines)

    # --- what Python's tree places nowhere

    def decorator(self, node, depth):
        start = self.at_sign(node)
        end = self.span(node)[1]
        if b"(" in self.raw[start:self.span(node)[0]]:
            end = self.closed(end)
        return ["decorator", "", "decorator_list", start, end, self.made(node, "value", depth)]

    def parameters(self, arguments, depth):
        plain = arguments.posonlyargs + arguments.args
        defaults = [None] * (len(plain) - len(arguments.defaults)) + arguments.defaults
        found = [self.parameter(item, default, b"", depth) for item, default in zip(plain, defaults)]
        found += [self.parameter(item, default, b"", depth) for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults)]
        for item, stars in ((arguments.vararg, b"*"), (arguments.kwarg, b"**")):
            if item is not None:
                found.append(self.parameter(item, None, stars, depth))
        return found

    def parameter(self, item, default, stars, depth):
        start, end = self.span(item)
        if stars:
            start = self.raw.rindex(stars, 0, start)
        children = self.made(item.annotation, "annotation", depth)
        if default is not None:
            children += self.made(default, "default", depth)
            end = self.balanced(end, children[-1])
        return ["arg", item.arg, "parameters", start, end, children]

    def balanced(self, opened, record):
        """The end of a record with the parentheses that open between `opened` and it."""
        gap, end = BLANK.sub(b" ", self.raw[opened:record[3]]), record[4]
        for _ in range(gap.count(b"(")):
            end = self.after(end) + 1
        return end

    def of_Dict(self, node, depth):
        found, at = [], self.span(node)[0] + 1
        for key, value in zip(node.keys, node.values):
            start = self.after(at)
            children = self.made(key, "key", depth) + self.made(value, "value", depth)
            end = self.closed(children[-1][4])
            found.append(["spread" if key is None else "entry", "**" if key is None else "", "entries", start, end, children])
            at = self.after(end) + 1
        return found

    def clauses(self, node, generators, depth):
        found, at = [], max(self.span(part)[1] for part in (getattr(node, "elt", None) or node.key, getattr(node, "value", None)) if part)
        for item in generators:
            start = self.after(self.closed(at))
            children = self.made(item.target, "target", depth) + self.made(item.iter, "iter", depth) \
                + self.made(item.ifs, "test", depth)
            at, behind = start, start
            for record in children:
                behind = self.closed(record[4]) if record is not children[-1] else self.balanced(at, record)
                at = behind
            found.append(["comprehension", "", "generators", start, behind, children])
        return found

    def of_Call(self, node, depth):
        return self.made(node.func, "func", depth) + self.made(node.args + node.keywords, "args", depth)

    def of_ClassDef(self, node, depth):
        return [record for field, value in (("decorator_list", node.decorator_list), ("part", getattr(node, "type_params", [])),
                                            ("bases", node.bases + node.keywords), ("body", node.body)) for record in self.field(node, field, value, depth)]

    def of_JoinedStr(self, node, depth):
        """The expressions inside; before 3.12 their places are not known."""
        if sys.version_info < (3, 12):
            return []
        found = []
        for item in ast.walk(ast.Tuple(elts=list(node.values), ctx=ast.Load())) if depth <= DEEPEST else []:
            if isinstance(item, ast.FormattedValue):
                found += self.made(item.value, "value", depth)
        return [record for record in found if not any(other is not record and other[3] <= record[3] and record[4] <= other[4]
                                                      for other in found)]

    def of_With(self, node, depth):
        found = []
        for item in node.items:
            found += self.made(item.context_expr, "value", depth) + self.made(item.optional_vars, "target", depth)
        return found + self.made(node.body, "body", depth)

    of_AsyncWith = of_With

    def of_Match(self, node, depth):
        return self.made(node.subject, "subject", depth) + [self.case(item, depth) for item in node.cases]

    def case(self, item, depth):
        children = self.made(item.pattern, "pattern", depth) + self.made(item.guard, "guard", depth) \
            + self.made(item.body, "body", depth)
        start = self.raw.rindex(b"case", 0, children[0][3])
        return ["match_case", "", "cases", start, children[-1][4], children]
