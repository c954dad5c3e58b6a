"""Attributes of libraries that were replaced by functions which look the same, and the way back."""
from . import guard, wrappers

TRACEBACK = BaseException.__dict__["__traceback__"]
APPLIED = []  # (owner, name, the plain one or None where it was inherited, ours)


def wrap(owner, name, make, looking=wrappers.uncounted):
    """Replaces `owner.name` by `make(plain)` once, made to look like the plain one."""
    own = vars(owner)
    plain = own.get(name)
    if plain is None:
        return False
    if any(applied[0] is owner and applied[3] is plain for applied in APPLIED):
        return False
    put(owner, name, looking(make(plain), plain), plain)
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


def without_frame(error, files=guard.HERE):
    """Takes the frame of the function of ours that caught it off the traceback, where it shows one; before Python 3.11 the interpreter
    puts it back."""
    try:
        trace = TRACEBACK.__get__(error)
        if trace is not None and trace.tb_frame.f_code.co_filename.startswith(files):
            TRACEBACK.__set__(error, trace.tb_next)
    except Exception:
        pass
