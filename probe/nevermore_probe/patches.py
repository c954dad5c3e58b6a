"""Attributes of libraries that were replaced by functions which look the same, and the way back."""
import functools

UNCOUNTED = "#importlib._bootstrap"  # by that, `stacklevel` of a warning does not count a frame: it still names the service's line
TRACEBACK = BaseException.__dict__["__traceback__"]
APPLIED = []  # (owner, name, the plain one or None where it was inherited, ours)


def wrap(owner, name, make):
    """Replaces `owner.name` by `make(plain)` once; the function keeps its names, its document and its signature."""
    own = vars(owner)
    plain = own.get(name)
    if plain is None:
        return False
    if any(applied[0] is owner and applied[3] is plain for applied in APPLIED):
        return False
    ours = make(plain)
    functools.update_wrapper(ours, plain)
    ours.__code__ = ours.__code__.replace(co_filename=ours.__code__.co_filename + UNCOUNTED)
    put(owner, name, ours, plain)
    return True


def put(owner, name, ours, plain):
    setattr(owner, name, ours)
    APPLIED.append((owner, name, plain, ours))


def undo():
    """Where another has wrapped ours since, ours stays below it, and notes nothing any more."""
    while APPLIED:
        owner, name, plain, ours = APPLIED.pop()
        if (owner.__code__ if name == "__code__" else vars(owner).get(name)) is ours:
            setattr(owner, name, plain)


def without_frame(error):
    """Takes the frame of the function that caught it off the traceback; before Python 3.11 the interpreter puts it back."""
    try:
        trace = TRACEBACK.__get__(error)
        if trace is not None:
            TRACEBACK.__set__(error, trace.tb_next)
    except Exception:
        pass
