"""Objects whose every method has an effect are written without one call of them, and nobody notices."""
import abc
import array
import asyncio
import collections
import contextlib
import ctypes
import dataclasses
import datetime
import decimal
import enum
import gc
import importlib
import io
import json
import mmap
import pathlib
import socket
import tempfile
import threading
import types
import unittest
import unittest.mock
import uuid
import warnings
import weakref

from .graph import Graph

CALLS = []
KEPT = []  # what must live as long as the tests, so that no end of an object falls into a measurement

SPECIAL = [
    "repr", "str", "eq", "ne", "lt", "gt", "le", "ge", "hash", "bool", "len", "length_hint", "iter", "next", "getitem", "setitem",
    "delitem", "contains",
    "getattr", "getattribute", "setattr", "delattr", "dir", "format", "bytes", "int", "float", "index", "complex", "add", "radd", "call",
    "enter", "exit", "reduce", "reduce_ex", "getstate", "copy", "deepcopy", "sizeof", "instancecheck", "fspath", "missing", "reversed",
    "get", "set", "delete", "await", "aiter", "anext", "neg", "trunc", "round", "buffer", "release_buffer", "class_getitem", "mul", "or"]


def trap(name):
    def called(*arguments, **named):
        CALLS.append(name)
        raise RuntimeError("called " + name)

    return called


def traps(*left):
    members = {"__%s__" % name: trap(name) for name in SPECIAL if name not in left}
    members.update({name: trap(name) for name in (
        "items", "keys", "values", "get", "copy", "tell", "getvalue", "read", "seek", "isoformat", "utcoffset", "tzname", "dst", "tolist",
        "popitem", "pop", "hex", "as_tuple", "__str__", "getbuffer")})
    members["__class__"] = property(trap("__class__"))
    members["prop"] = property(trap("prop"))
    return members


def hostile(base=object, **more):
    return type("Hostile", (base,), {**traps("setattr"), "__init__": base.__init__, **more}) if base is object \
        else type("Hostile", (base,), {**traps(), **more})


class Lying:
    __class__ = dict


class Meta(type):
    def __getattribute__(cls, name):
        CALLS.append("meta " + name)
        return type.__getattribute__(cls, name)

    def __instancecheck__(cls, other):
        CALLS.append("meta instancecheck")
        return True

    def __subclasscheck__(cls, other):
        CALLS.append("meta subclasscheck")
        return True

    def __eq__(cls, other):
        CALLS.append("meta eq")
        return True

    def __hash__(cls):
        CALLS.append("meta hash")
        return 5

    def __bool__(cls):
        CALLS.append("meta bool")
        return False

    __repr__ = __len__ = __iter__ = trap("meta")


class MyNames(dict):
    def __missing__(self, key):
        CALLS.append("missing")
        raise KeyError(key)

    __getitem__ = get = items = keys = __iter__ = __contains__ = trap("names")


class RaisingSlot:
    def __get__(self, instance, owner=None):
        CALLS.append("descriptor")
        raise RuntimeError

    def __set__(self, instance, value):
        CALLS.append("descriptor set")


class Dunder:
    @property
    def __dict__(self):
        CALLS.append("__dict__")
        raise RuntimeError


class Slotted:
    __slots__ = ("set_one", "never_set", "__weakref__")


class LazyModule(types.ModuleType):
    def __getattr__(self, name):
        CALLS.append("module " + name)
        raise RuntimeError

    __getattribute__ = trap("module")


class Registering:
    def __init_subclass__(cls):
        CALLS.append("init_subclass")


class Local(threading.local):
    def __init__(self):
        CALLS.append("local")


class Ending:
    def __del__(self, CALLS=CALLS):
        CALLS.append("del")


class Structure(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int)]


class Moody(enum.Enum):
    ONE = 1


MOODY = [Moody.ONE]
for each in ("__repr__", "__str__", "__hash__", "__eq__", "__getattribute__"):
    type.__setattr__(Moody, each, trap("enum"))


@dataclasses.dataclass
class Data:
    x: int = 1
    __repr__ = __eq__ = __getattribute__ = trap("dataclass")


class Descending(Exception):
    __str__ = __repr__ = __eq__ = __hash__ = __getattribute__ = trap("exception")


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


def libraries():
    """Lazy proxies and rows of libraries that are installed here."""
    found = {}
    with contextlib.suppress(ImportError):
        from werkzeug.local import LocalProxy
        found["proxy of werkzeug"] = lambda: LocalProxy(trap("proxied"))
    with contextlib.suppress(ImportError):
        from django.utils.functional import SimpleLazyObject
        found["lazy object of django"] = lambda: SimpleLazyObject(trap("lazy"))
    with contextlib.suppress(ImportError):
        found["rows of sqlalchemy"] = expired_row
        import sqlalchemy  # noqa: F401
    with contextlib.suppress(ImportError):
        import numpy
        found["array of numpy"] = lambda: numpy.arange(10_000_000)
        found["array of objects"] = lambda: array_of(numpy, hostile()())
        found["subclass of an array"] = lambda: numpy.arange(3).view(type("H", (numpy.ndarray,), {
            name: trap(name) for name in ("__len__", "__iter__", "__getitem__", "__repr__", "tolist", "__array__", "flat", "shape")}))
        found["number of numpy"] = lambda: [numpy.float64(1.5), numpy.int64(5), numpy.datetime64("2026-01-01")]
    with contextlib.suppress(ImportError):
        import pydantic
        found["model of pydantic"] = lambda: type("Model", (pydantic.BaseModel,), {
            "__annotations__": {"x": int}, "__module__": __name__, "__repr__": trap("r"), "__eq__": trap("e"), "__iter__": trap("i")})(x=1)
    with contextlib.suppress(ImportError):
        import attr
        found["class of attrs"] = lambda: attr.make_class("Made", ["x"])(1)
    return found if "sqlalchemy" in __import__("sys").modules else {k: v for k, v in found.items() if k != "rows of sqlalchemy"}


def array_of(numpy, held):
    made = numpy.empty(2, dtype=object)
    made[0] = held
    return made


def expired_row():
    import sqlalchemy
    from sqlalchemy import event, orm

    base = orm.declarative_base()

    class Person(base):
        __tablename__ = "person"
        id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
        name = sqlalchemy.Column(sqlalchemy.String)

    engine = sqlalchemy.create_engine("sqlite://")
    base.metadata.create_all(engine)
    session = orm.Session(engine)
    person = Person(id=1, name="a")
    session.add(person)
    session.commit()
    event.listen(engine, "before_cursor_execute", lambda *given: CALLS.append("query"))
    KEPT.append(session)
    return person


class TestHostile(unittest.TestCase):
    def observe(self, make):
        """What the writer gave, and what the service's code noticed of it."""
        held = make()
        said, complained = io.StringIO(), io.StringIO()
        with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            warnings.simplefilter("always")
            gc.disable()
            CALLS.clear()
            try:
                graph = Graph(held, [held], types.SimpleNamespace(held=held))
                calls = list(CALLS)
            finally:
                gc.enable()
        self.assertEqual([str(each.message) for each in warned], [])
        self.assertEqual(said.getvalue() + complained.getvalue(), "")
        return graph, calls

    def test_no_method_of_the_service_is_called(self):
        self.assertGreaterEqual(len(KINDS), 70)
        for name, make in {**KINDS, **libraries()}.items():
            with self.subTest(name):
                graph, calls = self.observe(make)
                self.assertEqual(calls, [])
                self.assertEqual(len(graph.values), 3)
                self.assertNotIn('"failed"', graph.text.replace('"failed","_io:BytesIO"', ""))
                json.loads(graph.text)

    @classmethod
    def tearDownClass(cls):
        for each in KEPT:
            if type(each) in (types.CoroutineType, socket.socket, io.TextIOWrapper):
                each.close()

    def test_traps_do_catch(self):
        for name in ("object that overrides everything", "str", "dict", "dataclass", "exception"):
            held = KINDS[name]()
            CALLS.clear()
            with contextlib.suppress(RuntimeError):
                repr(held)
            self.assertNotEqual(CALLS, [])

    def test_what_a_subclass_hides_is_read_all_the_same(self):
        graph, _ = self.observe(KINDS["dict"])
        self.assertIn('["map",[["a",1]]]', graph.text)
        graph, _ = self.observe(KINDS["exception"])
        self.assertIn('["exception","tests.test_hostile:Descending",["a",1],[]]', graph.text)
        graph, _ = self.observe(KINDS["array"])
        self.assertIn('["list",[1]]', graph.text)

    def test_locks_stay_as_they_were_and_generators_where_they_were(self):
        lock, made = threading.Lock(), (n for n in range(3))
        lock.acquire()
        next(made)
        Graph(lock, made)
        self.assertTrue(lock.locked())
        self.assertEqual(list(made), [1, 2])

    def test_nothing_is_kept_alive(self):
        class Held:
            pass

        held = Held()
        gone = weakref.ref(held)
        Graph([held], {"a": held})
        del held
        self.assertIsNone(gone())


if __name__ == "__main__":
    unittest.main()
