"""sqlite3: connections are made of a subclass whose cursors note. A connection class with a `cursor` of its own is left as it is."""
import sqlite3

from .. import patches, work, wrappers
from ..patches import without_frame
from . import cursors
from .statements import begun, failed

MADE = {}
FACTORY = 5  # its place among the arguments of `connect`


def install(module):
    dbapi2 = module.dbapi2
    ours = None
    for owner in (module, dbapi2):
        if ours is None:
            if patches.wrap(owner, "connect", connecting, wrappers.unseen):
                ours = vars(owner)["connect"]
        elif vars(owner).get("connect") is ours.__wrapped__:
            patches.put(owner, "connect", ours, ours.__wrapped__)


def connecting(plain):
    def connect(*arguments, **named):
        try:
            chosen = with_factory(arguments, named)
            connection = plain(*chosen[0], **chosen[1])
        except BaseException as error:
            without_frame(error)
            raise
        connected(connection, arguments, named)
        return connection
    return connect


def with_factory(arguments, named):
    try:
        if len(arguments) > FACTORY:
            return (*arguments[:FACTORY], recorded(arguments[FACTORY]), *arguments[FACTORY + 1:]), named
        return arguments, dict(named, factory=recorded(named.get("factory", sqlite3.Connection)))
    except Exception:
        work.fault()
        return arguments, named


def connected(connection, arguments, named):
    try:
        if type(connection) in MADE.values():
            connection._nevermore_database = arguments[0] if arguments else named.get("database")
    except Exception:
        work.fault()


def recorded(factory):
    found = MADE.get(factory) if type(factory) is type else factory
    if found is None:
        if (len(MADE) >= cursors.TYPES or not cursors.is_plain(factory, sqlite3.Connection)
                or factory.cursor is not sqlite3.Connection.cursor):
            return factory
        found = MADE[factory] = type(factory.__name__, (factory,), namespace(factory))
    return found


def namespace(base):
    plain, usual = base.cursor, sqlite3.Cursor
    ours = cursors.recorded(usual, usual, "sqlite3")

    def cursor(self, *arguments, **named):
        try:
            if not arguments and not named:
                return plain(self, ours)
            chosen = with_cursor(arguments, named)
            return plain(self, *chosen[0], **chosen[1])
        except BaseException as error:
            without_frame(error)
            raise
    names = {"__slots__": ("_nevermore_database",), "__module__": base.__module__, "__qualname__": base.__qualname__,
             "__doc__": base.__doc__, "cursor": wrappers.unseen(cursor, plain)}
    for name in ("execute", "executemany", "executescript"):
        if getattr(base, name) is getattr(sqlite3.Connection, name):
            names[name] = wrappers.unseen(through(plain, ours, name), getattr(base, name))
    return names


def with_cursor(arguments, named):
    try:
        if arguments:
            return (cursors.recorded(arguments[0], sqlite3.Cursor, "sqlite3"), *arguments[1:]), named
        if "factory" in named:
            return arguments, dict(named, factory=cursors.recorded(named["factory"], sqlite3.Cursor, "sqlite3"))
    except Exception:
        work.fault()
    return arguments, named


def through(cursor, ours, name):
    """In C these open a plain cursor, whatever `cursor` is overridden by."""
    plain, itself, many = getattr(sqlite3.Cursor, name), getattr(sqlite3.Connection, name), name == "executemany"

    def run(self, *arguments, **named):
        entry = None
        try:
            if named:
                return itself.__get__(self)(*arguments, **named)  # which it refuses, and 3.9 in other words where it is not bound
            made = cursor(self, ours)
            try:
                entry = begun("sqlite3", self._nevermore_database, arguments, None, many)
            except AttributeError:  # of a connection that runs statements while it is made
                entry = begun("sqlite3", None, arguments, None, many)
            if len(arguments) == 2:  # the usual, for which the interpreter then makes no list
                answer = plain(made, arguments[0], arguments[1])
            else:
                answer = plain(made, *arguments)
        except BaseException as error:
            failed(entry, error)
            raise
        if entry is not None:
            entry.columns = made.description
            made._nevermore_entry = entry
        return answer
    return run
