"""What the unit of work read: recorders note it, it is kept in a ring, and only a failure asks for it.

Nothing is written out here. What cannot be kept whole is cut when it is noted, with its full length (`Cut`).
"""
import itertools
import sys
from threading import get_ident

from . import guard, imports, patches, rings
from .marks import Cut, Secret

RECORDERS = {  # by the module whose import calls for it
    "sqlite3": "sqlite", "psycopg": "psycopg", "psycopg2": "psycopg2", "MySQLdb.cursors": "mysql", "pymysql.cursors": "mysql",
    "http.client": "http_client", "requests.adapters": "requests", "httpx": "httpx", "aiohttp": "aiohttp",
    "redis": "redis", "uuid": "draws", "random": "draws",
}
BODY, ITEMS = 64 * 1024, 100

ACTIVE = False
OBSERVER = None
SENDING = set()  # threads that send for us: what they ask is not the service's
REDACT = ()  # names that the service adds
faults = 0

begin, end = rings.begin, rings.end


def fault():
    """For an `except`: counts what is ours, and lets the rest go on, as `guard.swallow` does."""
    global faults
    guard.swallow(sys.exc_info()[1])
    faults += 1


def install(settings=None, scope=None, kept=None):
    """Patches the recorders in, once; those whose library is not there wait for its import. Never raises."""
    global ACTIVE, OBSERVER, REDACT
    rings.SCOPE, rings.KEPT, REDACT = scope, kept or rings.nothing, tuple(getattr(settings, "redact", ()))
    if ACTIVE or not getattr(settings, "work", True):
        return
    ACTIVE = True
    try:
        from .recorders import environment
        environment.install()
        OBSERVER = imports.Observer(RECORDERS, imported)
        OBSERVER.install()
        rings.STARTING, rings.WAITING = settle, OBSERVER.pending
    except Exception:
        fault()


def uninstall():
    """Everything as it was; what was wrapped by others meanwhile notes nothing any more."""
    global ACTIVE, OBSERVER
    ACTIVE = False
    if OBSERVER is not None:
        OBSERVER.uninstall()
    OBSERVER = None
    patches.undo()
    rings.SCOPE = rings.STARTING = None
    rings.KEPT = rings.nothing
    rings.WAITING = ()
    rings.CURRENT.set(None)


def imported(name):
    """A watched module has run; a recorder that fails leaves its library as far as it came."""
    try:
        recorder = __import__("%s.recorders.%s" % (__package__, RECORDERS[name]), fromlist=["install"])
        recorder.install(sys.modules[name])
    except Exception:
        fault()


def settle():
    """Libraries that arrived by a loader which could not be observed are met at the start of a unit."""
    try:
        if OBSERVER is not None and OBSERVER.pending:
            OBSERVER.settle()
    except Exception:
        fault()


def entry(kind, above=2):
    """A new entry in the current ring; the caller fills it. Live, and the ring's own."""
    made = rings.Entry()
    made["kind"] = kind
    rings.noted(made, above)
    return made


def note(kind, **fields):
    """Appends what was read. The values are kept as they are, so hand over what does not change."""
    if not ACTIVE:
        return
    try:
        entry(kind, 3).update(fields)
    except Exception:
        fault()


def cut(value):
    """The value itself, unless it is long: then its start. Lists and maps are copied, since they may change."""
    kind = type(value)
    if kind is bytes or kind is str or kind is bytearray or kind is memoryview:
        size = len(value)
        if size > BODY:
            return Cut(value[:BODY] if kind is str else bytes(value[:BODY]), size)
        return value if kind is bytes or kind is str else bytes(value)
    if kind is list:
        return value[:] if len(value) <= ITEMS else Cut(value[:ITEMS], len(value))
    if kind is dict:
        return value.copy() if len(value) <= ITEMS else start(value.items(), len(value), dict)
    if kind is set:
        return set(value) if len(value) <= ITEMS else start(value, len(value), set)
    return value


def start(items, count, kind):
    """As a list: a map or a set that is made anew would ask the keys for their hashes."""
    return Cut(list(itertools.islice(items, ITEMS)), count, kind)


def failure(error):
    """Type and arguments; never the error itself, which would keep its frames."""
    return type(error), BaseException.args.__get__(error)


def taken():
    """The entries of the current unit, oldest first, ready for the snapshot. Never raises."""
    try:
        from . import readings
        return readings.of(rings.current())
    except Exception:
        fault()
        return []


class sending:
    """`with work.sending():` what is sent in this thread is ours, and not recorded."""

    def __enter__(self):
        self.thread = get_ident()
        SENDING.add(self.thread)

    def __exit__(self, *error):
        SENDING.discard(self.thread)
