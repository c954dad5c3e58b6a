"""What goes wrong in the probe is counted and never seen; what a signal of the service, or another thread of it, raises while the probe is
at work goes on."""
import contextlib
import os

FAILED = {"count": 0, "last": None}
OUTSIDE = (KeyboardInterrupt, SystemExit, GeneratorExit)
# as the compiled code spells it, which may be another way than the module's own
HERE = os.path.dirname((lambda: None).__code__.co_filename) + os.sep
OPTIMIZED = 1  # a code whose locals are no mapping of the service's


def is_ours(trouble):
    """Whether the probe's own code raised it, or what it called, as opposed to what came into the middle of it."""
    kind, trace = type(trouble), trouble.__traceback__
    if any(base is each for base in type.__dict__["__mro__"].__get__(kind) for each in OUTSIDE):
        return False
    file = HERE
    while trace is not None:
        file, further = trace.tb_frame.f_code.co_filename, trace.tb_next
        if further is not None and is_handler(further.tb_frame, trace.tb_frame):
            return False
        trace = further
    return not (file.startswith(HERE) and is_thrown(trouble, kind))


def is_handler(frame, interrupted):
    """A handler of signals is given the frame that it interrupted, and nobody else is."""
    if not frame.f_code.co_flags & OPTIMIZED:
        return False
    return any(value is interrupted or type(value) is tuple and any(each is interrupted for each in value)
               for value in list(frame.f_locals.values()))


def is_thrown(trouble, kind):
    """What another thread throws in by `PyThreadState_SetAsyncExc` is a class, and so without arguments."""
    module = type.__getattribute__(kind, "__module__")
    return (BaseException.args.__get__(trouble) == () and type(module) is str
            and module != "builtins" and module.partition(".")[0] != __package__)


def note(trouble):
    FAILED["count"] += 1
    FAILED["last"] = type(trouble).__name__


def swallow(trouble):
    """For an `except`: counts it, or lets it go on."""
    if not is_ours(trouble):
        raise trouble
    note(trouble)


@contextlib.contextmanager
def guarded():
    try:
        yield
    except BaseException as trouble:
        if not is_ours(trouble):
            raise
        note(trouble)
