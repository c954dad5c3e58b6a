"""sqlite3: connections are made of a subclass whose cursors note. A connection class with a `cursor` of its own is left as it is."""
import functools
import sqlite3

from .. import patches, work
from . import cursors

MADE = {}
FACTORY = 5  # its place among the arguments of `connect`


def install(module):
    dbapi2 = module.dbapi2
    ours = None
    for owner in (module, dbapi2):
        if ours is None:
            if patches.wrap(owner, "connect", connecting):
                ours = vars(owner)["connect"]
        elif vars(owner).get("connect") is ours.__wrapped__:
            patches.put(owner, "connect", ours, ours.__wrapped__)


def connecting(plain):
    def connect(*arguments, **named):
        chosen = arguments, named
        try:
            chosen = with_factory(arguments, dict(named))
        except Exception:
            work.fault()
        connection = plain(*chosen[0], **chosen[1])
        try:
            if type(connection) in MADE.values():
                connection._nevermore_database = arguments[0] if arguments else named.get("database")
        except Exception:
            work.fault()
        return connection
    return connect


def with_factory(arguments, named):
    if len(arguments) > FACTORY:
        return (*arguments[:FACTORY], recorded(arguments[FACTORY]), *arguments[FACTORY + 1:]), named
    named["factory"] = recorded(named.get("factory", sqlite3.Connection))
    return arguments, named


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

    def cursor(self, factory=usual):
        try:
            kind = ours if factory is usual else cursors.recorded(factory, usual, "sqlite3")
        except Exception:
            kind = factory
        made = plain(self, kind)
        try:
            if kind is not factory:
                made._nevermore_database = self._nevermore_database
        except AttributeError:  # a connection that opens cursors while it is made
            pass
        return made
    names = {"__slots__": ("_nevermore_database",), "__module__": base.__module__, "__qualname__": base.__qualname__,
             "__doc__": base.__doc__, "cursor": functools.update_wrapper(cursor, plain)}
    for name in ("execute", "executemany", "executescript"):
        if getattr(base, name) is getattr(sqlite3.Connection, name):
            names[name] = functools.update_wrapper(through(plain, ours, name), getattr(base, name))
    return names


def through(cursor, ours, name):
    """In C these open a plain cursor, whatever `cursor` is overridden by."""
    execute = vars(ours.__mro__[1])[name]

    def run(self, *arguments):
        made = cursor(self, ours)
        try:
            made._nevermore_database = self._nevermore_database
        except AttributeError:
            pass
        return execute(made, *arguments)
    return run
