"""A module executed once more with a mutant's text, and what that changes of the module that lives."""
import ast
import dis
import os
import sys
import types

from . import inward, mutations, patching, source

READS = {"vars", "__dict__", "globals", "eval", "exec", "dir", "getmembers"}  # values, under names that are not written
REACHES = {"reload", "__subclasses__", "__code__", "__defaults__", "__kwdefaults__", "getsource", "signature", "getfullargspec"}
IMPORTS = {"importorskip", "import_module", "__import__", "find_spec", "find_module"}
KEPT = ("__name__", "__file__", "__path__", "__package__", "__spec__", "__loader__", "__builtins__", "__cached__")


class Failed(Exception):
    """A module whose import fails with a mutant."""


class Surroundings:
    """What the rest of the process did with the modules of a tree while it was imported: each file of tests, and all others together."""

    def __init__(self, root, imports, files):
        self.root, self.own, self.imports = os.path.realpath(root), imports.own, imports
        self.modules = [module for module in list(sys.modules.values()) if isinstance(getattr(module, "__file__", None), str)]
        self.trees = {path: parsed(os.path.join(self.root, path)) for path in imports.seen()}
        parts = {part[:-3] if part.endswith(".py") else part for path in self.trees for part in path.split(os.sep)}
        self.guarded = any(tree is None or inward.guards_imports(tree, parts) for tree in self.trees.values())
        taken = {path: [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
                 for path, tree in self.trees.items() if tree}
        self.renamed = {(alias.asname, alias.name) for nodes in taken.values() for node in nodes for alias in node.names if alias.asname}
        homes = {(path, name.split(".")[-1]) for path, nodes in taken.items() for node in nodes
                 for name in [getattr(node, "module", None) or "", *[alias.name for alias in node.names]]}
        self.tests = {path for path in files if path in self.trees
                      and not any(name == os.path.basename(path)[:-3] and other != path for other, name in homes)}
        self.uses = {path: self.used_by(path, imports) for path in {*imports.own, *imports.afterwards}}
        self.guarded = self.guarded or any(IMPORTS & used for used, _ in self.uses.values())

    def used_by(self, path, imports):
        """(names that a file's import used, {names that it took}); those of functions that it ran are among them."""
        used, taken = set(), set()
        for other, lines in [(path, imports.own.get(path, ())), *imports.afterwards.get(path, {}).items()]:
            if lines and self.trees[other] is None:
                return READS | REACHES, {"*"}
            if lines:
                reads, takes, names = inward.names_used(self.trees[other], lines)
                used |= reads | {name for alias, name in names.items() if alias in reads}
                taken |= takes
                used |= inward.functions_run(self.trees[other], lines) if other != path else set()
        return used, taken

    def of(self, path):
        """[(file of tests or None, names that it used, names that it took, lines of the file that it ran)]"""
        found = {}
        for other, (used, taken) in self.uses.items():
            if other != path:
                place = found.setdefault(other if other in self.tests else None, (set(), set(), set()))
                place[0].update(used)
                place[1].update(taken)
                place[2].update(self.imports.afterwards.get(other, {}).get(path, ()))
        for used, taken, _ in found.values():
            for alias, name in [*self.renamed, *self.renamed]:
                used.update({name} if alias in used else ())
                taken.update({name} if alias in taken else ())
        return [(file, *names) for file, names in found.items()]

    def asks_for_modules(self):
        """Whether a file may look which modules are there."""
        return any(tree is None or isinstance(node, ast.Attribute) and node.attr == "modules"
                   for tree in self.trees.values() for node in (ast.walk(tree) if tree else [None]))

    def is_held_outside(self, module):
        """Whether a module of another tree has this one, or what is defined in it."""
        for other in self.modules:
            if other is module or os.path.realpath(other.__file__).startswith(self.root + os.sep):
                continue
            for value in list(vars(other).values()):
                if value is module or isinstance(value, (type, types.FunctionType)) \
                        and getattr(value, "__module__", None) == module.__name__:
                    return True
        return False


class Renewal:
    """One module; cannot be had where executing it once more says nothing of a fresh process."""

    def __init__(self, file, surroundings):
        self.file = file
        modules = {id(m): m for m in list(sys.modules.values()) if isinstance(getattr(m, "__file__", None), str)
                   and os.path.realpath(m.__file__) == file.whole}
        self.module = next(iter(modules.values()), None)
        name = os.path.basename(file.path)
        holds_tests = name.startswith(("test", "conftest")) or name.endswith("_test.py")
        if len(modules) != 1 or file.path not in surroundings.own or self.module.__name__ == "__main__" or holds_tests:
            raise patching.Unpatchable("no module, more than one, or one that was there before")
        if surroundings.is_held_outside(self.module):
            raise patching.Unpatchable("others hold it")
        inward.Inward(file.tree, self.module, surroundings.own.get(file.path, set()))
        self.others = surroundings.of(file.path)
        self.guarded = surroundings.guarded
        self.codes = {}
        found = patching.Comparison(vars(self.module), self.executed()).module()
        if found:
            raise patching.Unpatchable("it is not twice the same: %s" % ", ".join(".".join(keys) for keys, _, _ in found))

    def code(self, node):
        """What a statement of the module compiles to; None where it does nothing."""
        if node not in self.codes:
            self.codes[node] = None if is_idle(node, self.file) else self.compiled(node)
        return self.codes[node]

    def compiled(self, node):
        tree = ast.Module([*ast.parse(self.file.imports).body, node], [])
        return compile(tree, self.file.whole, "exec", flags=self.file.code.co_flags & mutations.FUTURES, dont_inherit=True)

    def executed(self, changed=None, codes=()):
        """The names of the module, executed; `codes` in place of those of the statement `changed`."""
        names = {name: vars(self.module)[name] for name in KEPT if name in vars(self.module)}
        names["__doc__"] = ast.get_docstring(self.file.tree, clean=False)
        before = set(sys.modules)
        for node in self.file.tree.body:
            for code in codes if node is changed else (self.code(node),):
                if code is not None:
                    exec(code, names)
        if set(sys.modules) - before:
            raise patching.Unpatchable("it imports more")
        return names

    def changed(self, mutant):
        """(the statement of the module that a mutant changes, what it compiles to then)."""
        first, last = mutant["lines"]
        node = next((n for n in self.file.tree.body if head(n) <= first and last <= n.end_lineno), None)
        if node is None or any(n is not node and (head(n) <= node.end_lineno and head(node) <= n.end_lineno) for n in self.file.tree.body):
            raise patching.Unpatchable("statements on one line")
        if mutant["codes"] and self.code(node) is not None:
            code = self.code(node)
            for pair in mutant["codes"]:
                code = replaced(code, *pair)
            if code is not self.code(node):
                return node, [code]
        text = self.file.mutated(mutant)
        end = node.end_lineno + text.count(b"\n") - self.file.raw.count(b"\n")
        lines = text.splitlines(keepends=True)[head(node) - 1:end]
        tree = ast.parse(b"\n" * (head(node) - 1) + b"".join(lines))
        return node, [self.compiled(item) for item in tree.body if not is_idle(item, self.file)]

    def patches(self, mutant):
        """(what to do, what to undo, files of tests that made something of what differs); Failed where the import fails for sure."""
        node, codes = self.changed(mutant)
        try:
            other = self.executed(node, codes)
        except (RecursionError, MemoryError, patching.Unpatchable):
            raise
        except Exception as error:
            if self.guarded:
                raise
            raise Failed(type(error).__name__)
        found = patching.Comparison(vars(self.module), other).module()
        touched = {place[0] for place in self.others if any(self.was_used(keys, step, *place[1:]) for keys, step, _ in found)}
        if None in touched:
            raise patching.Unpatchable("`%s` was used before" % found[0][0][0])
        return [step for _, step, _ in found], [step for _, _, step in reversed(found)], touched

    def was_used(self, keys, step, used, taken, lines):
        """What is changed where it is reaches those who hold it, but not what they have made of it."""
        if isinstance(step[1], types.FunctionType) and os.path.realpath(step[1].__code__.co_filename) == self.file.whole:
            return bool(used & (REACHES | set(keys[-1:])) or lines & lines_of(step[1].__code__))
        is_bound = step[1] is vars(self.module)
        return bool(used & set(keys) or used & (READS | REACHES) or is_bound and (keys[0] in taken or "*" in taken))


def lines_of(code):
    """From the first to the last line of a function."""
    found = [code]
    for item in found:
        found += [inner for inner in item.co_consts if isinstance(inner, types.CodeType)]
    return set(range(code.co_firstlineno, 1 + max(line for item in found for _, line in dis.findlinestarts(item) if line)))


def head(node):
    return source.first_line(node) if hasattr(node, "decorator_list") else node.lineno


def is_idle(node, file):
    """Texts between statements, and what a compiler alone is told."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) \
        or isinstance(node, ast.ImportFrom) and node.module == "__future__" and node.level == 0


def replaced(code, before, after):
    """A code with another one for one of the functions in it, at any depth."""
    if code == before:
        return after
    inner = tuple(replaced(item, before, after) if isinstance(item, type(code)) else item for item in code.co_consts)
    return code if all(a is b for a, b in zip(inner, code.co_consts)) else code.replace(co_consts=inner)


def parsed(whole):
    try:
        with open(whole, "rb") as file:
            return ast.parse(file.read())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


class Renewals:
    """The modules of a process that can be executed once more, and the mutants that need it."""

    def __init__(self, root, imports, files):
        self.surroundings, self.known = Surroundings(root, imports, files), {}

    def of(self, file):
        if file.path not in self.known:
            try:
                self.known[file.path] = Renewal(file, self.surroundings)
            except Exception:  # also what a module says when it is executed twice
                self.known[file.path] = None
        return self.known[file.path]

    def patches(self, file, mutant):
        """(what to do, what to undo, files not to ask); None where a process has to import the mutant."""
        renewal = self.of(file)
        try:
            return renewal and renewal.patches(mutant)
        except Failed:
            raise
        except Exception:  # the mutant's own failure, or what cannot be had: a process that imports it says which
            return None
