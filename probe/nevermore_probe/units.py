"""The request of the current unit of work: who asked for what, and the body as far as the service read it."""
import contextvars
import itertools

from . import slots

LARGEST = 65536
current = contextvars.ContextVar("nevermore_request", default=None)
unit = contextvars.ContextVar("nevermore_unit", default=None)
numbers = itertools.count(1)


class Request:
    """What is here is of this request alone: it is thrown away when the unit of work ends."""

    __slots__ = ("method", "url", "query", "headers", "kept", "size", "key", "route")

    def __init__(self, method, url, query, headers, key):
        self.method, self.url, self.query, self.headers, self.key = method, url, query, headers, key
        self.kept, self.size = [], 0
        self.route = None

    def read(self, part):
        """Keeps what the service has just read, up to 64 KB."""
        if type(part) is not bytes:
            return
        room = LARGEST - self.size
        if room > 0 and part:
            self.kept.append(part[:room])
        self.size += len(part)

    def body(self):
        return b"".join(self.kept)

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), "")

    def trace(self):
        """Of W3C's `traceparent`."""
        parts = self.header("traceparent").split("-")
        if len(parts) >= 4 and len(parts[1]) == 32 and len(parts[2]) == 16:
            return {"trace_id": parts[1], "span_id": parts[2]}
        return None

    def recorded(self, scrubber):
        """As a snapshot and a log line hold it."""
        url = scrubber.text(self.url + ("?" + self.query if self.query else ""))
        found = {"method": self.method, "url": url, "headers": scrubber.headers(self.headers)}
        if self.size:
            found["body"] = scrubber.body(self.body(), self.header("content-type"))
        return found

    def of_sentry(self, scrubber):
        found = {"method": self.method, "url": scrubber.text(self.url), "query_string": scrubber.text(self.query),
                 "headers": dict(scrubber.headers(self.headers))}
        if self.size:
            found["data"] = scrubber.structured_body(self.body(), self.header("content-type"))
            if self.size > LARGEST and found["data"] is None:
                found["data"] = ""
        return found

    def meta(self):
        """Sentry's annotation of a body that was longer than what was kept."""
        return {"data": {"": {"len": self.size, "rem": [["!limit", "x", LARGEST, LARGEST]]}}} if self.size > LARGEST else None


def words(value, encoding="latin-1"):
    """A header or part of an address as text, whatever the server made of it."""
    if type(value) is bytes:
        return value.decode(encoding, "replace")
    return slots.text(value) if slots.is_a(value, str) else ""
