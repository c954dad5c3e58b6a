"""MySQLdb and pymysql: both have cursors of Python, and the same names. Not seen: a `for` over stored rows in MySQLdb before 2.2."""
from .. import companions
from . import drivers

ADDRESSES = companions.Companions()


def install(module):
    kinds = [kind for kind in vars(module).values() if type(kind) is type and kind.__module__ == module.__name__]
    drivers.install(kinds, module.__name__.partition(".")[0], address)


def address(cursor):
    connection = cursor.connection
    known = ADDRESSES.get(connection)
    if known is None:
        database = getattr(connection, "db", b"")
        database = database.decode() if type(database) is bytes else database if type(database) is str else ""
        known = "mysql://%s:%s/%s" % (getattr(connection, "host", ""), getattr(connection, "port", ""), database)
        ADDRESSES.put(connection, known)
    return known
