"""The trigger's process starts anew under libfaketime, so that all of it lives at another moment: the service, its sender, and the event."""
import glob
import os
import sys


def start_at(moment):
    """`moment` is in UTC. To be called when the trigger is loaded; the process keeps its identifier and what is open."""
    if "FAKETIME" in os.environ:
        return
    library = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    if not library:
        raise RuntimeError("libfaketime is not installed")
    faked = {"LD_PRELOAD": library[0], "FAKETIME": "@" + moment, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
    os.execve(sys.executable, [sys.executable, *sys.argv], dict(os.environ, **faked))
