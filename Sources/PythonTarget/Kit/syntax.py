"""Syntax trees with spans, as JSON: `{"k": kind, "s": [line, column, end line, end column], field: …}`."""
import ast


DEEPEST = 100  # nodes inside each other; what lies deeper is a kind that no reader takes over


def tree(node, depth=0):
    """A node, a list of nodes, or a plain value."""
    if isinstance(node, list):
        return [tree(item, depth) for item in node]
    if isinstance(node, ast.Constant):
        return dict(constant(node.value), k="Constant", s=span(node))
    if isinstance(node, ast.Index):  # Python 3.8's spelling of a subscript
        return tree(node.value, depth)
    if not isinstance(node, ast.AST):
        return node if node is None or isinstance(node, (str, int, bool)) else repr(node)
    if depth >= DEEPEST and hasattr(node, "lineno"):
        return {"k": "TooDeep", "s": span(node)}
    made = {name: tree(value, depth + 1) for name, value in ast.iter_fields(node) if name not in ("ctx", "type_comment", "kind")}
    made["k"] = type(node).__name__
    if hasattr(node, "lineno"):
        made["s"] = span(node)
    return made


def span(node):
    return [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset]


def constant(value):
    if isinstance(value, bytes):
        return {"t": "bytes", "v": value.hex()}
    if isinstance(value, str):
        return {"t": "str", "v": value}
    return {"t": type(value).__name__, "v": repr(value)}


# what a block that was cut open needs to parse; the dots stay in the tree, so that nobody takes a cut block for a whole one
MENDS = ("", "\n{i}    ...", "\n{i}except Exception:\n{i}    ...", "\n{i}    ...\n{i}except Exception:\n{i}    ...",
         "\n{i}finally:\n{i}    ...")


READ = 4_000_000  # characters that are handed to the parser before it is given up


def fragment(lines, focus):
    """The statements of as many lines around `focus` as parse; the widest window with the line in it wins."""
    if not 0 <= focus < len(lines) or len(lines) > 200 or sum(map(len, lines)) > 200_000:
        return []
    windows = [(first, last) for first in range(focus + 1) for last in range(focus, len(lines))]
    left = READ
    for first, last in sorted(windows, key=lambda w: (w[0] - w[1], w[0])):
        left -= 2 * len(MENDS) * sum(map(len, lines[first:last + 1]))
        if left < 0:  # text that never parses
            return []
        found = parsed(lines, first, last)
        if found is not None:
            return tree(found)
    return []


def parsed(lines, first, last):
    """The statements of these lines, or None; a block that began before or ends after them is made whole."""
    chosen = [line.expandtabs(8) for line in lines[first:last + 1]]
    filled = [line for line in chosen if line.strip()]
    if not filled:
        return None
    opened = [" " * level for level in outer_levels(filled)]
    text = "\n".join([indent + "if True:" for indent in opened] + chosen)
    if not opened and indent_of(filled[0]):
        text, opened = "if True:\n" + text, [""]
    for end in sorted({indent_of(filled[-1]), max(0, indent_of(filled[-1]) - 4)}, reverse=True):
        for mend in MENDS:
            try:
                node = ast.parse(text + mend.format(i=" " * end))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            ast.increment_lineno(node, first - len(opened))
            return node.body
    return None


def indent_of(line):
    return len(line) - len(line.lstrip())


def outer_levels(filled):
    """The indents left of the first line to which later lines return, outermost first."""
    found, lowest = [], indent_of(filled[0])
    for line in filled:
        if indent_of(line) < lowest:
            lowest = indent_of(line)
            found.insert(0, lowest)
    return found
