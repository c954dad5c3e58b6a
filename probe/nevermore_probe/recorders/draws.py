"""Draws of `uuid` and `random`, where that can be seen without anybody seeing us.

`uuid.uuid4` stays the function that it is, also for those that imported it by name: its code is what changes. `random.choice` and its
like stay bound methods of the same generator. Not noted: `random.random`, `uniform`, `gauss` (a draw costs less than noting it),
`shuffle`, generators of the service's own, `secrets`, and what was imported of `random` by name before.
"""
import functools
import os
import sys
import types
import warnings

from .. import guard, patches, work, wrappers
from ..patches import without_frame
from ..rings import current

MARK = os.sep + "sentry_sdk" + os.sep
OF_SENTRY = set()  # files of its SDK, which makes identifiers of its own for each request
MADE = []  # code of ours
DRAWS = 50  # of a unit: a simulation must not push everything else out
FUNCTIONS = ("choice", "choices", "randint", "randrange", "sample")


def install(module):
    (uuids if module.__name__ == "uuid" else generator)(module)


def uuids(module):
    for name in ("uuid1", "uuid4", "uuid6", "uuid7", "uuid8"):
        function = vars(module).get(name)
        if type(function) is types.FunctionType and not any(function.__code__ is code for code in MADE):
            code = noting(function, "uuid." + name)
            MADE.append(code)
            patches.put(function, "__code__", code, function.__code__)


def noting(function, maker):
    """Code that draws as the function's did, and notes it. What it refers to are its constants, so that the module gets no names of
    ours; each can be hashed, since tools look code up."""
    plain = types.FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__)
    plain.__kwdefaults__ = function.__kwdefaults__
    old = function.__code__
    given = ", ".join(old.co_varnames[:old.co_argcount])
    source = """def drawing(%s):
    try:
        made = ".plain"(%s)
    except BaseException as error:
        ".failed"(error)
        raise
    if not ".is_quiet"(".getframe"(1).f_code.co_filename):
        ".note"(made)
    return made""" % (given, given)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # that a text is called
        code = next(each for each in compile(source, "", "exec").co_consts if type(each) is types.CodeType)
    held = {".plain": plain, ".getframe": sys._getframe, ".is_quiet": OF_SENTRY.__contains__, ".note": noticed(maker),
            ".failed": functools.partial(without_frame, files=old.co_filename)}
    names = {"co_qualname": old.co_qualname} if hasattr(old, "co_qualname") else {}
    return code.replace(co_consts=tuple(held.get(each, each) if type(each) is str else each for each in code.co_consts),
                        co_name=old.co_name, co_filename=old.co_filename, co_firstlineno=old.co_firstlineno, **names)


def noticed(maker):
    def note(made):
        try:
            file = sys._getframe(2).f_code.co_filename
            if MARK in file:
                OF_SENTRY.add(file)
            else:
                drawn(maker, made)
        except Exception as trouble:
            guard.swallow(trouble)
    return note


def generator(module):
    for name in FUNCTIONS:
        plain = vars(module).get(name)
        if type(plain) is types.MethodType and plain.__self__ is module._inst:
            ours = wrappers.uncounted(drawing(plain.__func__, "random." + name), plain.__func__)
            patches.put(module, name, types.MethodType(ours, module._inst), plain)


def drawing(plain, function):
    def draw(self, *arguments, **named):
        try:
            value = plain(self, *arguments, **named)
        except BaseException as error:
            without_frame(error)
            raise
        drawn(function, value)
        return value
    return draw


def drawn(function, value):
    if not work.ACTIVE:
        return
    try:
        ring = current()
        if ring.draws < DRAWS:
            ring.draws += 1
            made = work.entry("random", 4)
            made["function"], made["value"] = function, work.cut(value)
    except Exception as trouble:
        guard.swallow(trouble)
