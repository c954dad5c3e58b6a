"""A failure as one event in Sentry's format, which any Sentry server reads."""
import datetime
import os
import platform
import sys
import uuid

from . import slots, tracebacks
from .notation import Notation

DEEP = 40  # frames from the innermost outwards, and as many outermost, whose variables are written


def event_of(error, mechanism, handled, settings, scrubber, request=None, record=None):
    written = Notation(scrubber)
    values, meta = exceptions(error, mechanism, handled, written)
    event = {
        "event_id": uuid.UUID(bytes=os.urandom(16), version=4).hex,
        "timestamp": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "platform": "python",
        "level": "error",
        "exception": {"values": values},
        "contexts": {"runtime": {"name": platform.python_implementation(), "version": platform.python_version(), "build": sys.version}},
        "environment": settings.environment or "production",
        "server_name": platform.node(),
        "sdk": {"name": "nevermore.python", "version": version()},
        "_meta": {"exception": {"values": meta}} if meta else {},
    }
    if settings.release:
        event["release"] = settings.release
    if request is not None:
        with_request(event, request, scrubber)
    if record is not None:
        event["logger"] = record["logger"]
        said = scrubber.text(record["message"])
        event["logentry"] = {"message": said, "formatted": said}
    if not event["_meta"]:
        del event["_meta"]
    return event


def with_request(event, request, scrubber):
    event["request"] = request.of_sentry(scrubber)
    if request.route:
        event["transaction"] = request.route
    if request.trace():
        event["contexts"]["trace"] = {**request.trace(), "parent_span_id": None}
    if request.meta():
        event["_meta"]["request"] = request.meta()


def exceptions(error, mechanism, handled, written):
    """Oldest first; the members of a group name their parents, as Sentry has it."""
    found = linked(error, mechanism, handled)[::-1]
    values, meta = [], {}
    for position, (item, how) in enumerate(found):
        stack, note = stacktrace(item, written)
        values.append({"type": slots.NAME.__get__(type(item)), "module": module(item), "mechanism": how,
                       "value": written.scrubber.text(tracebacks.message(item)[:8192]), "stacktrace": stack})
        if note:
            meta[str(position)] = {"stacktrace": {"frames": note}}
    return values, meta


def module(error):
    name = slots.type_module(type(error))
    return None if name == "builtins" else name


def linked(error, mechanism, handled):
    """Pairs of exception and mechanism, nearest first."""
    if not any(tracebacks.is_group(item) for item in tracebacks.chain(error)):
        return [(item, {"type": mechanism, "handled": handled}) for item in tracebacks.chain(error)]
    found = []

    def add(item, how, parent):
        if len(found) >= tracebacks.CHAINED or any(item is other for other, _ in found):
            return
        number = len(found)
        how = {**how, "handled": handled, "exception_id": number}
        if parent is not None:
            how["parent_id"] = parent
        if tracebacks.is_group(item):
            how["is_exception_group"] = True
        found.append((item, how))
        cause, link = tracebacks.next_of(item)
        if cause is not None:
            add(cause, {"type": "chained", "source": link}, number)
        for position, member in enumerate(tracebacks.members(item)):
            add(member, {"type": "chained", "source": "exceptions[%d]" % position}, number)

    add(error, {"type": mechanism}, None)
    return found


def stacktrace(error, written):
    frames, meta = [], {}
    found = tracebacks.frames(error)
    for position, (frame, line) in enumerate(found):
        entry = place(frame, line, written.scrubber)
        if position < DEEP or position >= len(found) - DEEP:
            entry["vars"], note = written.variables(tracebacks.variables(frame))
            if note:
                meta[str(position)] = {"vars": note}
        frames.append(entry)
    return {"frames": frames}, meta


def place(frame, line, scrubber):
    path, module = frame.f_code.co_filename, tracebacks.module_of(frame)
    entry = {"filename": relative(path, module), "abs_path": os.path.abspath(path) if path[:1] != "<" else path,
             "function": frame.f_code.co_name, "module": module, "lineno": line, "in_app": tracebacks.is_in_application(path)}
    lines = tracebacks.source(path, line or 0)
    if lines:
        before, here, after = lines
        entry["pre_context"] = [scrubber.code(text) for text in before]
        entry["context_line"] = scrubber.code(here)
        entry["post_context"] = [scrubber.code(text) for text in after]
    return entry


def relative(path, module):
    """The path below the folder that the module's package is in."""
    if not module or module == "__main__":
        return os.path.basename(path)
    depth = module.count(".") + (2 if os.path.basename(path) == "__init__.py" else 1)
    return "/".join(path.replace(os.sep, "/").split("/")[-depth:])


def version():
    from . import __dict__ as package
    found = package.get("__version__")
    return found if type(found) is str else "0"
