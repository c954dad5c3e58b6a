"""psycopg2, whose connections and cursors are C: they are made of subclasses. A connection class with a `cursor` of its own is left as it
is."""
from .. import patches, work, wrappers
from ..patches import without_frame
from . import cursors

MADE = {}


def install(module):
    patches.wrap(module, "_connect", lambda plain: connecting(plain, module.extensions))


def connecting(plain, extensions):
    def _connect(dsn, connection_factory=None, **named):
        factory = connection_factory
        try:
            factory = recorded(connection_factory or extensions.connection, extensions)
        except Exception:
            work.fault()
        try:
            connection = plain(dsn, connection_factory=factory, **named)
        except BaseException as error:
            without_frame(error)
            raise
        try:
            if type(connection) is factory and factory in MADE.values() and not named.get("async_") and not named.get("async"):
                told = connection.get_dsn_parameters()
                connection._nevermore_database = "postgresql://%s:%s/%s" % tuple(told.get(name, "") for name in ("host", "port", "dbname"))
        except Exception:
            work.fault()
        return connection
    return _connect


def recorded(factory, extensions):
    found = MADE.get(factory) if type(factory) is type else factory
    if found is None:
        if (len(MADE) >= cursors.TYPES or not cursors.is_plain(factory, extensions.connection)
                or factory.cursor is not extensions.connection.cursor):
            return factory
        names = {"__slots__": ("_nevermore_database",), "__module__": factory.__module__, "__qualname__": factory.__qualname__,
                 "__doc__": factory.__doc__, "cursor": opening(factory.cursor, extensions.cursor)}
        found = MADE[factory] = type(factory.__name__, (factory,), names)
    return found


def opening(plain, usual):
    def cursor(self, *arguments, **named):
        try:
            chosen = with_factory(self, usual, arguments, named)
            return plain(self, *chosen[0], **chosen[1])
        except BaseException as error:
            without_frame(error)
            raise
    return wrappers.unseen(cursor, plain)


def with_factory(connection, usual, arguments, named):
    try:
        place = dict(named)
        asked = arguments[1] if len(arguments) > 1 else place.pop("cursor_factory", None)
        kind = cursors.recorded(asked or connection.cursor_factory or usual, usual, "psycopg2")
    except Exception:
        return arguments, named
    if len(arguments) > 1:
        return (arguments[0], kind, *arguments[2:]), named
    return arguments, dict(place, cursor_factory=kind)
