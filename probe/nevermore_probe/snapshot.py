"""The snapshot of a failure, as docs/reference/snapshot.md says. Taking it never raises, and calls nothing of the service."""
import gzip
import json
import platform
import sys
import time

from . import chains, frames, guard, reading, redaction, secrets, settings as options, values, worked

VERSION = 1
NAME, CONTENT_TYPE = "nevermore.snapshot", "application/vnd.nevermore.snapshot+json"
MOST_FRAMES = 300
MOST_MESSAGE = 8192
NOW = {"time": time.time}  # kept before anybody freezes or records the clock


def take(error, *, event=None, work=None, request=None, settings=None, traceback=None):
    """The snapshot of an exception; None where taking it failed, which is counted and never seen by the service."""
    try:
        return taken(error, event, work, request, settings or options.Settings(), traceback)
    except BaseException as trouble:
        if not guard.is_ours(trouble):
            raise
        guard.note(trouble)
        return None
    finally:
        look()


def look():
    """A failure is the moment when somebody may want a function armed, or has just had it."""
    armed = sys.modules.get(__package__ + ".armed")
    try:
        if armed is not None:
            armed.look()
    except Exception as trouble:
        if not guard.is_ours(trouble):
            raise
        guard.note(trouble)


def taken(error, event, work, request, settings, traceback):
    start = values.CLOCK["now"]()
    writer = values.Writer(values.Limits.of(settings))
    event = event if type(event) is dict else {}
    said = told(event)
    found = {"nevermore": VERSION, "event": text(event.get("event_id")), "time": NOW["time"](), "language": "python",
             "runtime": platform.python_version(), "release": settings.release or text(event.get("release")),
             "environment": settings.environment or text(event.get("environment"))}
    writer.used += 500
    writer.secrets = secrets.known(work if type(work) is list else None, {})
    found["exceptions"] = exceptions(writer, chains.chain(error, traceback, len(said) or None), said)
    if work:
        found["work"] = worked.entries(writer, work)
    if request:
        found["request"] = worked.request(writer, request)
    found["nodes"] = writer.drain()
    found["seconds"] = round(values.CLOCK["now"]() - start, 6)
    found["cut"] = writer.why_cut()
    return {name: value for name, value in found.items() if value is not None}


def packed(snapshot):
    """The bytes of the attachment."""
    content = json.dumps(snapshot, ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False)
    return gzip.compress(content.encode("utf-8"), 1)


def exceptions(writer, chain, said):
    """The last one is what reached the top; its frames have precedence over those of what caused it."""
    left, found = MOST_FRAMES, []
    for position, (error, traceback) in enumerate(reversed(chain)):
        steps = frames.steps(traceback)[-left:] if left > 0 else []
        left -= len(steps)
        message = said[-1 - position] if position < len(said) else None
        found.append(exception(writer, error, steps, message))
    return found[::-1]


def exception(writer, error, steps, message):
    kind = type(error)
    module = reading.module_of(kind)
    found = {"type": values.plain(reading.QUALIFIED(kind)), "message": message_of(writer, error, message)}
    if module and module != "builtins":
        found["module"] = values.plain(module)
    writer.used += 120
    found["value"] = writer.value(error)
    # the innermost frames first: where there is not room for all, they are the ones to keep
    written = [frames.written(writer, frame, line, omitted, entry_of(frame)) for frame, line, omitted in reversed(steps)]
    found["frames"] = written[::-1]
    return found


def entry_of(frame):
    """The arguments as they came in, where the function was armed."""
    armed = sys.modules.get(__package__ + ".armed")
    try:
        return armed.entry_of(frame) if armed is not None else None
    except Exception as trouble:
        if not guard.is_ours(trouble):
            raise
        guard.note(trouble)
        return None


def told(event):
    """The messages that the event has already: asking an exception for its text would call its class."""
    listed = (event.get("exception") or {}) if type(event.get("exception")) in (dict, type(None)) else {}
    listed = listed.get("values")
    if type(listed) is not list:
        return []
    return [text(each.get("value")) if type(each) is dict else None for each in listed]


def message_of(writer, error, said):
    if said is None:
        arguments = BaseException.__dict__["args"].__get__(error)
        said = arguments[0] if len(arguments) == 1 and type(arguments[0]) is str else None
    if said is None:
        return None
    said = values.plain(redaction.scrubbed(said[:MOST_MESSAGE], writer.limits.redact))
    writer.used += len(said)
    return said


def text(value):
    return value if type(value) is str else None
