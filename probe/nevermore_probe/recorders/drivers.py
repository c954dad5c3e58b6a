"""Drivers whose cursors are classes of Python: their methods are wrapped in place, and a cursor's entry is found by its identity."""
import inspect

from .. import companions, patches, work
from ..patches import without_frame
from . import statements

OPEN = companions.Companions()


def install(kinds, module, address):
    """`address(cursor)` names the database, without credentials."""
    for kind in kinds:
        for name in ("execute", "executemany"):
            patches.wrap(kind, name, lambda plain, name=name: executing(plain, module, address, name == "executemany"))
        for name, note in (("fetchone", statements.one), ("fetchmany", statements.fetched), ("fetchall", statements.fetched),
                           ("__next__", statements.one), ("__anext__", statements.one)):
            patches.wrap(kind, name, lambda plain, note=note: fetching(plain, note))
        for name in ("__iter__", "__aiter__"):  # in some versions not the cursor itself, but a generator
            if inspect.isgeneratorfunction(vars(kind).get(name)) or inspect.isasyncgenfunction(vars(kind).get(name)):
                patches.wrap(kind, name, stepping)


def started(module, address, cursor, arguments, named, many):
    if not work.ACTIVE or busy(cursor):
        return None
    entry = statements.begun(module, None, arguments, named, many, 4)
    if entry is not None:
        try:
            entry.busy = True
            OPEN.put(cursor, entry)
            entry.database = address(cursor)
        except Exception:
            work.fault()
    return entry


def busy(cursor):
    """One statement goes by others of the same cursor in some drivers: the outermost one is what was asked."""
    entry = OPEN.get(cursor)
    return entry is not None and entry.busy


def done(cursor, entry):
    if entry is not None:
        try:
            entry.busy = False
            entry.columns = [column[0] for column in cursor.description or ()]
        except Exception:
            work.fault()


def executing(plain, module, address, many):
    if inspect.iscoroutinefunction(plain):
        async def execute(self, *arguments, **named):
            entry = started(module, address, self, arguments, named, many)
            try:
                answer = await plain(self, *arguments, **named)
            except BaseException as error:
                statements.failed(entry, error)
                if entry is not None:
                    entry.busy = False
                raise
            done(self, entry)
            return answer
    else:
        def execute(self, *arguments, **named):
            entry = started(module, address, self, arguments, named, many)
            try:
                answer = plain(self, *arguments, **named)
            except BaseException as error:
                statements.failed(entry, error)
                if entry is not None:
                    entry.busy = False
                raise
            done(self, entry)
            return answer
    return execute


def idle(cursor):
    """The entry that fetched rows go to, or None."""
    entry = OPEN.get(cursor)
    return None if entry is None or entry.busy else entry


def fetching(plain, note):
    if inspect.iscoroutinefunction(plain):
        async def fetch(self, *arguments, **named):
            entry = idle(self)
            try:
                if entry is not None:
                    entry.busy = True
                rows = await plain(self, *arguments, **named)
            except BaseException as error:
                without_frame(error)
                raise
            finally:
                if entry is not None:
                    entry.busy = False
            if entry is not None and rows is not None:
                note(entry, rows)
            return rows
    else:
        def fetch(self, *arguments, **named):
            entry = idle(self)
            try:
                if entry is not None:
                    entry.busy = True
                rows = plain(self, *arguments, **named)
            except BaseException as error:
                without_frame(error)
                raise
            finally:
                if entry is not None:
                    entry.busy = False
            if entry is not None and rows is not None:
                note(entry, rows)
            return rows
    return fetch


def stepping(plain):
    if inspect.isasyncgenfunction(plain):
        async def rows(self):
            try:
                async for row in plain(self):
                    entry = idle(self)
                    if entry is not None:
                        statements.one(entry, row)
                    yield row
            except BaseException as error:
                without_frame(error)
                raise
    else:
        def rows(self):
            try:
                for row in plain(self):
                    entry = idle(self)
                    if entry is not None:
                        statements.one(entry, row)
                    yield row
            except BaseException as error:
                without_frame(error)
                raise
    return rows
