"""Reads of `os.environ`, which stays what it is: its class answers as before, and the name is kept with what it stood for."""
import _collections_abc
import os

from .. import guard, patches, work, wrappers
from ..rings import NAMES, caller, current, getframe, perf_counter

FIRST = {}  # what application code read at any time, for those that read it once
ITEMS, VALUES, COPY = (code.__code__ for code in (  # who reads by these asked for no name; compared by identity, for a code's hash is dear
    _collections_abc.ItemsView.__iter__, _collections_abc.ValuesView.__iter__, os._Environ.copy))
TELEMETRY = "SENTRY_", "OTEL_"  # what steers it is read for each request, and steers nothing of the service
QUIET = {}  # names of it, as bytes


GET = os._Environ.__getitem__.__code__  # it asks for a name's bytes first, as what writes and deletes does


def install():
    """By the one attribute of `os.environ` that every read goes through: its class stays as it is, and a name that is not there costs
    what it did."""
    environ = os.environ
    plain = vars(environ).get("encodekey")
    if callable(plain) and not any(applied[3] is plain for applied in patches.APPLIED):
        patches.put(environ, "encodekey", wrappers.uncounted(encoding(environ, plain), plain), plain)


def encoding(environ, plain):
    def encode(value):
        if type(value) is str and value in QUIET:
            return QUIET[value]
        try:
            encoded = plain(value)
        except BaseException as error:
            patches.without_frame(error)
            raise
        try:
            frame = getframe(1)
            if frame.f_code is GET:
                code = frame.f_back.f_code
                if code is not ITEMS and code is not VALUES and code is not COPY:
                    read(value, encoded)
        except Exception as trouble:
            guard.swallow(trouble)
        return encoded

    def read(key, encoded):
        if key.startswith(TELEMETRY):
            if len(QUIET) < NAMES:
                QUIET[key] = encoded
            return
        names = current().names
        if ("environment", key) not in names:
            keep(names, key, encoded)

    def keep(names, key, encoded):
        if not work.ACTIVE or len(names) >= NAMES:
            return
        held = environ._data.get(encoded)
        entry = perf_counter(), None if held is None else environ.decodevalue(held), caller(getframe(4))
        names["environment", key] = entry
        if entry[2][0] is not None and len(FIRST) < NAMES:
            FIRST.setdefault(key, entry)
    return encode
