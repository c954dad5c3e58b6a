"""The interpreter's, the threads', the event loops' and the logs' own hooks: what was there before is called as it was before."""
import functools
import logging
import sys
import threading

from . import patches, tracebacks
from .arrivals import when_imported
from .units import words
from .service import counts, report


def install():
    hook_interpreter()
    hook_threads()
    hook_logging()
    if sys.version_info < (3, 11):  # a stand-in for groups of exceptions that prints them only where no hook was changed before
        when_imported("exceptiongroup._formatting", hook_interpreter_again, unhook_interpreter)
    when_imported("asyncio.base_events", hook_loops)
    when_imported("uvloop", hook_uvloop)


def hook_interpreter():
    previous = sys.excepthook

    def excepthook(kind, error, trace):
        report(error, "excepthook")
        return previous(kind, error, trace)

    excepthook.previous = previous
    sys.excepthook = excepthook


def unhook_interpreter(module):
    if hasattr(sys.excepthook, "previous"):
        sys.excepthook = sys.excepthook.previous


def hook_interpreter_again(module):
    if not hasattr(sys.excepthook, "previous"):
        hook_interpreter()


def hook_threads():
    previous = threading.excepthook

    def excepthook(args, /):
        report(args.exc_value, "threading")
        return previous(args)

    threading.excepthook = excepthook


# --- event loops


def hook_loops(module):
    hook_loop_class(module.BaseEventLoop)


def hook_uvloop(module):
    hook_loop_class(module.Loop)


def hook_loop_class(cls):
    """Of the class, so that `get_exception_handler` says what it would say, for loops that run already too."""
    previous = cls.call_exception_handler

    @functools.wraps(previous)
    def call_exception_handler(self, context):
        if type(context) is dict and context.get("exception") is not None:
            report(context["exception"], "asyncio")
        return previous(self, context)

    cls.call_exception_handler = call_exception_handler


# --- logs


class Handler(logging.Handler):
    """Sends the exceptions of records at ERROR and above; may also be added by hand to loggers that are not the standard ones."""

    def __init__(self, level=logging.ERROR):
        super().__init__(level)

    def createLock(self):
        """None is needed, and eventlet would warn of one that was there before it."""
        self.lock = None

    def handle(self, record):
        if record.levelno >= self.level:
            self.emit(record)
        return record

    def emit(self, record):
        try:
            error = error_of(record)
            if error is not None:
                said = {"logger": words(record.name), "message": text_of(record)}
                report(error, "logging", handled=True, record=said)
        except Exception:
            counts["logging"] += 1


def error_of(record):
    found = record.exc_info
    if type(found) is tuple and len(found) == 3 and issubclass(type(found[1]), BaseException):
        return found[1]
    return None


def text_of(record):
    """The message with its arguments where those are plain: no object of the service is asked for its text."""
    said, arguments = record.msg, record.args
    if type(said) is not str:
        return words(said)[:8192]
    values = arguments.values() if type(arguments) is dict else [arguments]
    if arguments and all(tracebacks.is_plain(item) for item in values):
        try:
            said = said % arguments
        except Exception:
            pass
    return said[:8192]


def hook_logging():
    """Where a logger asks its filters: that is over before a handler writes, so that no stack that a handler prints shows us."""
    handler, previous = Handler(), logging.Logger.filter

    @functools.wraps(previous)
    def filter(self, record):
        try:
            passed = previous(self, record)
        except BaseException as error:
            patches.without_frame(error)
            raise
        if passed:
            try:
                if record.exc_info and record.levelno >= logging.ERROR:
                    handler.handle(record)
            except Exception:
                counts["logging"] += 1
        return passed

    logging.Logger.filter = filter
