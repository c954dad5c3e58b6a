"""What a unit of work read, while it is at work: appending must cost about a microsecond, so entries hold live values, unwritten.

A ring belongs to a unit: to the object that stands for it (Sentry's isolation scope), else to the context that `begin` opened.
"""
import contextvars
import sys
from time import perf_counter

from . import companions, places

ENTRIES, ROWS_HELD, NAMES, DEPTH, BETWEEN = 200, 5_000, 200, 16, 50

def nothing():
    """No unit is there."""


SCOPE = None
KEPT = nothing  # the same where it is there already, and in C
STARTING = None  # called when a unit begins to read, and there is something in WAITING
WAITING = ()
CURRENT = contextvars.ContextVar("nevermore_unit", default=None)
OF_UNITS = companions.Companions()

getframe = sys._getframe
RANGE = range(DEPTH)
IN_APP = places.IN_APP


class Entry(dict):
    """What was read, by name; when, since the start of the clock; and the code that asked for it, with its last instruction."""

    __slots__ = ("at", "code", "instruction")


class Statement:
    """What was asked of a database, and the rows that were fetched. Most requests make one: slots cost a third of a dict."""

    __slots__ = ("at", "code", "instruction", "module", "database", "statement", "parameters", "columns", "rows", "count", "more",
                 "failure", "busy")


class Ring(list):
    """The latest entries of one unit; reads by name (`names`) are kept once a name, so that they push nothing out."""

    __slots__ = ("owner", "began", "names", "draws", "__weakref__")

    def __call__(self, event, hint=None):
        """A scope of Sentry keeps nothing but event processors for others: this one changes nothing."""
        return event

    def latest(self):
        return self[-ENTRIES:]

    def shed(self):
        """The oldest entries go, then the rows of the oldest statements; the count says what was there. Called every so many entries."""
        del self[:-ENTRIES]
        statements = [entry for entry in self if type(entry) is Statement and entry.rows]
        held = sum(len(entry.rows) for entry in statements)
        if held <= ROWS_HELD:
            return
        for entry in statements:
            if held <= ROWS_HELD // 2:
                return
            held -= len(entry.rows)
            entry.count = entry.count or len(entry.rows)
            entry.rows = []


def ring_of(owner):
    """A new one. It has no `__init__`, which would cost as much as all the rest."""
    if WAITING:
        STARTING()
    ring = Ring()
    ring.owner, ring.began, ring.names, ring.draws = owner, perf_counter(), {}, 0
    return ring


def current():
    """The ring of the unit at work."""
    if SCOPE is not None:
        unit = KEPT()
        if unit is None:
            unit = SCOPE()
        try:
            first = unit._event_processors[0]
            if type(first) is Ring and first.owner == id(unit):
                return first
        except (AttributeError, IndexError):
            pass
        if unit is not None:
            return of_unit(unit)
    ring = CURRENT.get()
    if ring is None:
        ring = ring_of(0)
        CURRENT.set(ring)
    return ring


def of_unit(unit):
    """A fork of Sentry's scope copies the list of its parent, and with it the parent's ring: that one is replaced."""
    processors = getattr(unit, "_event_processors", None)
    if type(processors) is not list:
        ring = OF_UNITS.get(unit)
        if ring is None:
            ring = ring_of(0)
            OF_UNITS.put(unit, ring)
        return ring
    rings = [item for item in processors if type(item) is Ring]
    if rings:
        processors[:] = [item for item in processors if type(item) is not Ring]
    mine = next((ring for ring in rings if ring.owner == id(unit)), None)
    if mine is None:
        mine = ring_of(id(unit))
    processors.insert(0, mine)
    return mine


def noted(entry, above):
    """Appends to the current ring an entry that gets its moment, and the code of the nearest frame of the application. All in one, since
    code that runs once a request is cold: a further function costs more than what it does."""
    unit = KEPT()
    if unit is None:
        ring = current()
    else:
        processors = unit._event_processors
        ring = processors[0] if processors else None
        if type(ring) is not Ring:
            ring = of_unit(unit)
        elif ring.owner != id(unit):  # the parent's, copied with its list
            ring = processors[0] = ring_of(id(unit))
    frame = getframe(above)
    entry.code = code = frame.f_code
    if IN_APP.get(code.co_filename):
        entry.instruction = frame.f_lasti
    else:
        entry.code, entry.instruction = caller(frame)
    entry.at = perf_counter()
    ring.append(entry)
    if not len(ring) % BETWEEN:
        ring.shed()


def begin():
    """Opens a unit of work in this context; `end` takes what it returns."""
    return CURRENT.set(ring_of(0))


def end(token):
    try:
        CURRENT.reset(token)
    except (ValueError, RuntimeError):  # ended in another context, or twice
        CURRENT.set(None)


def caller(frame):
    """(code, last instruction) of the nearest frame of the application within a few levels, or (None, 0). The line is found later."""
    for _ in RANGE:
        code = frame.f_code
        known = IN_APP.get(code.co_filename)
        if known or known is None and places.is_application(code.co_filename):
            return code, frame.f_lasti
        frame = frame.f_back
        if frame is None:
            break
    return None, 0
