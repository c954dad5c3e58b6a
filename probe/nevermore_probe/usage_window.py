"""Which functions of the application ran, and how they are named: by the path below the entry of `sys.path` that they were imported
from."""
import os
import sys

from . import places

FUNCTIONS = 50_000
FILES = 20_000


class Places:
    """{file name of a code: path to show, or None where it is not the application's}"""

    def __init__(self):
        self.known = {}

    def of(self, filename):
        if type(filename) is not str:
            return None
        try:
            return self.known[filename]
        except KeyError:
            if len(self.known) >= FILES:
                return None
            found = self.known[filename] = self.look(filename)
            return found

    def look(self, filename):
        if not filename or filename[0] == "<":
            return None
        whole = os.path.abspath(filename)
        if not places.is_application(whole):
            return None
        best = ""
        for entry in list(sys.path):
            if type(entry) is str:
                folder = os.path.join(os.path.abspath(entry or "."), "")
                if whole.startswith(folder) and len(folder) > len(best):
                    best = folder
        return whole[len(best):].replace(os.sep, "/") if best else None


class Window:
    """What was seen since `start`: {path: {function: 1, or in how many samples it was seen}}."""

    def __init__(self, start):
        self.start = start
        self.files = {}
        self.count = 0

    def add(self, path, name, times=1):
        functions = self.files.get(path)
        if functions is None:
            functions = self.files.setdefault(path, {})
        if name in functions:
            functions[name] += times
        elif self.count < FUNCTIONS:
            self.count += 1
            functions[name] = times

    def told(self, release, end, exact):
        files = {path: {name: 1 if exact else count for name, count in list(functions.items())}
                 for path, functions in list(self.files.items())}
        return {"nevermore": 1, "usage": {"release": release, "from": self.start, "to": end, "exact": exact, "functions": files}}


def is_function(code):
    """A body with fast locals that is no comprehension."""
    return code.co_flags & 1 and code.co_name not in ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
