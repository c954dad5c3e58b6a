"""Which functions production really runs. Since 3.12 each function tells once a window and costs nothing after; before, a thread samples.
Off unless it is asked for."""
import _thread
import atexit
import os
import sys
import threading
import time

from . import collector, finding, guard
from .usage_window import FUNCTIONS, Places, Window, is_function

WINDOW_SECONDS = 3600
SAMPLE_SECONDS = 0.1
DEPTH = 200  # frames of a thread that a sample looks at
MONITORING = getattr(sys, "monitoring", None)
TOOLS = (4, 3)  # the armed functions take theirs from the other end

monotonic = time.monotonic


class Usage:
    """One process's: `exact` where the interpreter tells of every function."""

    def __init__(self, settings, send):
        self.send = send
        self.release = getattr(settings, "release", None)
        self.places = Places()
        self.window = Window(time.time())
        self.due = monotonic() + WINDOW_SECONDS
        self.codes = {}  # by identity: the application's codes, which stay alive so that the identity holds
        self.tool = None
        self.exact = False
        self.stopped = None
        self.hook = self.collected  # one object, which the collector calls and forgets
        self.names = {}  # before 3.11, by file: {(name, first line): qualified name}

    def report(self):
        """Closes the window and hands it over. Runs where the service holds no lock."""
        window, self.window = self.window, Window(time.time())
        try:
            if window.files:
                self.send(window.told(self.release, self.window.start, self.exact))
        except Exception as error:
            guard.note(error)

    # 3.12 and later

    def monitor(self):
        for tool in TOOLS:
            if MONITORING.get_tool(tool) is None:
                try:
                    MONITORING.use_tool_id(tool, "nevermore usage")
                except ValueError:
                    continue
                self.tool, self.exact = tool, True
                MONITORING.register_callback(tool, MONITORING.events.PY_START, self.started)
                MONITORING.set_events(tool, MONITORING.events.PY_START)
                collector.call(self.hook)
                return

    def started(self, code, _):
        try:
            path = self.places.of(code.co_filename)
            if path is not None and is_function(code):
                if len(self.codes) < FUNCTIONS:
                    self.codes[id(code)] = code
                self.window.add(path, code.co_qualname.replace(".<locals>", ""))
        except Exception as error:
            guard.swallow(error)
        return MONITORING.DISABLE

    def collected(self):
        """What the end of a window needs is done by a thread that ends: the service may hold any lock here."""
        if monotonic() >= self.due and self.tool is not None:
            self.due = monotonic() + WINDOW_SECONDS
            try:
                _thread.start_new_thread(self.renew, ())
            except RuntimeError:
                pass  # no thread is to be had: the next window is longer

    def renew(self):
        try:
            self.report()
            self.refresh()
        except Exception as error:
            guard.note(error)

    def refresh(self):
        """The application's functions tell once more. `restart_events` would restart those of all other tools: so each code
        forgets that it has told, by an event that it does not have."""
        tool, events = self.tool, MONITORING.events
        if tool is None:
            return
        MONITORING.set_events(tool, 0)
        for code in list(self.codes.values()):
            MONITORING.set_local_events(tool, code, events.STOP_ITERATION)
            MONITORING.set_local_events(tool, code, 0)
        MONITORING.set_events(tool, events.PY_START)

    # before 3.12

    def sample(self):
        self.stopped = threading.Event()
        threading.Thread(target=self.run, args=(self.stopped,), name="nevermore-usage", daemon=True).start()

    def run(self, stopped):
        me = _thread.get_ident()
        while not stopped.wait(SAMPLE_SECONDS):
            try:
                self.look(me)
            except Exception as error:
                guard.note(error)
            if monotonic() >= self.due:
                self.due = monotonic() + WINDOW_SECONDS
                self.report()

    def look(self, me):
        for thread, frame in sys._current_frames().items():
            if thread == me:
                continue
            for _ in range(DEPTH):
                if frame is None:
                    break
                code = frame.f_code
                path = self.places.of(code.co_filename)
                if path is not None and is_function(code):
                    self.window.add(path, self.name_of(code, frame))
                frame = frame.f_back
        del frame

    def name_of(self, code, frame):
        """Before 3.11 a code does not know its class: its module's functions do."""
        name = getattr(code, "co_qualname", None)
        if name is not None:
            return name.replace(".<locals>", "")
        names = self.names.get(code.co_filename)
        if names is None:
            names = self.names[code.co_filename] = names_of_file(code.co_filename, frame.f_globals)
        return names.get((code.co_name, code.co_firstlineno), code.co_name)

    def stop(self):
        collector.forget(self.hook)
        if self.tool is not None:
            tool, self.tool = self.tool, None
            MONITORING.set_events(tool, 0)
            MONITORING.register_callback(tool, MONITORING.events.PY_START, None)
            MONITORING.free_tool_id(tool)
        if self.stopped is not None:
            self.stopped.set()
            self.stopped = None


def names_of_file(filename, names):
    if type(names) is not dict:
        return {}
    file = filename.replace("\\", "/").rpartition("/")[2]
    return {(code.co_name, code.co_firstlineno): name for _, code, name in finding.named(file, names)}


current = None


def install(settings, send):
    """Hands what ran to `send`, once an hour and at the end of the process. Nothing happens where `settings.usage` is false."""
    global current
    if not getattr(settings, "usage", False) or current is not None:
        return
    current = Usage(settings, send)
    if MONITORING:
        current.monitor()
    else:
        current.sample()
    register_once()


def remove():
    global current
    usage, current = current, None
    if usage is not None:
        usage.stop()


def ended():
    usage = current
    if usage is not None:
        usage.stop()
        usage.report()


def forked():
    """The child has the parent's functions, as it has its memory, and its own thread."""
    if current is not None and current.stopped is not None:
        try:
            current.sample()
        except RuntimeError:
            pass


registered = False


def register_once():
    global registered
    if not registered:
        registered = True
        atexit.register(ended)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=forked)
