"""Attributes of libraries that were replaced by functions which look the same, and the way back."""
import functools

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
