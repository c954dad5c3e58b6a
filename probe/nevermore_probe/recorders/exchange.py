"""What is noted of an exchange by all recorders of clients: how it failed, and the bytes that the service got."""
from .. import guard, work
from ..patches import without_frame

PLAIN = (str, int, float, bytes)


def failed(entry, error):
    """For an error on its way through one of our functions: it goes on as if that had not been there."""
    without_frame(error)
    try:
        if entry is not None:
            entry["failure"] = failure(error)
    except Exception as trouble:
        guard.swallow(trouble)


def failure(error):
    """Arguments that are errors or connections would keep frames of the service alive, and what those hold."""
    kind, arguments = work.failure(error)
    return kind, tuple(part if type(part) in PLAIN else None for part in arguments[:5])


def add(found, data, size=None):
    """The first 64 KB are kept; of the rest, the length."""
    room = work.BODY - found["size"]
    found["size"] += len(data) if size is None else size
    if room > 0 and data:
        found["chunks"].append(data if len(data) <= room and type(data) is bytes else bytes(data[:room]))
