"""Armed functions: their arguments are copied when they are entered, so that a failure has the values that came in. A copy hangs on
the frame itself, as the trace function that no tracer uses, and goes when the frame goes: nothing of ours refers to a frame."""
import os
import sys
import threading
import time

from . import armed_list, collector, finding, freezing, guard, prologue

LOOK_SECONDS = 3  # between two looks at the file
WAKE_SECONDS = 1  # a function that has spent its snapshots rests until then
SHARE = 0.01  # of the wall time that may be spent
GRACE_SECONDS = 5  # the share is of at least so long
SLOW_SECONDS = 0.005  # a function with three snapshots that took longer is left alone: one may be the machine's doing
SLOW_COUNT = 3
MONITORING = getattr(sys, "monitoring", None)
TOOLS = (3, 4)
KEEPS_BY_FRAME = sys.version_info >= (3, 10)  # before, a frame with a trace function would lose count of its lines
COUNT = 256  # of the entries that are kept where the frame cannot keep them

monotonic = time.monotonic
frame_here = sys._getframe
tracer = sys.gettrace


class Entry:
    """The arguments of one call. Inert as a trace function: one that is called gives no further one and changes nothing."""
    __slots__ = ("code", "names", "copy")

    def __init__(self, code, names, copy):
        self.code, self.names, self.copy = code, names, copy

    def __call__(self, frame, event, argument):
        return None


class Spot:
    """A code that is armed. `+spot` is what the prologue runs."""
    __slots__ = ("code", "names", "share", "left", "until", "window", "rests", "slow", "owner")

    def __init__(self, code, share, until, owner):
        self.code, self.share, self.until, self.owner = code, share, until, owner
        count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
        self.names = in_order(code, code.co_varnames[:count])
        self.left = share
        self.window = 0.0
        self.rests = False
        self.slow = 0

    def renew(self, owner, until):
        self.owner, self.until, self.share, self.window, self.rests = owner, until, owner.share, 0.0, False

    def __pos__(self):
        if self.owner is armed.current:
            entered(self, frame_here(1))
        elif not KEEPS_BY_FRAME:
            kept.pop(id(frame_here(1)), None)


def in_order(code, names):
    """As they are written: `*rest` stands before what is keyword-only."""
    if code.co_flags & 4 and code.co_kwonlyargcount:
        first, after = code.co_argcount, code.co_argcount + code.co_kwonlyargcount
        return names[:first] + names[after:after + 1] + names[first:after] + names[after + 1:]
    return names


class Arming:
    """What one content of the file armed in this process."""

    def __init__(self, listed, now, clock):
        self.listed = listed
        self.start = now
        self.end = now + listed.seconds
        self.ends = {(f.file, f.function): now + f.until - clock for f in listed.functions}
        self.share = max(1, listed.rate // len(listed.functions))
        self.spent = 0.0
        self.spots = {}  # by the code's identity
        self.resting = []
        self.modules = -1
        self.tool = None
        self.swaps = []  # [function, its own code, the one with prologues]

    def is_over(self, now):
        return now >= self.end or now >= max(self.ends.values()) or self.spent > SHARE * max(now - self.start, GRACE_SECONDS)


class Armed:
    """The state of the process: the file, what it armed, and when it is looked at next."""

    def __init__(self):
        self.path = self.signature = self.current = None
        self.due = self.file_due = 0.0
        self.lock = threading.Lock()


armed = Armed()
kept = {}  # entries by their frame's identity, where the frame cannot keep them


def install(settings):
    """Looks at the file from now on; nothing where no file is named, or the interpreter is none that can be armed."""
    path = getattr(settings, "armed", None) or os.environ.get("NEVERMORE_ARMED")
    if not path or freezing.Pickler is None or not (MONITORING or prologue.IS_SUPPORTED):
        return
    first = armed.path is None
    armed.path, armed.due, armed.file_due = os.path.abspath(path), 0.0, 0.0
    collector.call(look)
    if first and hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forked)
    look()


def remove():
    """Ends it, for good."""
    collector.forget(look)
    with armed.lock:
        armed.path = armed.signature = None
        disarm()


def forked():
    armed.lock = threading.Lock()


def look():
    """Looks whether the file has changed, where that is due. May be called from anything that happens anyway: the collector does."""
    now = monotonic()
    if now < armed.due or armed.path is None:
        return
    lock = armed.lock
    if not lock.acquire(False):
        return
    try:
        armed.due = now + WAKE_SECONDS
        try:
            renew(now)
        except Exception as error:
            guard.swallow(error)
            disarm()
    finally:
        lock.release()


def renew(now):
    if now >= armed.file_due:
        armed.file_due = now + LOOK_SECONDS
        found = armed_list.signature(armed.path)
        if found != armed.signature:
            armed.signature = found
            disarm()
            listed = armed_list.read(armed.path, time.time()) if found else None
            if listed:
                armed.current = Arming(listed, now, time.time())
    current = armed.current
    if current is None:
        return
    if current.is_over(now):
        disarm()
        return
    if len(sys.modules) != current.modules:
        current.modules = len(sys.modules)
        arm_loaded(current, now)
    resting, current.resting = current.resting, []
    for spot in resting:
        wake(current, spot)


def arm_loaded(current, now):
    """Arms what the loaded modules have of the listed functions."""
    wanted = {place: until for place, until in current.ends.items() if until > now}
    found = {}  # by identity: (function, [spots of codes that it makes or runs])
    for path, names in finding.modules({file for file, _ in wanted}):
        for function, code, name in finding.named(path, names):
            until = wanted.get((path, name))
            if until is None:
                continue
            spot = current.spots.get(id(code)) or Spot(code, current.share, until, current)
            found.setdefault(id(function), (function, []))[1].append(spot)
    for function, spots in found.values():
        if MONITORING:
            monitor(current, spots)
        else:
            swap(current, function, spots)


# 3.12 and later: the interpreter calls us, for these codes only


def monitor(current, spots):
    if current.tool is None:
        current.tool = free_tool("nevermore armed", started)
    if current.tool is None:
        return  # all are taken: another tool comes first
    for spot in spots:
        if id(spot.code) not in current.spots:
            current.spots[id(spot.code)] = spot
            MONITORING.set_local_events(current.tool, spot.code, MONITORING.events.PY_START)


def free_tool(name, callback):
    for tool in TOOLS:
        if MONITORING.get_tool(tool) is None:
            try:
                MONITORING.use_tool_id(tool, name)
            except ValueError:
                continue
            MONITORING.register_callback(tool, MONITORING.events.PY_START, callback)
            return tool
    return None


def started(code, _):
    current = armed.current
    spot = current.spots.get(id(code)) if current is not None else None
    if spot is None:
        return MONITORING.DISABLE
    entered(spot, frame_here(1))
    return MONITORING.DISABLE if spot.rests else None


# before 3.12: the functions get codes with a prologue


def swap(current, function, spots):
    own = finding.code_of(function)
    if any(entry[0] is function for entry in current.swaps):
        return
    earlier = next((item for item in own.co_consts if type(item) is Spot), None)
    if earlier is not None:  # made by a function that was armed: it has its prologue for as long as it lives
        earlier.renew(current, min(spot.until for spot in spots))
        return
    spots = [current.spots.setdefault(id(spot.code), spot) for spot in spots]
    try:
        new = with_prologues(own, {id(spot.code): spot for spot in spots}, 0)
    except prologue.Unfit:
        return
    function.__code__ = new
    current.swaps.append((function, own, new))


def with_prologues(code, spots, depth):
    changes = {}
    for inner in code.co_consts:
        if isinstance(inner, type(code)) and depth < finding.DEPTH:
            new = with_prologues(inner, spots, depth + 1)
            if new is not inner:
                changes[id(inner)] = new
    spot = spots.get(id(code))
    new = prologue.with_constants(code, changes) if changes else code
    return prologue.hooked(new, spot) if spot else new


def put_back(function, mine, other):
    if finding.code_of(function) is mine:
        function.__code__ = other


# both


def entered(spot, frame):
    """Copies the arguments of a call that has just started; nothing that goes wrong here is seen by the service."""
    try:
        if not KEEPS_BY_FRAME:
            kept.pop(id(frame), None)
        now = monotonic()
        if now >= spot.window:
            spot.window, spot.left = now + WAKE_SECONDS, spot.share
        if spot.left <= 0:
            rest(spot)
            return
        spot.left -= 1
        if frame.f_trace is None and tracer() is None:
            keep(spot, frame, now)
    except Exception as error:
        guard.swallow(error)


def keep(spot, frame, now):
    current = spot.owner
    if now >= spot.until or now >= current.end:
        spot.left = 0
        return
    values = arguments(frame, spot.names)
    try:
        copy = freezing.frozen(values)
    except freezing.TooLarge:
        copy = freezing.lost(values, "size")
    except Exception as error:
        guard.swallow(error)
        copy = freezing.lost(values, "failed")  # another thread changed them meanwhile
    entry = Entry(frame.f_code, spot.names, copy)
    if KEEPS_BY_FRAME:
        frame.f_trace = entry
    else:
        while len(kept) >= COUNT:
            kept.pop(next(iter(kept)), None)
        kept[id(frame)] = entry
    spent = monotonic() - now
    current.spent += spent
    spot.slow += spent > SLOW_SECONDS
    if spot.slow >= SLOW_COUNT or current.spent > SHARE * max(now - current.start, GRACE_SECONDS):
        spot.until = 0.0


def arguments(frame, names):
    variables = frame.f_locals
    values = [variables[name] for name in names]
    if type(variables) is dict:
        variables.clear()  # before 3.13 the frame keeps this dictionary, and would keep what the function lets go
    return values


def rest(spot):
    """No further call costs anything until the next look."""
    current = spot.owner
    if spot.rests or current is not armed.current:
        return
    spot.rests = True
    for function, own, new in current.swaps:
        if own is spot.code:
            put_back(function, new, own)
    current.resting.append(spot)


def wake(current, spot):
    now = monotonic()
    if now >= spot.until:
        return
    if now < spot.window:
        current.resting.append(spot)
        return
    spot.rests = False
    if current.tool is not None:
        MONITORING.set_local_events(current.tool, spot.code, 0)
        MONITORING.set_local_events(current.tool, spot.code, MONITORING.events.PY_START)
    for function, own, new in current.swaps:
        if own is spot.code:
            put_back(function, own, new)


def disarm():
    """Everything is as it was; entries of calls that are under way stay with their frames."""
    current, armed.current = armed.current, None
    if current is None:
        return
    if current.tool is not None:
        for spot in current.spots.values():
            MONITORING.set_local_events(current.tool, spot.code, 0)
        MONITORING.register_callback(current.tool, MONITORING.events.PY_START, None)
        MONITORING.free_tool_id(current.tool)
    for function, own, new in current.swaps:
        put_back(function, new, own)


def entry_of(frame):
    """[(name, value)] of the arguments as they came in, or None; values are copies, or live where they cannot change."""
    try:
        entry = frame.f_trace if KEEPS_BY_FRAME else kept.get(id(frame))
        if type(entry) is not Entry or entry.code is not frame.f_code or frame.f_lasti < 0:
            return None
        return list(zip(entry.names, freezing.thawed(entry.copy)))
    except Exception as error:
        guard.swallow(error)
        return None
