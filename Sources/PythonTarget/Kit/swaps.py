"""A changed file in a running process: new code for the functions that differ, where nothing but functions' bodies does."""
import ast
import dis
import gc
import importlib.machinery
import os
import sys
import types

EAGER = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")  # they run where they stand


class Unswappable(Exception):
    """Why the process would not be as if it had imported the new text."""


def pairs(old, new):
    """(old, new) code of every function that differs, or has moved, between two codes of a module or of a class's body."""
    if eager_key(old) != eager_key(new):
        raise Unswappable("code that runs at import differs")
    found = []
    for before, after in zip(nested(old), nested(new)):
        if not is_function(before):
            found += pairs(before, after)
        elif before != after:
            found += function_pairs(before, after)
    return found


def function_pairs(before, after):
    """A function and the functions inside it, as far as both have the same ones."""
    found = [(before, after)]
    inner, inner_after = functions_in(before), functions_in(after)
    if [f.co_name for f in inner] == [f.co_name for f in inner_after]:
        for one, other in zip(inner, inner_after):
            found += function_pairs(one, other) if one != other else []
    else:
        found += [(one, None) for one in inner]
    return found


def nested(code):
    return [item for item in code.co_consts if isinstance(item, types.CodeType)]


def functions_in(code):
    """The functions directly inside, also those of comprehensions and classes."""
    return [f for item in nested(code) for f in ([item] if is_function(item) else functions_in(item))]


def all_functions(code):
    for item in nested(code):
        yield from [item] if is_function(item) else []
        yield from all_functions(item)


def is_function(code):
    return bool(code.co_flags & 1) and code.co_name not in EAGER and not code.co_name.startswith("<generic")


def signature(code):
    return (code.co_name, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags, code.co_varnames,
            code.co_freevars, code.co_cellvars)


def eager_key(code):
    """What must be equal in code that runs at import; the line that a class keeps of itself may move."""
    inner = [(item.co_name, is_function(item)) for item in nested(code)]
    if sys.version_info < (3, 13):
        return signature(code), code.co_code, code.co_names, constants(code), inner
    steps, list_of = [], [(i.opname, i.argval) for i in dis.get_instructions(code)]
    for position, (name, value) in enumerate(list_of):
        behind = list_of[position + 1] if position + 1 < len(list_of) else None
        moved = behind == ("STORE_NAME", "__firstlineno__") or isinstance(value, types.CodeType)
        steps.append((name, None if moved else typed(value)))
    return signature(code), steps, inner


def constants(code):
    return [typed(item) for item in code.co_consts if not isinstance(item, types.CodeType)]


def typed(value):
    """A constant with its type, so that `1`, `1.0` and `True` differ, and `0.0` and `-0.0`."""
    if isinstance(value, (tuple, frozenset)):
        return type(value).__name__, sorted(map(repr, value)) if isinstance(value, frozenset) else [typed(v) for v in value]
    return type(value).__name__, repr(value)


def same(one, other):
    """Whether two codes do the same; the lines that they stand on do not count."""
    return alike(one, other) and all(same(*pair) for pair in zip(nested(one), nested(other)))


def alike(one, other):
    """Whether two codes do the same themselves, whatever the functions inside them do."""
    return signature(one) == signature(other) and one.co_code == other.co_code and one.co_names == other.co_names \
        and getattr(one, "co_exceptiontable", b"") == getattr(other, "co_exceptiontable", b"") \
        and constants(one) == constants(other) and len(nested(one)) == len(nested(other)) \
        and all(is_function(a) and is_function(b) or same(a, b) for a, b in zip(nested(one), nested(other)))


def live_functions(filenames):
    """Every function of this process whose code came from one of these files."""
    return [f for f in gc.get_objects() if type(f) is types.FunctionType and f.__code__.co_filename in filenames]


class Swaps:
    """What has to happen in a fork so that changed files are what runs there."""

    def __init__(self, tree, changes, ran=()):
        self.tree, self.texts, self.swaps, self.trees = tree, {}, [], {}
        for path, text in changes.items():
            self.prepare(path, text, ran)

    def prepare(self, path, text, ran):
        whole = self.tree.inside(path)
        if whole is None or not path.endswith(".py"):
            raise Unswappable("`%s` is no module of the tree" % path)
        self.trees[path] = ast.parse(text)
        self.texts[whole] = text
        filenames = {m.__file__ for m in list(sys.modules.values()) if isinstance(getattr(m, "__file__", None), str)
                     and os.path.realpath(m.__file__) == whole}
        if not filenames:
            return
        with open(whole, "rb") as file:
            old = compile(file.read(), whole, "exec", dont_inherit=True)
        every = list(all_functions(old))
        found = pairs(old, compile(text, whole, "exec", dont_inherit=True))
        if any((path, before.co_firstlineno, before.co_name) in ran and not (after and alike(before, after)) for before, after in found):
            raise Unswappable("a changed function runs at import")
        if any(every.count(before) > 1 for before, _ in found):
            raise Unswappable("two functions of one line cannot be told apart")
        live = live_functions(filenames) if found else []
        for before, after in found:
            self.swap(before, after, [f for f in live if f.__code__ == before])

    def swap(self, before, after, functions):
        if functions and (after is None or after.co_freevars != before.co_freevars):
            raise Unswappable("`%s` closes over other names" % before.co_name)
        self.swaps += [(function, after) for function in functions]

    def apply(self):
        """In a fork: there is no way back."""
        for function, code in self.swaps:
            function.__code__ = code.replace(co_filename=function.__code__.co_filename)
        for path, node in self.trees.items():
            for parent in ast.walk(node):
                for child in ast.iter_child_nodes(parent):
                    child.parent = parent
            self.tree.modules[path] = node
        load = importlib.machinery.SourceFileLoader.get_code

        def get_code(loader, name):
            text = self.texts.get(os.path.realpath(loader.path))
            return load(loader, name) if text is None else compile(text, loader.path, "exec", dont_inherit=True)
        importlib.machinery.SourceFileLoader.get_code = get_code
