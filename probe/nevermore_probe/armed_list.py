"""The file of armed functions: what `nevermore arm` writes. Whoever may write it, nothing in it is believed: what is not well formed is
passed over."""
import json
import math
import os
import stat

VERSION = 1
BYTES = 64 * 1024
FUNCTIONS = 50
RATE = 50
SECONDS = 900
LONGEST = 86_400  # neither a function nor a list stays armed longer


class ArmedFunction:
    __slots__ = ("file", "function", "until")

    def __init__(self, file, function, until):
        self.file, self.function, self.until = file, function, until


class ArmedList:
    """`rate` is in snapshots a second for all functions together; `until` of a function in seconds since 1970."""
    __slots__ = ("functions", "rate", "seconds")

    def __init__(self, functions, rate, seconds):
        self.functions, self.rate, self.seconds = functions, rate, seconds


def signature(path):
    """What changes when the file does; None where there is no file that can be read."""
    try:
        found = os.stat(path)
    except (OSError, ValueError, TypeError):
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size > BYTES:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read(path, now):
    """The list, or None where there is nothing to arm."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            text = os.read(descriptor, BYTES + 1)
        finally:
            os.close(descriptor)
        return None if len(text) > BYTES else parsed(json.loads(text), now)
    except (OSError, ValueError, RecursionError):
        return None


def parsed(content, now):
    if not isinstance(content, dict) or type(content.get("nevermore")) is not int or content["nevermore"] != VERSION:
        return None
    listed = content.get("functions")
    functions = [function for function in map(parsed_function, listed) if function and function.until > now] if isinstance(listed,
        list) else []
    for function in functions:
        function.until = min(function.until, now + LONGEST)
    if not functions:
        return None
    return ArmedList(functions[:FUNCTIONS], int(number(content, "rate", RATE, 1, 1000)), number(content, "seconds", SECONDS, 1, LONGEST))


def parsed_function(entry):
    if not isinstance(entry, dict):
        return None
    file, name, until = entry.get("file"), entry.get("function"), entry.get("until")
    if not isinstance(file, str) or not isinstance(name, str) or isinstance(until, bool) or not isinstance(until, (int, float)):
        return None
    parts = file.replace("\\", "/").split("/")
    if not name or len(name) > 500 or len(file) > 1000 or not all(parts) or ".." in parts or "." in parts or not math.isfinite(until):
        return None
    return ArmedFunction("/".join(parts), name.replace(".<locals>", ""), until)


def number(content, key, default, least, most):
    value = content.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return default
    return max(least, min(most, value))
