"""Draws of `uuid` and `random`, where that can be seen without anybody seeing us.

`uuid.uuid4` stays the function that it is: the UUID that it makes is noted where it is made. `random.choice` and its like stay bound
methods of the same generator. Not noted: `random.random`, `uniform`, `gauss` (a draw costs less than noting it), `shuffle`, generators of
the service's own, `secrets`, and what was imported by name before.
"""
import functools
import os
import sys
import types

from .. import patches, work
from ..rings import current

MARK = os.sep + "sentry_sdk" + os.sep
OF_SENTRY = set()  # files of its SDK, which makes identifiers of its own for each request
PARAMETERS = ("self", "hex", "bytes", "bytes_le", "fields", "int", "version", "is_safe")  # of every UUID from 3.9 to 3.13
DRAWS = 50  # of a unit: a simulation must not push everything else out
FUNCTIONS = ("choice", "choices", "randint", "randrange", "sample")


def install(module):
    (uuids if module.__name__ == "uuid" else generator)(module)


def uuids(module):
    names = [name for name in ("uuid1", "uuid4", "uuid6", "uuid7", "uuid8") if name in vars(module)]
    makers = {id(vars(module)[name].__code__): "uuid." + name for name in names}
    getframe, safe = sys._getframe, module.SafeUUID.unknown

    def making(plain):
        def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, is_safe=safe):
            plain(self, hex, bytes, bytes_le, fields, int, version, is_safe=is_safe)
            try:
                frame = getframe(1)
                maker = makers.get(id(frame.f_code))
                if maker is not None:
                    frame = frame.f_back
                    if frame is None or frame.f_code.co_filename not in OF_SENTRY and not is_sentrys(frame.f_code.co_filename):
                        drawn(maker, self)
            except Exception:
                work.fault()
        return __init__

    def is_sentrys(file):
        if MARK in file:
            OF_SENTRY.add(file)
            return True
        return False
    if module.UUID.__init__.__code__.co_varnames[:len(PARAMETERS)] == PARAMETERS:  # to pass on what is known is cheaper
        patches.wrap(module.UUID, "__init__", making)


def generator(module):
    for name in FUNCTIONS:
        plain = vars(module).get(name)
        if type(plain) is types.MethodType and plain.__self__ is module._inst:
            ours = functools.update_wrapper(drawing(plain.__func__, "random." + name), plain.__func__)
            patches.put(module, name, types.MethodType(ours, module._inst), plain)


def drawing(plain, function):
    def draw(self, *arguments, **named):
        value = plain(self, *arguments, **named)
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
    except Exception:
        work.fault()
