"""Celery's signals: a task is a unit of work, and its failure is one, unless the task declares that it throws it."""
import sys
import threading

from .arrivals import when_imported
from .service import begin, end, flush, report
from .tracebacks import TRACEBACK

begun = threading.local()


def install():
    when_imported("celery.signals", connect)


def connect(signals):
    signals.task_prerun.connect(started, weak=False, dispatch_uid="nevermore.started")
    signals.task_failure.connect(failed, weak=False, dispatch_uid="nevermore.failed")
    signals.task_postrun.connect(finished, weak=False, dispatch_uid="nevermore.finished")
    signals.worker_process_shutdown.connect(stopped, weak=False, dispatch_uid="nevermore.stopped")


def units():
    if not hasattr(begun, "units"):
        begun.units = {}
    return begun.units


def started(task_id=None, **rest):
    if len(units()) < 100:
        units()[task_id] = begin()


def finished(task_id=None, **rest):
    unit = units().pop(task_id, None)
    if unit is not None:
        end(unit)


def failed(sender=None, exception=None, **rest):
    """The live exception: Celery hands on a copy where it cannot be pickled."""
    live = sys.exc_info()[1]
    error = live if live is not None and TRACEBACK(live) is not None else exception
    expected = getattr(sender, "throws", ())
    if not (type(expected) is tuple and any(type(kind) is type and issubclass(type(error), kind) for kind in expected)):
        name = getattr(sender, "name", None)
        report(error, "celery", transaction=name if type(name) is str else None)


def stopped(**rest):
    """The processes of a pool end without what is registered with `atexit`."""
    flush()
