"""Statements and the rows that were fetched, for all databases. Rows are the driver's own and are kept by reference."""
from .. import rings, work, wrappers
from ..patches import without_frame
from ..rings import Statement

ROWS = 100
TEXTS = frozenset((bytes, str))


def begun(module, database, arguments, named=None, many=False, above=2 + wrappers.SEEN):
    """The entry of a statement that is about to run, or None."""
    if not work.ACTIVE:
        return None
    try:
        if named or len(arguments) != 2:
            arguments = [*arguments, *(named or {}).values(), None, None]
        entry = Statement()
        entry.module, entry.database, entry.statement, entry.parameters = module, database, arguments[0], arguments[1]
        if type(arguments[1]) is not tuple:
            entry.parameters = fixed(arguments[1], many)
        entry.rows = None
        entry.count = 0
        rings.noted(entry, above)
        return entry
    except Exception:
        work.fault()
        return None


def fixed(parameters, many):
    """An iterator is the driver's to read; what may change is copied."""
    kind = type(parameters)
    if kind is list or kind is dict:
        return work.cut(parameters)
    return None if many else parameters


def fetched(entry, rows):
    """Many rows at once; a list is the service's from now on, and a row that is a dict may change."""
    try:
        if entry.rows is None and type(rows) is list:
            entry.rows = rows[:ROWS]
            if len(rows) > ROWS:
                entry.count = len(rows)
            if rows and kept(rows[0]) is not rows[0]:
                entry.rows = [kept(row) for row in entry.rows]
        else:
            later(entry, list(rows))
    except Exception:
        work.fault()


def later(entry, rows):
    """More rows, after some were fetched."""
    held = entry.rows if entry.rows is not None else []
    entry.count = (entry.count or len(held)) + len(rows)
    held.extend(kept(row) for row in rows[:max(0, ROWS - len(held))])
    entry.rows = held


def kept(row):
    """The row, unless it may change or holds what is long."""
    if type(row) is tuple:
        for value in row:
            if type(value) in TEXTS and len(value) > work.BODY:
                return tuple(map(work.cut, row))
        return row
    return work.cut(row) if type(row) is dict else row


def one(entry, row):
    try:
        rows = entry.rows
        if rows is None:
            rows = entry.rows = []
        entry.count = (entry.count or len(rows)) + 1
        if len(rows) < ROWS:
            rows.append(kept(row))
    except Exception:
        work.fault()


def failed(entry, error):
    """For an error on its way through one of our functions: it goes on as if that had not been there."""
    without_frame(error)
    if entry is not None:
        try:
            entry.failure = work.failure(error)
        except Exception:
            work.fault()
