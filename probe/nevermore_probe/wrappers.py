"""Functions of ours that stand before those of libraries look like these, and nobody sees their frames."""
import functools
import sys

UNCOUNTED = "#importlib._bootstrap"  # by that, `stacklevel` of a warning does not count a frame: it still names the service's line
# where it was seen to hold; in builds for debugging the interpreter asserts more of a frame
HIDES = (sys.implementation.name == "cpython" and (3, 12) <= sys.version_info < (3, 14)
         and not getattr(sys, "abiflags", "") and not hasattr(sys, "gettotalrefcount"))
SEEN = 0 if HIDES else 1  # how many frames of ours `sys._getframe` counts for a function that is unseen


def uncounted(ours, plain):
    """`ours`, with the names, the document and the signature of the plain function, which is one of Python."""
    functools.update_wrapper(ours, plain)
    code = ours.__code__
    ours.__code__ = code.replace(co_filename=code.co_filename + UNCOUNTED)
    return ours


def unseen(ours, plain):
    """The same before a function of C, whose warnings name the innermost frame, counted or not.

    In `ours`, nothing may catch what a handler of signals raises, save to raise it again: such a traceback does not show where it came in.
    """
    uncounted(ours, plain)
    if HIDES:
        code = ours.__code__
        ours.__code__ = code.replace(co_code=never_begun(code.co_code))
    return ours


def never_begun(code):
    """To CPython a frame is complete from its first RESUME on; before, no warning, traceback, `sys._getframe` or tracer sees it."""
    import opcode
    resume, nop = (opcode.opmap[name] for name in ("RESUME", "NOP"))
    at = next(at for at in range(0, len(code), 2) if code[at] == resume)
    return code[:at] + bytes((nop, 0)) + code[at + 2:]
