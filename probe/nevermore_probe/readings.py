"""The entries of a ring as the snapshot wants them: only a failure pays for this."""
import sys
import time
import zlib

from . import guard, rings, secrets, work

WITHIN = ("chunks", "size", "wanted")  # keys that are the recorders' own


def of(ring):
    """All that is known, oldest first: the ring, reads by name, settings, and the two moments."""
    elapsed, now = time.perf_counter() - ring.began, time.time()
    entries = [clock(0.0, now - elapsed)]
    entries += [plain(entry, ring) for entry in ring.latest()]
    for (kind, name), (at, value, caller) in list(ring.names.items()):
        entries.append(named(kind, name, value, at - ring.began, caller))
    entries += startup(ring)
    entries += settings()
    entries.sort(key=lambda entry: entry["at"])
    entries.append(clock(elapsed, now))
    return entries


def clock(at, value):
    return {"kind": "clock", "at": at, "function": "time.time", "value": value}


def plain(entry, ring):
    told = entry if type(entry) is rings.Entry else statement(entry)
    made = {"kind": told["kind"], "at": entry.at - ring.began}
    try:
        made.update((key, value) for key, value in list(told.items()) if key not in made and key not in WITHIN)
        if entry.code is not None:
            made["caller"] = place((entry.code, entry.instruction))
        SHAPES.get(told["kind"], unchanged)(made, told)
        if "failure" in made:
            made["failure"] = failure(*made["failure"])
        return made
    except Exception as trouble:  # one that cannot be told must not take the others with it
        guard.swallow(trouble)
        return {"kind": made["kind"], "at": made["at"]}


def statement(entry):
    """Of a statement, what was set."""
    names = ("module", "database", "statement", "parameters", "columns", "rows", "count", "more", "failure")
    found = {name: getattr(entry, name) for name in names if hasattr(entry, name)}
    return dict(found, kind="database")


def unchanged(made, entry):
    pass


def place(caller):
    """File, line, function of a (code, last instruction)."""
    code, instruction = caller or (None, 0)
    if code is None:
        return None
    line = code.co_firstlineno
    if hasattr(code, "co_lines"):
        for start, stop, number in code.co_lines():
            if start <= instruction < stop and number is not None:
                line = number
    else:
        import dis
        for start, number in dis.findlinestarts(code):
            if start <= instruction:
                line = number
    return [code.co_filename, line, code.co_name]


def failure(kind, arguments):
    """Type and message of an error, out of its arguments; nothing of it is called."""
    name = "%s.%s" % (type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__qualname__"))
    parts = [str(part) if type(part) in (str, int, float, bytes) else "" for part in arguments[:5]]
    return [name[9:] if name.startswith("builtins.") else name, " ".join(filter(None, parts))[:1000]]


# --- what a kind needs

def database(made, entry):
    rows, count = made.get("rows"), made.pop("count", 0)
    made["rows"] = list(rows or ())
    if made.pop("more", False):
        made["count"] = None
    elif count > len(made["rows"]):
        made["count"] = count
    if made["module"] == "psycopg" and hasattr(made["statement"], "as_string"):
        made["statement"] = made["statement"].as_string(None)
    described = made.get("columns")
    if described:
        made["columns"] = [column[0] if type(column) is tuple or not isinstance(column, str) else column for column in described]
    else:
        made.pop("columns", None)
        if not rows:
            del made["rows"]
    secrets.of_statement(made)
    if type(made.get("database")) is str:
        made["database"] = secrets.address(made["database"])


def http(made, entry):
    made["url"] = secrets.address(text_of(made.get("url")))
    headers = made.get("headers")
    if headers is not None:
        made["headers"] = [[str(name), secrets.named(str(name), str(value))] for name, value in pairs(headers)]
    if "chunks" in entry:
        made["body"] = body(entry, made)


def text_of(url):
    """URLs are texts, or objects of httpx and yarl."""
    if type(url) is bytes:
        return url.decode("utf-8", "replace")
    return str(url) if type(url) is str or type(url).__module__.partition(".")[0] in ("httpx", "yarl") else ""


def pairs(headers):
    return list(headers.multi_items() if hasattr(headers, "multi_items") else headers.items())


def body(entry, made):
    """What was read, put together; requests and httpx undo the coding of the content, and so it is undone here."""
    whole, size = b"".join(list(entry["chunks"])), entry["size"]
    if entry["client"] in ("requests",) and size:
        coding = [value.lower() for name, value in made.get("headers") or () if name.lower() == "content-encoding"]
        if coding in (["gzip"], ["deflate"]):
            undone = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(whole, work.BODY)
            return undone if size == len(whole) and len(undone) < work.BODY else work.Cut(undone, max(size, len(undone)))
    return whole if size <= len(whole) else work.Cut(whole, size)


def redis(made, entry):
    secrets.of_command(made)


SHAPES = {"database": database, "http": http, "redis": redis}


# --- reads by name

def named(kind, name, value, at, caller):
    made = {"kind": kind, "at": at, "name": name, "value": secrets.named(name, value)}
    where = place(caller)
    if where is not None:
        made["caller"] = where
    return made


def startup(ring):
    """What the application read of its environment before this unit, as its modules do while they are imported."""
    environment = sys.modules.get(__package__ + ".recorders.environment")
    if environment is None:
        return []
    return [named("environment", name, value, at - ring.began, caller) for name, (at, value, caller) in list(environment.FIRST.items())
            if ("environment", name) not in ring.names and at < ring.began]


def settings():
    try:
        from .recorders import settings_read
        return [dict(named("setting", name, value, 0.0, None), module=module) for module, name, value in settings_read.settings()]
    except Exception as trouble:
        guard.swallow(trouble)
        return []
