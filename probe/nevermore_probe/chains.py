"""The exceptions that led to one another, in the order and by the rules of Sentry's SDK, so that both lists line up."""
import builtins

CAUSE, CONTEXT, SUPPRESSED, TRACEBACK = [
    BaseException.__dict__[name].__get__ for name in ("__cause__", "__context__", "__suppress_context__", "__traceback__")]
GROUP = getattr(builtins, "BaseExceptionGroup", None)
MEMBERS = GROUP.__dict__["exceptions"].__get__ if GROUP else None
MOST = 100


def chain(error, traceback=None, count=None):
    """(exception, traceback) oldest first. `count` says how many the event has: an SDK that knows no groups walks on one line."""
    traceback = traceback or TRACEBACK(error)
    found = [(each, traceback if each is error else TRACEBACK(each)) for each in line(error)]
    if is_group(error) and count != len(found):
        found = [(each, traceback if each is error else TRACEBACK(each)) for each in tree(error)]
    found.reverse()
    return found


def line(error):
    found = []
    while error is not None and len(found) < MOST and not any(error is each for each in found):
        found.append(error)
        error = CAUSE(error) if SUPPRESSED(error) else CONTEXT(error)
    return found


def tree(error):
    """A group, what led to it, and its members with what led to them; each once."""
    found, waiting = [], [error]
    while waiting and len(found) < MOST:
        error = waiting.pop()
        if error is None or any(error is each for each in found):
            continue
        found.append(error)
        if is_group(error):
            waiting += reversed(MEMBERS(error))
        waiting.append(CAUSE(error) if SUPPRESSED(error) else CONTEXT(error))
    return found


def is_group(error):
    return GROUP is not None and any(base is GROUP for base in type.__dict__["__mro__"].__get__(type(error)))
