"""Functions by name, or by what they close over; generators and coroutines by where they stand."""
import functools
import os
import re
import sys
import types

from . import reading

PARTIAL = [functools.partial.__dict__[name].__get__ for name in ("func", "args", "keywords")]
PATTERN = [re.Pattern.__dict__[name].__get__ for name in ("pattern", "flags")]
STATE = {kind: (kind.__dict__[prefix + "frame"].__get__, kind.__dict__[prefix + "code"].__get__) for kind, prefix in (
    (types.GeneratorType, "gi_"), (types.CoroutineType, "cr_"), (types.AsyncGeneratorType, "ag_"))}
LOCALS = type((lambda: sys._getframe().f_locals)())  # a dictionary, and since Python 3.13 a view of the frame


def function_name(value):
    module = reading.text_or_none(value.__module__)
    return "%s:%s" % (module or "", value.__qualname__)


def function(writer, value, place):
    """Named where its module holds it under its name, else taken apart."""
    if is_importable(value):
        name = function_name(value)
        writer.used += len(name) + 14
        return ["function", name]
    if not writer.origins.is_application_module(reading.text_or_none(value.__module__)):
        place = writer.inside_package(place)
    return writer.refer(value, CLOSURE, place) if place is not None else writer.lost("depth", value)


def is_importable(value):
    held, qualified = reading.module_dictionary(value.__module__), value.__qualname__
    if held is None or "<" in qualified:
        return False
    first, *rest = qualified.split(".")
    found = held.get(first)
    for name in rest:
        found = reading.NAMESPACE(found).get(name) if found is not None and reading.is_type(found) else None
    if type(found) is staticmethod or type(found) is classmethod:
        found = found.__func__
    elif type(found) is property:
        return value is found.fget or value is found.fset or value is found.fdel
    return found is value


def closure(writer, value, place):
    cells, names = value.__closure__ or (), value.__code__.co_freevars
    held = []
    for name, cell in zip(names, cells):
        try:
            held.append((name, cell.cell_contents))
        except ValueError:
            continue  # not bound yet
    return ["closure", function_name(value), writer.fields(held, place), writer.fields(defaults(value), place)]


class Closure:
    """The form of a function that is taken apart."""

    name = "builtins:function"
    write = staticmethod(closure)


CLOSURE = Closure()


def defaults(value):
    code, given = value.__code__, value.__defaults__ or ()
    names = code.co_varnames[:code.co_argcount][-len(given):] if given else ()
    return [*zip(names, given), *dict.items(value.__kwdefaults__ or {})]


def builtin(writer, value, place):
    owner = value.__self__
    if owner is None or reading.is_kind_of(type(owner), types.ModuleType):
        module = reading.text_or_none(value.__module__)
        return ["function", "%s:%s" % (module or "builtins", value.__qualname__)]
    return ["method", writer.value(owner, place.below()), value.__name__]


def method(writer, value, place):
    owner, held = value.__self__, value.__func__
    name = held.__name__ if type(held) is types.FunctionType else None
    return ["method", writer.value(owner, place.below()), name or writer.value(held, place.below())]


def descriptor(writer, value, place):
    return ["function", "%s.%s" % (reading.type_name(value.__objclass__), value.__name__)]


def partial(writer, value, place):
    below = place.below()
    held, args, keywords = [get(value) for get in PARTIAL]
    return ["partial", writer.value(held, below), writer.items(args, place), writer.fields(text_keys(keywords), place)]


def text_keys(mapping):
    return [(name, value) for name, value in dict.items(mapping) if type(name) is str]


def pattern(writer, value, place):
    held, flags = [get(value) for get in PATTERN]
    return ["pattern", writer.value(held, place), flags]


def generator(writer, value, place):
    frame, code = [get(value) for get in STATE[type(value)]]
    if frame is None:
        return ["generator", code_name(code), code.co_filename, 0, []]
    return ["generator", code_name(code, frame), os.path.abspath(code.co_filename), frame.f_lineno or 0,
            writer.fields(variables(frame), place)]


coroutine = asynchronous = generator


def code_name(code, frame=None):
    module = frame.f_globals.get("__name__") if frame is not None and type(frame.f_globals) is dict else ""
    return "%s:%s" % (module if type(module) is str else "", getattr(code, "co_qualname", code.co_name))


def variables(frame):
    """(name, value) of what a frame holds now; a class body may have a mapping of the service's own, which is not asked."""
    held = frame.f_locals
    if type(held) is dict:
        pairs = list(dict.items(held))
    elif type(held) is LOCALS:
        pairs = list(held.items())
    elif reading.is_kind_of(type(held), dict):
        pairs = list(dict.items(held))
    else:
        return []
    return [(name, value) for name, value in pairs if type(name) is str]
