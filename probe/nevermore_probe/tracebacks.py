"""Exceptions, what caused them, their frames and their texts, read without running anything of theirs."""
import linecache
import os
import site
import sys
import sysconfig
import traceback
import types

from . import places, slots
from .notation import ARGUMENTS

CAUSE = BaseException.__dict__["__cause__"].__get__
CONTEXT = BaseException.__dict__["__context__"].__get__
SUPPRESSED = BaseException.__dict__["__suppress_context__"].__get__
TRACEBACK = BaseException.__dict__["__traceback__"].__get__
GROUP = getattr(__import__("builtins"), "BaseExceptionGroup", None)
MEMBERS = GROUP.__dict__["exceptions"].__get__ if GROUP else None
CHAINED, FRAMES = 50, 250
PLAIN = (str, int, float, bool, type(None), bytes, complex)


def is_failure(error):
    """Whoever asks the process to end, or a task to stop, has not failed."""
    cls = type(error)
    if not issubclass(cls, BaseException) or issubclass(cls, (KeyboardInterrupt, SystemExit, GeneratorExit)):
        return False
    return slots.type_name(cls) not in ("asyncio.exceptions.CancelledError", "asyncio.CancelledError")


def next_of(error):
    """What this one was raised from, or while; and how the two are linked."""
    if SUPPRESSED(error):
        return CAUSE(error), "__cause__"
    return CONTEXT(error), "__context__"


def chain(error):
    """Nearest first."""
    found = []
    while error is not None and len(found) < CHAINED and not any(error is other for other in found):
        found.append(error)
        error, _ = next_of(error)
    return found


def is_group(error):
    return GROUP is not None and issubclass(type(error), GROUP)


def members(error):
    return tuple(MEMBERS(error)) if is_group(error) else ()


def message(error):
    """What `str` would say, where that runs no code of the application: else its arguments."""
    arguments = ARGUMENTS(error)
    if is_said_by_others(error):
        try:
            return slots.text(slots.class_attribute(type(error), "__str__")(error))
        except Exception:
            pass
    if len(arguments) == 1:
        return said_of(arguments[0])
    return "(%s)" % ", ".join(repr(item) if is_plain(item) else said_of(item) for item in arguments) if arguments else ""


def is_plain(value, depth=0):
    cls = type(value)
    return cls in PLAIN or depth < 3 and cls in (tuple, list) and len(value) < 100 and all(is_plain(item, depth + 1) for item in value)


def said_of(value):
    if is_plain(value):
        return str(value)
    if slots.is_a(value, str):
        return slots.text(value)
    return "<%s object>" % slots.type_name(type(value))


def is_said_by_others(error):
    """The interpreter or an installed package makes the text, out of plain values only."""
    said, arguments = slots.class_attribute(type(error), "__str__"), ARGUMENTS(error)
    if type(said) is types.FunctionType:
        if not said.__code__.co_filename.startswith(INSTALLED):
            return False
    elif type(said) is not types.WrapperDescriptorType:
        return False
    return all(is_plain(item) for item in (arguments[:1] if is_group(error) else arguments))


def frames(error):
    """Pairs of frame and line, outermost first; the middle of a very deep stack is left out."""
    found = all_frames(error)
    return found if len(found) <= FRAMES else found[:FRAMES // 2] + found[-FRAMES // 2:]


def all_frames(error):
    found, step = [], TRACEBACK(error)
    while step is not None and len(found) < 100_000:
        found.append((step.tb_frame, step.tb_lineno))
        step = step.tb_next
    return found


def without_repetition(found):
    """Triples with how often a place follows itself, as a recursion does; the middle of what is still long is left out."""
    kept = []
    for frame, line in found:
        if kept and kept[-1][0].f_code is frame.f_code and kept[-1][1] == line:
            kept[-1][2] += 1
        else:
            kept.append([frame, line, 1])
    return kept if len(kept) <= 100 else kept[:50] + kept[-50:]


INSTALLED = tuple(sorted({os.path.realpath(path) + os.sep for path in [
    *sysconfig.get_paths().values(), *getattr(site, "getsitepackages", list)(), os.path.dirname(os.__file__)]
    if path and os.path.realpath(path) != os.path.realpath(sys.prefix)}))


def is_in_application(path):
    """False for the standard library, installed packages with their scripts, and the probe."""
    return type(path) is str and places.is_application(path) and not path.startswith(INSTALLED)


def module_of(frame):
    name = frame.f_globals.get("__name__")
    return name if type(name) is str else None


def qualified(frame):
    return getattr(frame.f_code, "co_qualname", None)


def source(path, line, around=5):
    """The line with its neighbours; `None` where the file is not there, or is no file of this size."""
    try:
        if path not in linecache.cache and os.path.getsize(path) > 2_000_000:
            return None
        lines = linecache.getlines(path)
    except Exception:
        return None
    if not 0 < line <= len(lines):
        return None
    cut = [text.rstrip("\r\n")[:512] for text in lines[max(0, line - 1 - around):line + around]]
    middle = min(line - 1, around)
    return cut[:middle], cut[middle], cut[middle + 1:]


def variables(frame):
    """Pairs, arguments first; a module's own names without what every module has."""
    if frame.f_code.co_flags & 2:  # CO_OPTIMIZED: of a function, whose names no mapping of the service holds
        local = frame.f_locals
        return [(name, local[name]) for name in local if not name.startswith("__class__")]
    held = frame.f_locals
    if type(held) is not dict:
        return []
    passed = (types.ModuleType, types.FunctionType, type)
    return [(name, value) for name, value in list(held.items())
            if type(name) is str and not name.startswith("__") and not slots.is_a(value, passed)]


def stack_text(error, limit=65536):
    """The plain traceback, as the interpreter prints it; long ones lose their middle."""
    try:
        text = "".join(lines_of(error))
    except Exception:
        text = "%s: %s\n" % (slots.type_name(type(error)), message(error))
    text = text.rstrip("\n")
    if len(text) <= limit:
        return text
    return text[:limit // 2] + "\n  … %d characters left out …\n" % (len(text) - limit) + text[-limit // 2:]


def lines_of(error):
    """The interpreter's own text wherever none of the texts in it is the application's to make."""
    if all(is_said_by_interpreter(item) for item in reachable(error)):
        return traceback.format_exception(type(error), error, TRACEBACK(error))
    lines, steps = [], chain(error)
    for position in range(len(steps) - 1, -1, -1):
        step = steps[position]
        found = TRACEBACK(step)
        if found is not None:
            lines.append("Traceback (most recent call last):\n")
            lines += traceback.format_tb(found)
        said = message(step)
        name = slots.type_name(type(step))
        lines.append("%s: %s\n" % (name, said) if said else "%s\n" % name)
        if position:
            _, link = next_of(steps[position - 1])
            lines.append(LINKS[link])
    return lines


LINKS = {
    "__cause__": "\nThe above exception was the direct cause of the following exception:\n\n",
    "__context__": "\nDuring handling of the above exception, another exception occurred:\n\n",
}


def reachable(error):
    found, waiting = [], [error]
    while waiting and len(found) < 200:
        item = waiting.pop()
        if any(item is other for other in found):
            continue
        found.append(item)
        linked, _ = next_of(item)
        waiting += [linked] if linked is not None else []
        waiting += members(item)
    return found


def is_said_by_interpreter(error):
    getters = (slots.class_attribute(type(error), name) for name in ("__getattribute__", "__traceback__", "__cause__", "__context__"))
    if not is_said_by_others(error) or any(type(found) in (types.FunctionType, property) for found in getters):
        return False
    notes = slots.field(error, "__notes__", ())
    return type(notes) in (list, tuple) and all(type(note) is str for note in notes)
