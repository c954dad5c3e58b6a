"""What goes wrong in the probe is counted and never seen; what a signal of the service raises while the probe is at work goes on."""
import contextlib
import os

FAILED = {"count": 0, "last": None}
OUTSIDE = (KeyboardInterrupt, SystemExit, GeneratorExit)
# as the compiled code spells it, which may be another way than the module's own
HERE = os.path.dirname((lambda: None).__code__.co_filename) + os.sep
LIBRARY = os.path.dirname(contextlib.contextmanager.__code__.co_filename) + os.sep


def is_ours(trouble):
    """Whether the probe's own code raised it, as opposed to a handler of signals that ran in the middle of it."""
    kind = type(trouble)
    if any(base is each for base in type.__dict__["__mro__"].__get__(kind) for each in OUTSIDE):
        return False
    traceback, file = trouble.__traceback__, HERE
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        traceback = traceback.tb_next
    return file.startswith(HERE) or file.startswith("<") or file.startswith(LIBRARY) and "-packages" not in file


def note(trouble):
    FAILED["count"] += 1
    FAILED["last"] = type(trouble).__name__


@contextlib.contextmanager
def guarded():
    try:
        yield
    except BaseException as trouble:
        if not is_ours(trouble):
            raise
        note(trouble)
