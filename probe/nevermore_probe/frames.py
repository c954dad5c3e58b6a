"""The frames of a traceback: where each stands, its variables as they stand, and the module's data that it names."""
import inspect
import sys
import types

from . import callables, reading, values

OUTER, INNER = 30, 70
MOST_GLOBALS, MOST_VARIABLES = 100, 500
# frames of the application before those of packages; in each, arguments before variables before globals
ARGUMENT, VARIABLE, GLOBAL, OF_PACKAGES = 0, 1, 2, 16
CODE = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)
HIDING = ("__traceback_hide__", "__tracebackhide__")


def steps(traceback):
    """(frame, line, how many were left out before it) of what Sentry's SDK shows: in a long stack the outer and the inner ones."""
    found = []
    while traceback is not None:
        if not is_hidden(traceback.tb_frame):
            found.append((traceback.tb_frame, traceback.tb_lineno, 0))
        traceback = traceback.tb_next
    if len(found) <= OUTER + INNER:
        return found
    first = found[-INNER]
    return found[:OUTER] + [(first[0], first[1], len(found) - OUTER - INNER)] + found[-INNER + 1:]


def is_hidden(frame):
    name = frame.f_globals.get("__name__")
    if type(name) is str and name.startswith("sentry_sdk."):
        return True
    names = frame.f_code.co_varnames + frame.f_code.co_cellvars
    if not any(name in names for name in HIDING):
        return False
    held = dict(callables.variables(frame))
    return any(held.get(name) is True for name in HIDING)


def written(writer, frame, line, omitted, entry):
    code = frame.f_code
    module = frame.f_globals.get("__name__")
    module = module if type(module) is str else None
    file = writer.origins.absolute(code.co_filename)
    in_app = writer.origins.is_application_file(file, module)
    found = {"file": values.plain(file), "module": module, "function": values.plain(code.co_name), "line": line or 0, "inApp": in_app}
    writer.used += len(file) + len(module or "") + len(code.co_name) + 150
    if sys.version_info >= (3, 11):
        found["qualified"] = values.plain(code.co_qualname)
    if omitted:
        found["omitted"] = omitted
    fill(writer, frame, found, 0 if in_app else OF_PACKAGES, entry)
    return found


def fill(writer, frame, found, start, entry):
    code = frame.f_code
    names = arguments(code)
    held = dict(callables.variables(frame))
    if code.co_name == "<module>":
        held = {name: value for name, value in held.items() if is_data(name, value)}
    first = [name for name in names if name in held]
    found["arguments"] = [values.plain(name) for name in names]
    rest = [name for name in held if name not in names]
    found["variables"] = pairs(writer, [(name, held[name]) for name in first], start + ARGUMENT)
    found["variables"] += pairs(writer, [(name, held[name]) for name in rest], start + VARIABLE)
    if len(found["variables"]) < len(held):
        found["variableCount"] = len(held)
    if entry:
        found["entry"] = pairs(writer, entry, start + ARGUMENT)
    free = [name for name in code.co_freevars if name in held]
    if free:
        found["free"] = free
    if start == 0 and code.co_name != "<module>":
        named = globals_of(frame, writer.origins)
        if named:
            found["globals"] = pairs(writer, named, start + GLOBAL)


def pairs(writer, named, level):
    place = values.Place(level, 1 if level >= OF_PACKAGES else 0)
    found = []
    for name, value in named[:MOST_VARIABLES]:
        if writer.is_full():
            break
        found.append(writer.field(name, value, place))
    return found


def arguments(code):
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return list(code.co_varnames[:count])


def globals_of(frame, origins):
    """The module's own data that the function names, and behind a dot that of the application's other modules that it names."""
    found = []
    for name, value in named_in(frame.f_globals, frame.f_code.co_names):
        if is_data(name, value):
            found.append((name, value))
        elif reading.is_kind_of(type(value), types.ModuleType):
            names = reading.MODULE_DICTIONARY(value)
            if origins.is_application_file(dict.get(names, "__file__"), dict.get(names, "__name__")):
                found += [(name + "." + inner, each) for inner, each in named_in(names, frame.f_code.co_names) if is_data(inner, each)]
    return found[:MOST_GLOBALS]


def named_in(held, names):
    pairs = [(name, dict.get(held, name, reading.MISSING)) for name in names]
    return [pair for pair in pairs if pair[1] is not reading.MISSING]


def is_data(name, value):
    hidden = name.startswith("__") and name.endswith("__")
    return not hidden and not any(reading.is_kind_of(type(value), kind) for kind in CODE)
