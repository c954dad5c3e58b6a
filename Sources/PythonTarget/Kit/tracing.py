"""Lines of some files and calls of some functions, as this process runs: by the interpreter's monitoring where it has it, else by
a tracer that leaves all other code alone."""
import dis
import os
import sys
import threading

from . import source

MONITORING = getattr(sys, "monitoring", None)
YIELDS = {dis.opmap[name] for name in ("YIELD_VALUE", "YIELD_FROM", "SEND") if name in dis.opmap}
DELEGATION = bytes([dis.opmap["YIELD_FROM"]]) if "YIELD_FROM" in dis.opmap else None  # a frame that waits for another stands before it
RETURNS = {dis.opmap[name] for name in ("RETURN_VALUE", "RETURN_CONST") if name in dis.opmap}


def function_names(path):
    """{(first line, name): qualified name} of the functions of a file."""
    found = {}

    def walk(code, outer):
        for item in code.co_consts:
            if isinstance(item, type(code)):
                name = outer if item.co_name.startswith("<") else outer + [item.co_name]
                if not item.co_name.startswith("<"):
                    found.setdefault((item.co_firstlineno, item.co_name), ".".join(name))
                walk(item, name)
    try:
        with open(path, "rb") as file:
            walk(compile(file.read(), path, "exec", dont_inherit=True), [])
    except (OSError, SyntaxError, ValueError, RecursionError):
        pass
    return found


class Watch:
    """`lines` gathers {path: set of lines} until it is taken; `calls` is told of starts and ends of the recorded functions.
    Where `coarse`, only recorded functions are watched, and one that is entered counts with all of its lines."""

    def __init__(self, root, cover, record, calls, coarse=False):
        self.coarse = coarse
        tree = source.Tree(root, [])
        self.covered = {tree.inside(path): path for path in cover}
        self.recorded = {tree.inside(path): {name for at, name in record if at == path} for path, _ in record}
        self.names = {whole: function_names(whole) for whole in self.recorded if whole}
        self.calls = calls
        self.known = {}  # by identity: (the code, which stays alive, the set of its file's lines, its name)
        self.files = {}
        self.bodies = {}  # by place: the lines of a recorded function
        self.first = {}  # by file: the first lines of what is watched
        self.sets = {path: set() for path in cover}

    def take(self):
        """{path: lines} since the last time."""
        taken = {path: sorted(lines) for path, lines in self.sets.items() if lines}
        for lines in self.sets.values():
            lines.clear()
        if MONITORING and self.covered:
            MONITORING.restart_events()
        return taken

    def look(self, code):
        """(set of lines or None, (path, name) or None) of a code."""
        found = self.known.get(id(code))
        if found is None:
            name = code.co_filename
            whole = self.files.get(name)
            if whole is None:
                whole = self.files[name] = os.path.realpath(name) if name[:1] != "<" else name
            lines = self.sets.get(self.covered.get(whole))
            place = self.names.get(whole, {}).get((code.co_firstlineno, code.co_name))
            wanted = place is not None and place in self.recorded[whole]
            path = os.path.relpath(whole, self.calls.root) if wanted else None
            found = self.known[id(code)] = (code, lines, (path, place) if wanted else None)
        return found[1], found[2]

    def entered(self, code):
        """As `look`; what is gathered coarsely is gathered here, and asks for no lines."""
        lines, place = self.look(code)
        if not self.coarse:
            return lines, place
        if place and lines is not None:
            if place not in self.bodies:
                self.bodies[place] = {line for _, line in dis.findlinestarts(code) if line}
            lines |= self.bodies[place]
        return None, place

    def is_watched(self, code):
        """A quick no for most codes: without their identities, which would ask the interpreter's audit."""
        return code.co_firstlineno in (self.first.get(code.co_filename) or self.first_lines(code.co_filename))

    def first_lines(self, name):
        whole = os.path.realpath(name) if name[:1] != "<" else name
        places = self.names.get(whole, {})
        first = {line for (line, _), name in places.items() if name in self.recorded[whole]}
        if not self.coarse and whole in self.covered:
            first = range(1 << 30)
        self.first[name] = first or {-1}
        return self.first[name]

    def start(self):
        if not self.covered and not self.recorded:
            return
        if MONITORING and MONITORING.get_tool(4) is None:
            self.monitor()
        else:
            trace = self.quick()
            threading.settrace(trace)
            sys.settrace(trace)

    def stop(self):
        if MONITORING and MONITORING.get_tool(4) == "nevermore":
            MONITORING.set_events(4, 0)
            for event in self.events:
                MONITORING.register_callback(4, event, None)
            MONITORING.free_tool_id(4)
        else:
            threading.settrace(None)
            sys.settrace(None)

    # --- the interpreter's monitoring

    def monitor(self):
        events, tool = MONITORING.events, 4
        MONITORING.use_tool_id(tool, "nevermore")

        def started(code, offset):
            if not self.is_watched(code):
                return MONITORING.DISABLE
            lines, place = self.entered(code)
            if lines is not None or place:
                MONITORING.set_local_events(tool, code, (events.LINE if lines is not None else 0) | (
                    events.PY_RETURN | events.PY_YIELD | events.PY_RESUME if place else 0))
            if not place:
                return MONITORING.DISABLE
            self.calls.enter(sys._getframe(1), place)

        def line(code, number):
            lines = self.look(code)[0]
            if lines is not None:
                lines.add(number)
            return MONITORING.DISABLE
        callbacks = {events.PY_START: started, events.LINE: line,
                     events.PY_RETURN: lambda code, offset, value: self.calls.give(sys._getframe(1), value),
                     events.PY_YIELD: lambda code, offset, value: self.calls.pause(sys._getframe(1), value),
                     events.PY_RESUME: lambda code, offset: self.calls.resume(sys._getframe(1)),
                     events.PY_UNWIND: lambda code, offset, error: self.calls.fail(sys._getframe(1), error)}
        self.events = list(callbacks)
        for event, callback in callbacks.items():
            MONITORING.register_callback(tool, event, callback)
        MONITORING.set_events(tool, events.PY_START | (events.PY_UNWIND if self.recorded else 0))

    # --- a tracer

    def quick(self):
        """`trace`, which asks next to nothing of codes that are not watched: it runs at every call of the process."""
        known, first_lines, trace = self.first, self.first_lines, self.trace

        def quick(frame, event, argument):
            code = frame.f_code
            if code.co_firstlineno in (known.get(code.co_filename) or first_lines(code.co_filename)):
                return trace(frame, event, argument)
            return None
        return quick

    def trace(self, frame, event, argument):
        lines, place = self.entered(frame.f_code)
        if lines is None and place is None:
            return None
        if place:
            if self.calls.is_open(frame):
                self.calls.resume(frame)
            else:
                self.calls.enter(frame, place)
        frame.f_trace_lines = lines is not None
        return self.inside(lines, place)

    def inside(self, lines, place):
        error = [None]

        def local(frame, event, argument):
            if event == "line":
                lines.add(frame.f_lineno)
            elif event == "exception":
                error[0] = argument[1]
            elif event == "return" and place:
                steps, at = frame.f_code.co_code, frame.f_lasti
                if steps[at] in YIELDS or steps[at + 2:at + 3] == DELEGATION:
                    self.calls.pause(frame, argument)
                elif argument is None and steps[at] not in RETURNS:
                    self.calls.fail(frame, error[0])
                else:
                    self.calls.give(frame, argument)
            return local
        return local
