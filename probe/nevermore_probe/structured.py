"""For structlog: a processor that adds the field `nevermore` to what has an exception, and a renderer that writes the lines of `logs`."""
import json
import sys
import time

from . import service
from .logs import Line, text

ROOM = 200_000


class Processor:
    """Put it before what formats `exc_info`; the entry is otherwise handed on as it came."""

    def __init__(self, **options):
        self.line = Line(**options)

    def __call__(self, logger, method, entry):
        error = error_in(entry)
        if error is not None:
            field = service.attempt(self.field, error)
            if field is not None:
                entry["nevermore"] = field
        return entry

    def field(self, error):
        own = {"version": 1, "exception": self.line.exception(error), **self.line.surroundings()}
        written = self.line.bounded(own, error, ROOM)
        return None if written is None else json.loads(written)


class Renderer:
    """The last processor: one JSON line, as `nevermore_probe.logs.Formatter` writes it."""

    def __init__(self, names=None, **options):
        self.line = Line(names, **options)

    def __call__(self, logger, method, entry):
        error = error_in(entry)
        fields = {"level": text(entry.get("level", method)), "message": text(entry.get("event", ""))}
        if "logger" in entry:
            fields["logger"] = text(entry["logger"])
        extra = {name: value for name, value in entry.items() if name not in ("event", "level", "logger", "timestamp", "exc_info")}
        return self.line.written(time.time(), fields, extra, error)


def error_in(entry):
    """Of `exc_info` in each of the forms that structlog takes."""
    found = entry.get("exc_info")
    if found is True or found == 1 and type(found) is int:
        found = sys.exc_info()
    if type(found) is tuple and len(found) == 3:
        found = found[1]
    return found if issubclass(type(found), BaseException) else None
