"""How values of builtin and standard types are read for a digest: by the type's own C code, whatever a subclass defines."""
import array
import collections
import datetime
import decimal
import enum
import functools
import gc
import io
import logging
import pathlib
import re
import threading
import types
import uuid
import weakref

try:
    import zoneinfo
    ZONE = {zoneinfo.ZoneInfo: lambda walk, value: [walk.of(zoneinfo.ZoneInfo.key.__get__(value))]}
except (ImportError, AttributeError):
    ZONE = {}

DATE, TIME = ("year", "month", "day"), ("hour", "minute", "second", "microsecond", "fold")
KEYS, VALUES, ITEMS = type({}.keys()), type({}.values()), type({}.items())


def fields(kind, *names):
    getters = [kind.__dict__[name] for name in names]
    return lambda walk, value: [walk.of(getter.__get__(value)) for getter in getters]


def dictionary(value):
    """An object's own dictionary, whatever its class calls by that name."""
    for base in type.__dict__["__mro__"].__get__(type(value)):
        member = type.__dict__["__dict__"].__get__(base).get("__dict__")
        if type(member) is types.GetSetDescriptorType and base is not type:
            return member.__get__(value)
    return {}


def items(walk, value):
    return sorted(walk.of(key) + walk.of(held) for key, held in dict.items(value))


def members(kind):
    return lambda walk, value: sorted(walk.all(kind.__iter__(value)))


def sequence(kind):
    return lambda walk, value: walk.all(kind.__iter__(value))


def held(read):
    """A value of which this is the whole state."""
    return lambda walk, value: [walk.of(read(value))]


def word(read):
    return lambda walk, value: [str(read(value))]


def opaque(name):
    return lambda walk, value: walk.opaque(name)


def function(walk, value):
    """Its name, and what it closes over."""
    found = walk.all([value.__module__, value.__qualname__])
    for cell in value.__closure__ or ():
        try:
            found.append(walk.of(cell.cell_contents))
        except ValueError:
            found.append("empty")
    return found


def enumeration(walk, value):
    state = dictionary(value)
    return walk.all([state.get("_name_"), state.get("_value_")])


def moment(walk, value):
    zone = datetime.datetime.tzinfo.__get__(value)
    return [str(getter.__get__(value)) for getter in MOMENT] + [walk.of(zone)]


MOMENT = [datetime.date.__dict__[n] for n in DATE] + [datetime.datetime.__dict__[n] for n in TIME]


def path(walk, value):
    return [str(value)] if type(value).__module__.startswith("pathlib") else walk.opaque()


# values; a type that inherits from one of them may add a state of its own
READERS = {id(kind): reader for kind, reader in {
    int: word(int.__repr__), float: word(float.__repr__), complex: word(complex.__repr__), str: word(str.__str__),
    bytes: held(lambda value: bytes.__getitem__(value, slice(None))), bytearray: held(lambda value: bytes(memoryview(value))),
    list: sequence(list), tuple: sequence(tuple), collections.deque: sequence(collections.deque),
    set: members(set), frozenset: members(frozenset), dict: items,
    collections.defaultdict: lambda walk, value: fields(collections.defaultdict, "default_factory")(walk, value) + items(walk, value),
    collections.OrderedDict: lambda walk, value: [walk.of(k) + walk.of(v) for k, v in collections.OrderedDict.items(value)],
    types.MappingProxyType: held(lambda value: gc.get_referents(value)[0]),
    KEYS: members(KEYS), VALUES: sequence(VALUES), ITEMS: members(ITEMS), slice: fields(slice, "start", "stop", "step"),
    datetime.datetime: moment, datetime.date: fields(datetime.date, *DATE), datetime.time: fields(datetime.time, *TIME, "tzinfo"),
    datetime.timedelta: fields(datetime.timedelta, "days", "seconds", "microseconds"),
    datetime.timezone: word(datetime.timezone.__repr__), decimal.Decimal: word(decimal.Decimal.as_tuple),
    uuid.UUID: fields(uuid.UUID, "int"), pathlib.PurePath: path, re.Pattern: fields(re.Pattern, "pattern", "flags"),
    re.Match: fields(re.Match, "string", "pos", "endpos", "re", "regs"), BaseException: fields(BaseException, "args"),
    types.MethodType: fields(types.MethodType, "__func__", "__self__"), property: fields(property, "fget", "fset", "fdel"),
    functools.partial: fields(functools.partial, "func", "args", "keywords"),
    staticmethod: fields(staticmethod, "__func__"), classmethod: fields(classmethod, "__func__"),
    io.BytesIO: lambda walk, value: [walk.of(io.BytesIO.getvalue(value)), str(io.BytesIO.tell(value))],
    io.StringIO: lambda walk, value: [walk.of(io.StringIO.getvalue(value)), str(io.StringIO.tell(value))],
    array.array: lambda walk, value: [array.array.typecode.__get__(value), walk.of(array.array.tobytes(value))],
    **ZONE,
}.items()}

# what is known by its name, or not at all; what a type that inherits from one of them adds is not asked for
NAMED = {id(kind): reader for kind, reader in {
    type: lambda walk, value: walk.all([type.__dict__["__module__"].__get__(value), type.__dict__["__qualname__"].__get__(value)]),
    types.ModuleType: held(lambda value: types.ModuleType.__dict__["__dict__"].__get__(value).get("__name__")),
    types.FunctionType: function, types.BuiltinFunctionType: lambda walk, value: walk.all([value.__module__, value.__qualname__]),
    enum.Enum: enumeration, logging.Logger: held(lambda value: dictionary(value).get("name")),
    type(threading.Lock()): lambda walk, value: [], type(threading.RLock()): lambda walk, value: [],
    weakref.ref: opaque("weak"), io.IOBase: opaque("file"), io.FileIO: opaque("file"), types.GeneratorType: opaque("iterator"),
    types.CoroutineType: opaque("coroutine"), types.AsyncGeneratorType: opaque("iterator"),
}.items()}
