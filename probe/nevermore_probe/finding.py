"""Finds the functions of loaded modules by file and qualified name, nested and decorated ones too, without calling anything of the
service."""
import functools
import itertools
import sys
import types

from . import object_plans

OBJECTS = 20_000  # looked at in one search
ITEMS = 2_000  # of one container
DEPTH = 30  # of functions inside functions
FUNCTION = 1  # CO_OPTIMIZED: a body with fast locals, no module or class

module_dict = types.ModuleType.__dict__["__dict__"].__get__
closure_of = types.FunctionType.__dict__["__closure__"].__get__
code_of = types.FunctionType.__dict__["__code__"].__get__
qualname_of = types.FunctionType.__dict__["__qualname__"].__get__
names_of = types.FunctionType.__dict__["__dict__"].__get__
content_of = types.CellType.__dict__["cell_contents"].__get__
HOLDERS = {id(staticmethod): ("__func__",), id(classmethod): ("__func__",), id(property): ("fget", "fset", "fdel"),
    id(functools.partial): ("func",),
           id(types.MethodType): ("__func__",), id(functools.partialmethod): ("func",)}


def matches(filename, path):
    """Whether a file is the one that the suffix means; a relative one is, where it is the suffix's own end."""
    if type(filename) is not str or not filename:
        return False
    filename = filename.replace("\\", "/")
    if filename.startswith("./"):
        filename = filename[2:]
    return filename == path or filename.endswith("/" + path) or not filename.startswith("/") and path.endswith("/" + filename)


def modules(paths):
    """(path, names) of the loaded modules whose file is one of the paths."""
    ends = {path.rpartition("/")[2] for path in paths}
    for module in list(sys.modules.values()):
        if not issubclass(type(module), types.ModuleType):
            continue
        names = module_dict(module)
        file = dict.get(names, "__file__") if type(names) is dict else None
        if type(file) is not str or file.replace("\\", "/").rpartition("/")[2] not in ends:
            continue
        for path in paths:
            if matches(file, path):
                yield path, names


def functions(path, names):
    """The function objects that a module reaches, each once."""
    seen = set()
    ours = dict.get(names, "__name__")
    queue = list(itertools.islice(dict.values(names), OBJECTS))
    for _ in range(OBJECTS):
        if not queue:
            return
        x = queue.pop()
        if id(x) in seen:
            continue
        seen.add(id(x))
        kind = type(x)
        if kind is types.FunctionType:
            if matches(code_of(x).co_filename, path):
                yield x
            queue += reached_by_function(x)
        elif id(kind) in HOLDERS:
            queue += filter(None, (read(kind, x, name) for name in HOLDERS[id(kind)]))
        elif issubclass(kind, type):
            if is_made_by(x, ours):
                queue += itertools.islice(object_plans.dict_of(x).values(), ITEMS)
        else:
            queue += reached_by_object(x, kind, ours)


def read(kind, x, name):
    """An attribute by the type's own descriptor."""
    for base in object_plans.order_of(kind):
        found = object_plans.dict_of(base).get(name)
        if type(found) in (types.MemberDescriptorType, types.GetSetDescriptorType):
            return found.__get__(x)
    plan = object_plans.of(kind)
    return dict.get(plan.fields(x), name) if plan.fields is not None else None


def reached_by_function(function):
    found = []
    for cell in closure_of(function) or ():
        try:
            found.append(content_of(cell))
        except ValueError:
            pass  # an empty cell
    held = names_of(function)
    if type(held) is dict and held:
        found += itertools.islice(held.values(), ITEMS)
    return [x for x in found if is_callable_shell(x)]


def reached_by_object(x, kind, ours):
    """A decorator may have put an object in the function's place: what its fields hold, and its class where the module made it."""
    if id(kind) in object_plans.LIVE:
        return []
    if kind is list or kind is tuple or kind is dict:
        held = kind.values(x) if kind is dict else x
        return [y for y in itertools.islice(held, ITEMS) if type(y) is types.FunctionType]
    plan = object_plans.of(kind)
    found = []
    if plan.fields is not None and not issubclass(kind, types.ModuleType):
        fields = plan.fields(x)
        if type(fields) is dict:
            found += [y for y in itertools.islice(fields.values(), ITEMS) if is_callable_shell(y)]
    if is_made_by(kind, ours):
        found.append(kind)
    return found


def is_made_by(kind, ours):
    name = object_plans.dict_of(kind).get("__module__")
    return type(name) is str and type(ours) is str and name == ours


def is_callable_shell(x):
    return type(x) is types.FunctionType or id(type(x)) in HOLDERS


def codes(code, name, depth=0):
    """(code, qualified name without `<locals>`) of a function and of what is nested inside it."""
    if code.co_flags & FUNCTION:
        yield code, name
    if depth < DEPTH:
        for inner in code.co_consts:
            if type(inner) is types.CodeType:
                yield from codes(inner, f"{name}.{inner.co_name}", depth + 1)


def named(path, names):
    """[(function, code, qualified name)] of everything in a module; a nested code comes with every function that makes it or runs it."""
    reached = list(functions(path, names))
    known = {}
    for function in reached:
        name = qualified(function)
        for code, nested in codes(code_of(function), name) if name else ():
            known.setdefault(id(code), (code, nested))
    found = []
    for function in reached:
        name = qualified(function) or known.get(id(code_of(function)), (None, None))[1]
        found += [(function, code, nested) for code, nested in codes(code_of(function), name)] if name else []
    return found


def qualified(function):
    """The name as it was written; None where a decorator has put another in its place."""
    code = code_of(function)
    name = getattr(code, "co_qualname", None) or qualname_of(function)
    name = name.replace(".<locals>", "") if type(name) is str else ""
    return name if name.rpartition(".")[2] == code.co_name else None
