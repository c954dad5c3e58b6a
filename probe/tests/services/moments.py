"""When the probe comes to a service: before its libraries and what lies beneath them, between the two, or after both. Imports as little as
`disguises` does."""
import importlib
import os
import sys

import disguises
from asking import has_probe, sabotage


def libraries(names, disguise, when):
    """The libraries that are asked for, each with None where it is not installed, after the probe and the disguise have come too."""
    found = []

    def probe():
        if has_probe:
            import nevermore_probe
            nevermore_probe.init(release="shop@1")

    def clients():
        found.extend(imported(names))
    beneath = getattr(disguises, disguise)
    for step in {"first": (probe, beneath, clients), "last": (beneath, clients, probe), "between": (clients, probe, beneath)}[when]:
        step()
    if has_probe and os.environ.get("NEVERMORE_SABOTAGE"):
        sabotage()
    return found


def imported(names):
    """One for each first part of the names, in their order."""
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    return [sys.modules.get(top) for top in dict.fromkeys(name.partition(".")[0] for name in names)]
