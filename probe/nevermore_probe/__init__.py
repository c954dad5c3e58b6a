"""The probe: when a service fails, its report takes the live frames in full along. It never changes what the service does."""

__version__ = "0.1.0"
__all__ = ["NevermoreIntegration", "Settings", "init"]

PLACES = {"NevermoreIntegration": "sentry", "Settings": "settings", "init": "service"}


def __getattr__(name):
    """What is exported is loaded when it is first asked for, so that importing the package loads nothing else."""
    if name not in PLACES:
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    import importlib

    return getattr(importlib.import_module("." + PLACES[name], __name__), name)
