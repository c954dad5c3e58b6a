"""A formatter for `logging` whose lines hold everything that a reproduction needs, for services whose only channel is the log."""
import base64
import dataclasses
import datetime
import json
import logging
import sys

from . import slots, service, tracebacks
from . import units
from .event import linked, relative
from .hooks import error_of, text_of
from .notation import Notation
from .scrubbing import MASK, Scrubber

LIMIT, INLINE, LEAST, MESSAGE, EXTRA, STACK = 262_144, 8192, 4096, 8192, 32_768, 65_536
ECS = {"timestamp": "@timestamp", "level": "log.level", "logger": "log.logger", "message": "message",
       "exception.type": "error.type", "exception.message": "error.message", "exception.stack": "error.stack_trace"}
ORDINARY = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}


class Formatter(logging.Formatter):
    """One JSON line a record, at most 256 KB.

    `names` renames fields: `"ecs"`, or a dictionary such as `{"level": "severity"}`. `inner` is a team's own formatter, whose line stays as
    it is: a field `nevermore` is added to it, or a line `nevermore=…` behind it where it is no JSON. The options are those of `init`.
    """

    def __init__(self, inner=None, names=None, **options):
        super().__init__()
        self.inner = inner
        self.line = Line(names, **options)

    def format(self, record):
        if self.inner is None:
            return self.line.of_record(record)
        written = self.inner.format(record)
        error = error_of(record)
        return written if error is None else service.attempt(self.line.joined, written, error) or written


class Line:
    """Makes the lines; shared by the formatter and the processors of structlog."""

    def __init__(self, names=None, **options):
        self.settings = service.with_environment(service.settings_of(options))
        self.scrubber = Scrubber(self.settings.redact)
        self.names = ECS if names == "ecs" else dict(names or {})

    def of_record(self, record):
        fields = {"level": text(record.levelname), "logger": text(record.name), "message": self.message(record)}
        extra = {name: value for name, value in vars(record).items() if name not in ORDINARY}
        if type(record.stack_info) is str:
            extra["stack_info"] = record.stack_info[:STACK]
        return self.written(record.created, fields, extra, error_of(record))

    def message(self, record):
        """What the service asked to be logged; where its own values cannot be formatted, the template."""
        try:
            said = record.getMessage()
        except Exception:
            said = text_of(record)
        return self.cut(self.scrubber.text(text(said)[:MESSAGE * 8]), MESSAGE * 8)

    def cut(self, words, most):
        return words if len(words) <= most else words[:most] + "…"

    def written(self, created, fields, extra, error):
        line = {"timestamp": iso(created), **fields}
        extra = self.plain(extra)
        if error is None:
            return dumped(self.renamed({**extra, **line}))
        described = service.attempt(self.exception, error) or {"type": slots.type_name(type(error))}
        rest = service.attempt(self.surroundings) or {}
        line = self.with_exception({**extra, **line}, described, rest)
        owner = line["nevermore"] if type(line["nevermore"]) is dict else line
        return self.completed(line, owner, error)

    def with_exception(self, line, described, rest):
        """Everything at the top; below `nevermore`, but for what has a name of the team's, where names were asked for."""
        if not self.names:
            return {**line, "nevermore": 1, "exception": described, **rest}
        own = {"version": 1, "exception": {}, **rest}
        for name, value in described.items():
            if "exception." + name in self.names:
                line[self.names["exception." + name]] = value
            else:
                own["exception"][name] = value
        return {**self.renamed(line), "nevermore": own}

    def completed(self, line, owner, error):
        """With the snapshot, as large as the line has room for."""
        base = dumped(line)
        room = LIMIT - len(base) - 64
        taken = service.attempt(self.snapshot, error, room) if room > LEAST else None
        if taken is not None:
            owner["snapshot"] = taken
            base = dumped(line)
        for name in ("snapshot", "request", "frames"):
            if len(base) > LIMIT:
                owner.pop(name, None)
                owner.get("exception", {}).pop(name, None)
                owner["cut"] = "size"
                base = dumped(line)
        return base

    def joined(self, written, error):
        """A team's own line with one field more."""
        described = self.exception(error)
        if "Traceback (most recent call last)" in written:
            described.pop("stack", None)
        own = {"version": 1, "exception": described, **(service.attempt(self.surroundings) or {})}
        room = LIMIT - len(written.encode("utf-8", "surrogatepass")) - 64
        field = self.bounded(own, error, room)
        if field is None:
            return written
        body = written.rstrip()
        if not (body.startswith("{") and body.endswith("}")):
            return "%s\nnevermore=%s" % (written, field)
        members = json.loads(body)
        if type(members) is not dict or "nevermore" in members:
            return written
        return '%s%s"nevermore":%s}%s' % (body[:-1], "," if members else "", field, written[len(body):])

    def bounded(self, own, error, room):
        """`own` as JSON with a snapshot that fits, without one, or nothing."""
        base = dumped(own)
        if room - len(base) > LEAST:
            taken = service.attempt(self.snapshot, error, room - len(base))
            if taken is not None:
                own["snapshot"] = taken
                base = dumped(own)
        for name in ("snapshot", "request"):
            if len(base) > room:
                own.pop(name, None)
                own["cut"] = "size"
                base = dumped(own)
        return base if len(base) <= room else None

    # --- parts

    def exception(self, error):
        found = self.described(error)
        found["stack"] = self.scrubber.traceback(tracebacks.stack_text(error, STACK))
        causes = [self.described(item) for item in tracebacks.chain(error)[1:]]
        if causes:
            found["causes"] = causes[:10]
        return found

    def described(self, error):
        frames = []
        for frame, line, times in tracebacks.without_repetition(tracebacks.all_frames(error)):
            path = frame.f_code.co_filename
            entry = {"file": path, "path": relative(path, tracebacks.module_of(frame)), "module": tracebacks.module_of(frame),
                     "function": frame.f_code.co_name, "line": line, "inApp": tracebacks.is_in_application(path)}
            if times > 1:
                entry["times"] = times
            frames.append(entry)
        return {"type": slots.NAME.__get__(type(error)), "module": slots.type_module(type(error)),
                "message": self.scrubber.text(self.cut(tracebacks.message(error), MESSAGE)), "frames": frames}

    def surroundings(self):
        found, request = {}, units.current.get()
        if self.settings.release:
            found["release"] = self.settings.release
        if self.settings.environment:
            found["environment"] = self.settings.environment
        if request is not None:
            recorded = request.recorded(self.scrubber)
            if "body" in recorded:
                recorded["body"] = body_of(recorded["body"])
            found["request"] = recorded
        trace = (request.trace() if request is not None else None) or trace_of_telemetry()
        if trace:
            found["trace"] = trace
        return found

    def snapshot(self, error, room):
        """Taken again with a smaller limit of its own where it does not fit; that says so in its `cut`."""
        oldest_first = [item for item, _ in linked(error, "logging", True)[::-1]]
        messages = {"exception": {"values": [{"value": tracebacks.message(item)[:MESSAGE]} for item in oldest_first]}}
        for most in (min(self.settings.max_bytes, 8 * room), min(self.settings.max_bytes, 2 * room), room * 5 // 8):
            settings = dataclasses.replace(self.settings, max_bytes=most)
            taken = service.snapshot_of(error, messages, units.current.get(), self, settings)
            if taken is None:
                return None
            written = packed(taken)
            if len(written if type(written) is str else dumped(written)) <= room:
                return written
        return None

    # --- what the service adds

    def plain(self, extra):
        """Other fields as JSON: what JSON cannot hold becomes a text, and no code of the service is run for it."""
        found, left = {}, EXTRA
        for name, value in list(extra.items())[:100]:
            name = text(name)
            try:
                written = MASK if self.scrubber.kind(name) and slots.is_a(value, (str, bytes)) else self.json(value, 0)
                size = len(dumped(written))
            except Exception:
                written, size = "<%s object>" % slots.type_name(type(value)), 50
            left -= size
            found[name] = written if left > 0 else "…"
        return found

    def json(self, value, depth):
        if value is None or value is True or value is False:
            return value
        if slots.is_a(value, str):
            return self.scrubber.text(slots.text(value)[:EXTRA])
        if type(value) is int:
            return value if value.bit_length() < 10000 else hex(value)
        if type(value) is float and value == value and value not in (float("inf"), float("-inf")):
            return value
        if depth < 8 and slots.is_a(value, dict):
            return {self.key(key): MASK if self.scrubber.kind(key) and slots.is_a(item, (str, bytes)) else self.json(item, depth + 1)
                    for key, item in list(dict.items(value))[:1000]}
        for cls in (list, tuple):
            if depth < 8 and slots.is_a(value, cls):
                return [self.json(item, depth + 1) for _, item in zip(range(1000), cls.__iter__(value))]
        return Notation(self.scrubber).notation(value)

    def key(self, key):
        return slots.text(key)[:200] if slots.is_a(key, str) else Notation(self.scrubber).notation(key)[:200]

    def renamed(self, line):
        return {self.names.get(name, name): value for name, value in line.items()}


def dumped(value):
    """ASCII, so that no stream's encoding and no lone surrogate breaks the line."""
    return json.dumps(value, separators=(",", ":"), default=lambda other: "<%s object>" % slots.type_name(type(other)))


def packed(taken):
    from . import snapshot
    if len(dumped(taken)) <= INLINE:
        return taken
    return base64.b64encode(snapshot.packed(taken)).decode("ascii")


def body_of(body):
    """Text where it is UTF-8, else as the snapshot's bytes."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return ["bytes", base64.b64encode(body).decode("ascii")]


def iso(created):
    return datetime.datetime.fromtimestamp(created, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text(value):
    return slots.text(value) if slots.is_a(value, str) else Notation(Scrubber()).notation(value)


def trace_of_telemetry():
    """The current span of OpenTelemetry, where the service has it."""
    module = sys.modules.get("opentelemetry.trace")
    if module is None:
        return None
    try:
        context = module.get_current_span().get_span_context()
        return {"trace_id": "%032x" % context.trace_id, "span_id": "%016x" % context.span_id} if context.is_valid else None
    except Exception:
        return None
