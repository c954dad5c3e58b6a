"""Objects of the language and of its library whose every method has an effect, or that are in a state in which few may be called."""
import abc
import array
import asyncio
import collections
import ctypes
import datetime
import decimal
import importlib
import io
import mmap
import pathlib
import socket
import tempfile
import threading
import types
import unittest.mock
import uuid
import weakref

from .graph import Graph
from .hostile_classes import (MOODY, Data, Descending, Dunder, Ending, LazyModule, Local, Lying, Meta, MyNames, RaisingSlot, Registering,
                              Slotted, Structure)
from .traps import CALLS, KEPT, hostile, trap, traps


def in_set():
    class Element:
        def __hash__(self):
            if armed:
                CALLS.append("hash")
            return 1

        def __eq__(self, other):
            if armed:
                CALLS.append("eq")
            return self is other

    armed = []
    held = [{Element(), Element()}, {Element(): 1, Element(): 2}, collections.OrderedDict([(Element(), 1)]),
            frozenset([Element()]), collections.Counter([Element()])]
    armed.append(1)
    return held


def with_dictionary(kind):
    held = kind()
    object.__setattr__(held, "__dict__", MyNames(a=1))
    return held


def closed_socket():
    held = socket.socket()
    held.close()
    return held


def open_socket():
    held = socket.socket()
    KEPT.append(held)
    return held


def dead_proxy():
    return weakref.proxy(Ending.__new__(type("Gone", (), {})))


def proxy():
    KEPT.append(hostile()())
    return weakref.proxy(KEPT[-1])


def running_generator():
    held = []

    def lines():
        held.append(Graph(held[0]))
        yield

    made = lines()
    held.append(made)
    next(made)
    return held[1].nodes and made


def coroutine():
    async def work():
        await asyncio.sleep(1)

    KEPT.append(work())
    return KEPT[-1]


def asynchronous():
    async def work():
        yield 1

    return work()


def circular():
    first, second = Descending("a"), Descending("b")
    BaseException.__setattr__(first, "__cause__", second)
    BaseException.__setattr__(second, "__cause__", first)
    BaseException.__setattr__(first, "again", first)
    return first


def mapped():
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 4096)
        file.flush()
        held = mmap.mmap(file.fileno(), 4096)
    return [held, memoryview(held)]


def released():
    held = memoryview(b"abc")
    held.release()
    return held


def released_bytes():
    file = io.BytesIO(b"abc")
    file.close()
    return file


def infinite():
    class Infinite(list):
        def __iter__(self):
            CALLS.append("iter")
            while True:
                yield 1

        def __len__(self):
            CALLS.append("len")
            return 1 << 62

    return Infinite([1])


def recursing():
    class Recursing:
        def __repr__(self):
            CALLS.append("repr")
            return repr(self)

    return Recursing()


def zone():
    class Zone(datetime.tzinfo):
        utcoffset = tzname = dst = __repr__ = __eq__ = __hash__ = __getattribute__ = trap("zone")

    return datetime.datetime(2026, 1, 1, tzinfo=Zone())


def named():
    kind = collections.namedtuple("Kind", "a b")
    return type("Hostile", (kind,), {"a": property(trap("a")), "_fields": ("a", "b"), **traps()})(1, 2)


def abstract():
    class Abstract(abc.ABC):
        @classmethod
        def __subclasshook__(cls, other):
            CALLS.append("hook")
            return True

    return [Abstract, type("Concrete", (Abstract,), {})()]


def fielded():
    kind = type("Fielded", (), {"_fields": RaisingSlot(), "__dataclass_fields__": RaisingSlot(), "__module__": RaisingSlot(),
                                "_sa_class_manager": RaisingSlot(), "slot": RaisingSlot(), **traps("setattr")})
    return kind()


def moduleless():
    kind = type("Moduleless", (), {})
    kind.__module__ = hostile()()
    return [kind(), kind]


def of(base, *arguments):
    return lambda: hostile(base)(*arguments)


KINDS = {
    "object that overrides everything": lambda: hostile()(), "class of such": lambda: hostile(),
    "metaclass with effects": lambda: Meta("M", (), {})(),
    "class with such a metaclass": lambda: Meta("M", (), {}),
    "list of many of such a metaclass": lambda: [Meta("M", (), {})() for _ in range(9)],
    "lie about the class": Lying, "__dict__ as a property": Dunder,
    "dictionary of its own kind": lambda: with_dictionary(type("P", (), {})),
    "descriptors that raise": fielded, "slots, some unset": Slotted, "module that is no text": moduleless,
    "str": of(str, "a"), "bytes": of(bytes, b"a"), "bytearray": of(bytearray, b"a"), "int": of(int, 5), "float": of(float, 5),
    "complex": of(complex, 5),
    "list": of(list, [1]), "tuple": of(tuple, (1,)), "dict": of(dict, {"a": 1}), "set": of(set, [1]), "frozenset": of(frozenset, [1]),
    "deque": of(collections.deque, [1]),
    "OrderedDict": lambda: type("O", (collections.OrderedDict,), {"__iter__": trap("i"), "items": trap("i")})(),
    "defaultdict": of(collections.defaultdict, None, {"a": 1}), "Decimal": of(decimal.Decimal, "1"), "date": of(datetime.date, 2026, 1, 1),
    "datetime": of(datetime.datetime, 2026, 1, 1), "timedelta": of(datetime.timedelta, 1),
    "array": lambda: type("A", (array.array,), traps())("i", [1]),
    "StringIO": of(io.StringIO, "a"), "BytesIO": of(io.BytesIO, b"a"), "closed file in memory": released_bytes, "zone": zone,
    "named tuple": named,
    "exception": lambda: Descending("a", 1), "circular exceptions": circular, "hash and eq in sets and maps": in_set,
    "infinite iteration": infinite,
    "enumeration": lambda: MOODY[0], "dataclass": Data,
    "repr that recurses": recursing, "weak proxy": proxy, "dead proxy": dead_proxy, "weak reference": lambda: weakref.ref(Slotted()),
    "weak dictionary": lambda: weakref.WeakValueDictionary(a=Slotted()), "mock": lambda: unittest.mock.Mock(a=1),
    "magic mock": unittest.mock.MagicMock,
    "structure of ctypes": lambda: Structure(1), "pointer of ctypes": lambda: ctypes.pointer(ctypes.c_int(1)), "mapped memory": mapped,
    "socket": open_socket, "closed socket": closed_socket, "lock": threading.Lock, "recursive lock": threading.RLock,
    "condition": threading.Condition,
    "thread": threading.Thread, "running generator": running_generator, "coroutine never awaited": coroutine,
    "asynchronous generator": asynchronous,
    "object with an end": lambda: KEPT.append(Ending()) or KEPT[-1], "released memory": released, "threads' own data": Local,
    "module with __getattr__": lambda: LazyModule("lazy"), "class that registers subclasses": lambda: [Registering, Registering()],
    "abstract class": abstract, "module": lambda: importlib.import_module("json"),
    "open file": lambda: KEPT.append(open(__file__)) or KEPT[-1],
    "iterator": lambda: iter(infinite()), "map object": lambda: map(trap("mapped"), [1]), "zip object": lambda: zip([1]),
    "path": lambda: pathlib.Path("a"),
    "subclass of path": lambda: type("P", (type(pathlib.Path("a")),), {
        "__str__": trap("s"), "__fspath__": trap("f"), "parts": property(trap("p"))})("a"),
    "identifier": lambda: type("U", (uuid.UUID,), {"hex": property(trap("hex")), "__str__": trap("s")})(int=5),
    "frame": lambda: __import__("sys")._getframe(), "code": lambda: trap.__code__, "property": lambda: property(trap("p")),
    "bound method of such": lambda: types.MethodType(trap("m"), hostile()()),
    "partial of such": lambda: __import__("functools").partial(hostile()()),
}
