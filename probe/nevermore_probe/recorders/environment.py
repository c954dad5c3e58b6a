"""Reads of `os.environ`, which stays what it is: its class answers as before, and the name is kept with what it stood for."""
import _collections_abc
import os

from .. import guard, patches, work
from ..rings import NAMES, caller, current, getframe, perf_counter

FIRST = {}  # what application code read at any time, for those that read it once
ITEMS, VALUES, COPY = (code.__code__ for code in (  # who reads by these asked for no name; compared by identity, for a code's hash is dear
    _collections_abc.ItemsView.__iter__, _collections_abc.ValuesView.__iter__, os._Environ.copy))
OF_SENTRY = frozenset(("SENTRY_USE_ENVIRONMENT", "SENTRY_TRACE", "SENTRY_BAGGAGE", "SENTRY_SPOTLIGHT"))  # which it reads for each request


def install():
    patches.wrap(os._Environ, "__getitem__", reading)


def reading(plain):
    environ = os.environ

    def __getitem__(self, key):
        try:
            value = plain(self, key)
        except BaseException as error:
            patches.without_frame(error)
            if self is environ and type(error) is KeyError:
                read(key, None)
            raise
        if self is environ:
            code = getframe(1).f_code
            if code is not ITEMS and code is not VALUES and code is not COPY:
                read(key, value)
        return value

    def read(key, value):
        try:
            if type(key) is not str or key in OF_SENTRY:
                return
            names = current().names
            if ("environment", key) not in names:
                keep(names, key, value)
        except Exception as trouble:
            guard.swallow(trouble)

    def keep(names, key, value):
        if not work.ACTIVE or len(names) >= NAMES:
            return
        entry = perf_counter(), value, caller(getframe(3))
        names["environment", key] = entry
        if entry[2][0] is not None and len(FIRST) < NAMES:
            FIRST.setdefault(key, entry)
    return __getitem__
