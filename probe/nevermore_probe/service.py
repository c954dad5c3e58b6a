"""`init` puts the probe into a service that has no Sentry: its hooks, its middleware, and what sends to the DSN."""
import atexit
import collections
import os


from . import units
from . import tracebacks
from .scrubbing import Scrubber
from .seen import Seen

counts = collections.Counter()
state = None


class State:
    """Of the process: there is one, and a second `init` replaces it."""

    def __init__(self, settings, sender):
        self.settings, self.sender = settings, sender
        self.scrubber = Scrubber(settings.redact)
        self.seen = Seen()


def init(dsn=None, **options):
    """Whether failures will be sent: without a DSN, here or in `NEVERMORE_DSN`, the work of each request is still recorded, for `logs`.

    A wrong option is a TypeError and a DSN that is none a ValueError, both before anything was changed.
    """
    global state
    from .sender import DSN, Sender
    settings = with_environment(settings_of(options))
    written = dsn if dsn is not None else os.environ.get("NEVERMORE_DSN")
    sender = Sender(DSN(written)) if written else None
    is_first = state is None
    state = State(settings, sender)
    for install in (load, install_work, install_armed, install_usage):
        attempt(install, settings)
    if is_first:
        from . import celery, frameworks, hooks
        for install in (hooks.install, frameworks.install, celery.install):
            attempt(install)
        atexit.register(at_exit)
    return sender is not None


def settings_of(options):
    from .settings import Settings
    return Settings.of(**options)


def with_environment(settings):
    import dataclasses
    found = {}
    if settings.release is None:
        found["release"] = os.environ.get("NEVERMORE_RELEASE")
    if settings.environment is None:
        found["environment"] = os.environ.get("NEVERMORE_ENVIRONMENT")
    return dataclasses.replace(settings, **found) if found else settings


def load(settings):
    """Nothing is imported in the middle of a failure."""
    from . import event, snapshot, work  # noqa: F401


def install_work(settings):
    if settings.work:
        from . import work
        work.install(settings)


def install_armed(settings):
    if settings.armed or os.environ.get("NEVERMORE_ARMED"):
        from . import armed
        armed.install(settings)


def install_usage(settings):
    if settings.usage and state.sender is not None:
        from . import usage
        usage.install(settings, state.sender.send)


def attempt(step, *arguments):
    """A part of ours that is missing or fails leaves the rest at work."""
    try:
        return step(*arguments)
    except Exception:
        counts["part"] += 1
        return None


def at_exit():
    if state is not None and state.sender is not None:
        attempt(state.sender.flush)


def flush(seconds=2):
    return state is None or state.sender is None or bool(attempt(state.sender.flush, seconds))


# --- failures


def report(error, mechanism, handled=False, request=None, record=None, transaction=None):
    """Sends a failure unless it was sent; never raises. Of failures inside a report nothing is reported."""
    if state is None or state.sender is None or report_depth.active():
        return
    report_depth.enter()
    try:
        if tracebacks.is_failure(error):
            request = request or units.current.get()
            if state.seen.add(error, units.unit.get()):
                send(error, mechanism, handled, request, record, transaction)
    except Exception:
        counts["report"] += 1
    finally:
        report_depth.leave()


def send(error, mechanism, handled, request, record, transaction):
    from .event import event_of
    from .sender import Envelope
    event = event_of(error, mechanism, handled, state.settings, state.scrubber, request, record)
    if transaction:
        event["transaction"] = transaction
    taken = attempt(snapshot_of, error, event, request, state)
    state.sender.send(Envelope(event, taken))


def snapshot_of(error, event, request, state, settings=None):
    from . import snapshot
    recorded = request.recorded(state.scrubber) if request is not None else None
    return snapshot.take(error, event=event, work=attempt(work_taken), request=recorded, settings=settings or state.settings)


def work_taken():
    from . import work
    return work.taken()


class Depth:
    """Whether this thread is in the middle of a report."""

    def __init__(self):
        import threading
        self.local = threading.local()

    def active(self):
        return getattr(self.local, "on", False)

    def enter(self):
        self.local.on = True

    def leave(self):
        self.local.on = False


report_depth = Depth()


# --- units of work


def begin(request=None):
    """A token for `end`; `None` where it could not begin."""
    token = attempt(work_begin)
    earlier = units.current.get(), units.unit.get()
    units.current.set(request)
    units.unit.set(next(units.numbers))
    return token, earlier


def end(begun):
    token, earlier = begun
    if token is not None:
        attempt(work_end, token)
    units.current.set(earlier[0])
    units.unit.set(earlier[1])


def work_begin():
    from . import work
    return work.begin() if state is None or state.settings.work else None


def work_end(token):
    from . import work
    work.end(token)
