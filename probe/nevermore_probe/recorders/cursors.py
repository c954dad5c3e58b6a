"""Cursors of C cannot be patched: they are made of a subclass, which is still an instance of what the service asked for."""
from .. import work, wrappers
from ..patches import without_frame
from . import statements
from .statements import begun, failed, fetched, one

TYPES = 64  # of the service's own that are followed
MADE = {}
SPENT = {}  # by the class that steps in C, the one that notes each row


def is_plain(kind, expected):
    """A class that counts or changes its subclasses is left alone."""
    return (type(kind) is type and type.__getattribute__(kind, "__mro__").count(expected) == 1
            and all("__init_subclass__" not in vars(base) for base in kind.__mro__ if base is not object))


def recorded(base, expected, module):
    """The subclass of a type of cursors that notes, or the type itself where that is not safe."""
    found = MADE.get(base)
    if found is None:
        if len(MADE) >= TYPES or not is_plain(base, expected):
            return base
        common = {"__module__": base.__module__, "__qualname__": base.__qualname__, "__doc__": base.__doc__}
        names = {"__slots__": ("_nevermore_entry",), **common, **executing(base, module, expected.connection.__get__),
                 **fetching(base, base is expected)}
        counted = type(base.__name__, (base,), names)
        found = MADE[base] = type(base.__name__, (counted,), {"__slots__": (), **common, **stepping(base, counted)})
        SPENT[counted] = found
    return found


def executing(base, module, connection):
    def noting(name, many=False):
        plain = getattr(base, name)

        def execute(self, *arguments, **named):
            try:
                entry = begun(module, connection(self)._nevermore_database, arguments, named, many)
            except AttributeError:  # a connection that was made in another way
                entry = begun(module, None, arguments, named, many)
            self._nevermore_entry = None
            try:
                answer = plain(self, *arguments, **named)
            except BaseException as error:
                failed(entry, error)
                raise
            if entry is not None:
                answered(self, entry)
            return answer
        return wrappers.unseen(execute, plain)
    names = ("execute", "executemany", "executescript", "callproc")
    return {name: noting(name, name == "executemany") for name in names if hasattr(base, name)}


def answered(cursor, entry):
    """From now on its rows go to the entry."""
    try:
        entry.columns = cursor.description
        if type(entry.statement) is not str:  # psycopg2 composes them, and needs the connection for that
            entry.statement = getattr(cursor, "query", entry.statement)
        cursor._nevermore_entry = entry
        kind = type(cursor)
        if kind in SPENT:
            cursor.__class__ = SPENT[kind]
    except Exception:
        work.fault()


def fetching(base, is_direct):
    def noting(name, note):
        plain = getattr(base, name)

        def fetch(self, *arguments, **named):
            try:
                entry = self._nevermore_entry
            except AttributeError:
                entry = None
            try:
                if entry is not None:
                    self._nevermore_entry = None  # a class of the service's own may fetch by its other methods
                rows = plain(self, *arguments, **named)
            except BaseException as error:
                without_frame(error)
                raise
            finally:
                if entry is not None:
                    self._nevermore_entry = entry
            if entry is not None and rows is not None:
                note(entry, rows)
            return rows

        def fetch_directly(self, *arguments, **named):
            try:
                rows = plain(self, *arguments, **named) if arguments or named else plain(self)
            except BaseException as error:
                without_frame(error)
                raise
            try:
                entry = self._nevermore_entry
            except AttributeError:
                return rows
            if entry is not None and rows is not None:
                note(entry, rows)
            return rows
        return wrappers.unseen(fetch_directly if is_direct else fetch, plain)
    return {"fetchone": noting("fetchone", one), "fetchmany": noting("fetchmany", fetched), "fetchall": noting("fetchall", fetched)}


def stepping(base, counted):
    """Python between two rows costs more than a row of C: after as many as are kept, the cursor's class becomes one that steps in C."""
    plain, limit = base.__next__, statements.ROWS

    def __next__(self):
        try:
            row = plain(self)
        except BaseException as error:
            without_frame(error)
            raise
        try:
            entry = self._nevermore_entry
            if entry is not None:
                if entry.count < limit:
                    one(entry, row)
                else:
                    entry.more = True
                    self.__class__ = counted
        except AttributeError:
            pass
        except Exception:
            work.fault()
        return row
    return {"__next__": wrappers.unseen(__next__, plain)}
