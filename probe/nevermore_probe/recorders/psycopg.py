"""psycopg 3, sync and async, with server-side cursors. Not seen: `stream`, `copy`, and C-level use of libpq."""
from .. import companions
from . import drivers

ADDRESSES = companions.Companions()


def install(module):
    names = ("Cursor", "ServerCursor", "AsyncCursor", "AsyncServerCursor")
    drivers.install([vars(module)[name] for name in names], "psycopg", address)


def address(cursor):
    connection = cursor.connection
    known = ADDRESSES.get(connection)
    if known is None:
        info = connection.info
        known = "postgresql://%s:%s/%s" % (info.host, info.port, info.dbname)
        ADDRESSES.put(connection, known)
    return known
