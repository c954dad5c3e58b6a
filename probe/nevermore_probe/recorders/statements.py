"""Statements and the rows that were fetched, for all databases. Rows are the driver's own and are kept by reference."""
from .. import rings, work
from ..rings import ROWS_HELD

ROWS = 100


def begun(module, database, arguments, named, many=False, above=3):
    """The entry of a statement that is about to run, or None."""
    if not work.ACTIVE:
        return None
    try:
        if named or len(arguments) != 2:
            arguments = [*arguments, *named.values(), None, None]
        parameters = arguments[1]
        if parameters is not None and type(parameters) is not tuple:
            parameters = fixed(parameters, many)
        # with room for what comes later: to grow costs more than to be written
        entry = {"kind": "database", "at": 0.0, "caller": None, "module": module, "database": database, "statement": arguments[0],
                 "parameters": parameters, "held": None, "columns": None}
        ring = rings.noted(entry, above)
        entry["held"] = held = ring.held
        if held[0] > ROWS_HELD:
            ring.shed()
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
        count = len(rows)
        if "rows" in entry:
            held = entry["rows"]
            entry["count"] = entry.get("count", len(held)) + count
            kept = kept_rows(rows[:max(0, ROWS - len(held))])
            held.extend(kept)
        else:
            if count > ROWS:
                entry["count"] = count
            kept = entry["rows"] = kept_rows(rows[:ROWS])
        entry["held"][0] += len(kept)
    except Exception:
        work.fault()


def kept_rows(rows):
    if type(rows) is not list:
        rows = list(rows)
    if rows:
        kind = type(rows[0])
        if kind is tuple:
            for value in rows[0]:
                if (type(value) is bytes or type(value) is str) and len(value) > work.BODY:
                    return [tuple(map(work.cut, row)) for row in rows]
        elif kind is dict:
            return [work.cut(row) for row in rows]
    return rows


def one(entry, row):
    try:
        rows = entry.get("rows")
        if rows is None:
            rows = entry["rows"] = []
        entry["count"] = entry.get("count", len(rows)) + 1
        if len(rows) < ROWS:
            rows.extend(kept_rows([row]))
            entry["held"][0] += 1
    except Exception:
        work.fault()


def failed(entry, error):
    if entry is not None:
        try:
            entry["failure"] = work.failure(error)
        except Exception:
            work.fault()
