"""Whether a module that is executed once more changes nothing but what it makes itself: read from its text."""
import abc
import ast
import builtins
import enum
import types

from . import source

PURE = {"__future__", "_abc", "_collections", "_collections_abc", "_decimal", "_functools", "_operator", "_struct", "abc", "bisect",
        "builtins", "collections", "contextlib", "copy", "dataclasses", "datetime", "decimal", "enum", "fnmatch", "fractions",
        "functools", "heapq", "itertools", "keyword", "math", "numbers", "operator", "re", "statistics", "string", "struct", "textwrap",
        "types", "typing", "unicodedata"}
OUTWARD = {"open", "exec", "eval", "input", "__import__", "setattr", "delattr", "globals", "vars", "locals", "print", "breakpoint", "exit",
           "quit"}
METACLASSES = (type, abc.ABCMeta, enum.EnumMeta)
UNKNOWN = object()


class Outward(Exception):
    """What reaches out of the module."""


class Inward(ast.NodeVisitor):
    """Raises Outward at the first executed node that may change what is not the module's own."""

    def __init__(self, tree, module, lines):
        self.names, self.lines = vars(module), lines
        self.foreign = {(alias.asname or alias.name).split(".")[0] for node in ast.walk(tree)
                        if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names}
        if "*" in self.foreign:
            raise Outward("names that are not written")
        for node in tree.body:
            self.visit(node)

    def resolve(self, node):
        """What an expression of names and attributes of modules is; UNKNOWN where a value would have to be asked."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, UNKNOWN) if node.id in self.foreign else getattr(builtins, node.id, UNKNOWN) \
                if node.id not in self.names else UNKNOWN
        if isinstance(node, ast.Attribute):
            home = self.resolve(node.value)
            return vars(home).get(node.attr, UNKNOWN) if isinstance(home, types.ModuleType) else home
        return UNKNOWN

    def root(self, node):
        while isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        return node.id if isinstance(node, ast.Name) else None

    def may_call(self, node):
        if isinstance(node, ast.Name) and node.id in OUTWARD and node.id not in self.names:
            raise Outward(node.id)
        if isinstance(node, ast.Call) or self.root(node) not in self.foreign:
            return  # what a call gives is judged by the call
        found = self.resolve(node)
        if isinstance(node, ast.Attribute) and node.attr == "register" or not is_pure(found):
            raise Outward(ast.dump(node))

    def visit_Call(self, node):
        self.may_call(node.func)
        self.generic_visit(node)

    def visit_Name(self, node):
        if node.id in self.foreign:
            self.may_mention(self.resolve(node))
            if not isinstance(node.ctx, ast.Load) and not is_pure(self.resolve(node)):
                raise Outward(node.id)

    def visit_Attribute(self, node):
        root = self.root(node)
        if not isinstance(node.ctx, ast.Load) and root in self.foreign:
            raise Outward(root)
        if root in self.foreign and isinstance(node.value, (ast.Name, ast.Attribute)):
            self.may_mention(self.resolve(node))
        else:
            self.generic_visit(node)

    def visit_Subscript(self, node):
        if not isinstance(node.ctx, ast.Load) and self.root(node) in self.foreign:
            raise Outward("an item")
        self.generic_visit(node)

    def may_mention(self, found):
        if not is_pure(found) and not isinstance(found, (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType, str, int,
                                                         float, bytes, tuple, type(None))):
            raise Outward("another's %s" % type(found).__name__)

    def visit_Assign(self, node):
        self.demand_no_other_name(node.value)
        self.generic_visit(node)

    def demand_no_other_name(self, value):
        found = self.resolve(value)
        if found is not UNKNOWN and self.root(value) in self.foreign and isinstance(found, (type, types.FunctionType, types.ModuleType)):
            raise Outward("another name for what is not its own")

    def visit_ClassDef(self, node):
        for base in node.bases:
            kind = self.resolve(base.value if isinstance(base, ast.Subscript) else base)
            if isinstance(kind, type) and not is_pure(kind) and (type(kind) not in METACLASSES or is_told(kind)):
                raise Outward("a base that is told of it")
        for decorator in node.decorator_list:
            self.may_call(decorator)
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        for decorator in node.decorator_list:
            self.may_call(decorator)
            self.visit(decorator)
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)
        inside = range(node.body[0].lineno, node.end_lineno + 1)
        if node.body[0].lineno == node.lineno or not self.lines.isdisjoint(inside):
            for statement in node.body:
                self.visit(statement)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_AnnAssign(self, node):
        for part in (node.target, node.value):
            if part is not None:
                self.visit(part)

    def visit_Import(self, node):
        pass

    visit_ImportFrom = visit_Import

    def visit_arguments(self, node):
        pass


def is_told(kind):
    return getattr(kind.__init_subclass__, "__func__", None) is not None


def is_pure(found):
    if isinstance(found, types.ModuleType):
        return found.__name__.split(".")[0] in PURE
    if getattr(found, "__module__", None) == "logging" and getattr(found, "__name__", "") == "getLogger":
        return True
    module = getattr(found, "__module__", None) or getattr(type(found), "__module__", "")
    return found is not UNKNOWN and isinstance(module, str) and module.split(".")[0] in PURE


def names_used(tree, lines):
    """(names that executed lines read, names that they import from elsewhere, {other name: name})."""
    used, taken, others = set(), set(), {}
    lines, idle = whole_lines(tree, lines), set()
    for node in ast.walk(tree):
        if id(node) in idle or getattr(node, "lineno", None) not in lines:
            continue
        if isinstance(node, ast.ImportFrom):
            taken |= {alias.name for alias in node.names}
            others.update((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif isinstance(node, (ast.Name, ast.Attribute)):
            used.add(node.id if isinstance(node, ast.Name) else node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            used.add(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr" \
                and not (len(node.args) > 1 and isinstance(node.args[1], ast.Constant)):
            used.add("vars")
        elif isinstance(node, ast.Assign) and [getattr(target, "id", None) for target in node.targets] == ["__all__"]:
            idle |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, source.FUNCTIONS):
            every = node.args.posonlyargs + node.args.args + node.args.kwonlyargs + [node.args.vararg, node.args.kwarg]
            for note in [node.returns, *[argument.annotation for argument in every if argument]]:
                idle |= {id(inner) for inner in ast.walk(note)} if note else set()
    return used, taken, others


def whole_lines(tree, lines):
    """All lines of the statements, or of the heads of those with a body, that one of the lines belongs to."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            first = source.first_line(node) if hasattr(node, "decorator_list") else node.lineno
            last = max(node.lineno, body[0].lineno - 1) if isinstance(body, list) and body else node.end_lineno
            if not lines.isdisjoint(range(first, last + 1)):
                found.update(range(first, last + 1))
    return found


def functions_run(tree, lines):
    """Names of the functions of which a line of the body was run, and of the classes around them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, source.FUNCTIONS + (ast.ClassDef,)) and not lines.isdisjoint(range(node.body[0].lineno, node.end_lineno + 1)):
            found.add(node.name)
    return found


def guards_imports(tree, own):
    """Whether an import of one of a tree's own modules may fail without the file noticing."""
    return any(getattr(inner, "level", 0) or own & {name.split(".")[0] for name in imported_from(inner)}
               for node in ast.walk(tree) if isinstance(node, (ast.Try, ast.With)) for inner in ast.walk(node)
               if isinstance(inner, (ast.Import, ast.ImportFrom)))


def imported_from(node):
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
