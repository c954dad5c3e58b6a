"""Classes that notice one way of being looked at: by their class, their names, a slot, a module, or their end."""
import ctypes
import dataclasses
import enum
import threading
import types

from .traps import CALLS, trap


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
