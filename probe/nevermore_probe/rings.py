"""What a unit of work read, while it is at work: appending must cost about a microsecond, so entries hold live values, unwritten.

A ring belongs to a unit: to the object that stands for it (Sentry's isolation scope), else to the context that `begin` opened.
"""
import collections
import contextvars
import sys
import time

from . import companions, places

ENTRIES, ROWS_HELD, NAMES, DEPTH = 200, 5_000, 200, 16

SCOPE = None
KEPT = None  # the same where it is there already, and in C
STARTING = None  # called when a unit begins to read, and there is something in WAITING
WAITING = ()
CURRENT = contextvars.ContextVar("nevermore_unit", default=None)
OF_UNITS = companions.Companions()
perf_counter = time.perf_counter
getframe = sys._getframe
RANGE = range(DEPTH)
IN_APP = places.IN_APP


class Ring:
    """The latest entries of one unit; reads by name (`names`) are kept once a name, so that they push nothing out."""

    __slots__ = ("owner", "began", "moment", "entries", "names", "held", "draws", "__weakref__")

    def __init__(self, owner=0):
        if WAITING:
            STARTING()
        self.owner = owner
        self.began = perf_counter()
        self.moment = time.time()
        self.entries = collections.deque(maxlen=ENTRIES)
        self.names = {}
        self.held = [0]  # rows of all entries; a list, because entries refer to it and must not refer to the ring
        self.draws = 0

    def __call__(self, event, hint=None):
        """A scope of Sentry keeps nothing but event processors for others: this one changes nothing."""
        return event

    def shed(self):
        """Rows of the oldest statements go first; the count says what was there."""
        held = self.held
        held[0] = sum(len(entry.get("rows") or ()) for entry in list(self.entries))
        for entry in list(self.entries):
            if held[0] <= ROWS_HELD // 2:
                return
            rows = entry.get("rows")
            if rows:
                held[0] -= len(rows)
                entry.setdefault("count", len(rows))
                entry["rows"] = []


def current():
    """The ring of the unit at work."""
    if SCOPE is not None:
        unit = KEPT() if KEPT is not None else None
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
        ring = Ring()
        CURRENT.set(ring)
    return ring


def of_unit(unit):
    """A fork of Sentry's scope copies the list of its parent, and with it the parent's ring: that one is replaced."""
    processors = getattr(unit, "_event_processors", None)
    if type(processors) is not list:
        ring = OF_UNITS.get(unit)
        if ring is None:
            ring = Ring()
            OF_UNITS.put(unit, ring)
        return ring
    mine = None
    for item in list(processors):
        if type(item) is Ring:
            processors.remove(item)
            mine = item if item.owner == id(unit) else mine
    mine = mine or Ring(id(unit))
    processors.insert(0, mine)
    return mine


def noted(entry, above):
    """The current ring, with one entry more: it gets its moment, and the nearest frame of the application as in `caller`. All in one, since
    code that runs once a request is cold: a further function costs more than what it does."""
    unit = KEPT() if KEPT is not None else None
    if unit is None:
        ring = current()
    else:
        processors = getattr(unit, "_event_processors", None)
        ring = processors[0] if type(processors) is list and processors else None
        if type(ring) is not Ring:
            ring = of_unit(unit)
        elif ring.owner != id(unit):  # the parent's, copied with its list
            ring = processors[0] = Ring(id(unit))
    frame = getframe(above)
    for _ in RANGE:
        code = frame.f_code
        known = IN_APP.get(code.co_filename)
        if known or known is None and places.is_application(code.co_filename):
            entry["caller"] = code, frame.f_lasti
            break
        frame = frame.f_back
        if frame is None:
            break
    entry["at"] = perf_counter()
    ring.entries.append(entry)
    return ring


def begin():
    """Opens a unit of work in this context; `end` takes what it returns."""
    return CURRENT.set(Ring())


def end(token):
    try:
        CURRENT.reset(token)
    except (ValueError, RuntimeError):  # ended in another context, or twice
        CURRENT.set(None)


def caller(above):
    """(code, last instruction) of the nearest frame of the application within a few levels, or None. The line is found later."""
    frame = getframe(above)
    for _ in range(DEPTH):
        code = frame.f_code
        file = code.co_filename
        try:
            if IN_APP[file]:
                return code, frame.f_lasti
        except KeyError:
            if places.is_application(file):
                return code, frame.f_lasti
        frame = frame.f_back
        if frame is None:
            return None
    return None
