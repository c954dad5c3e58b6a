"""Which failures were sent already: no exception of the service is marked, or kept alive, to know that.

An exception is known again by a weak reference where its class allows one, else by the very tuple of its arguments, which no other
exception shares and which is kept where it holds nothing but short plain values. What has neither is the same when address, class and
path are, within one unit of work or, outside of one, within two seconds.
"""
import collections
import time
import weakref

from . import tracebacks
from .notation import ARGUMENTS

MOST, SECONDS, LENGTH = 64, 2, 10_000


class Seen:
    def __init__(self):
        self.known = collections.OrderedDict()

    def add(self, error, unit):
        """Whether this one is new."""
        mark = mark_of(error, unit)
        known = self.known.get(id(error))
        if known is not None and type(known) is type(mark) and known.is_of(error, mark):
            return False
        self.known[id(error)] = mark
        while len(self.known) > MOST:
            try:
                self.known.popitem(last=False)
            except KeyError:
                break
        return True


def mark_of(error, unit):
    try:
        return Weak(weakref.ref(error))
    except TypeError:
        arguments = ARGUMENTS(error)
        if arguments and all(is_short(item) for item in arguments):
            return Arguments(arguments)
        return Path(error, unit)


def is_short(item):
    return type(item) in (int, float, bool, type(None)) or type(item) in (str, bytes) and len(item) < LENGTH


class Weak:
    def __init__(self, reference):
        self.reference = reference

    def is_of(self, error, mark):
        return self.reference() is error


class Arguments:
    def __init__(self, arguments):
        self.arguments = arguments

    def is_of(self, error, mark):
        return ARGUMENTS(error) is self.arguments


class Path:
    def __init__(self, error, unit):
        self.path = id(type(error)), tuple((id(frame.f_code), line) for frame, line in tracebacks.frames(error)[-20:])
        self.unit, self.time = unit, time.monotonic()

    def is_of(self, error, mark):
        if mark.path[1][-1:] != self.path[1][-1:] or mark.path[0] != self.path[0]:
            return False
        return self.unit == mark.unit is not None or mark.unit is None and mark.time - self.time < SECONDS
