import re

SHAPE = re.compile(r"([\w.]+)@([\w.-]+)")


def folder(subscriber):
    """Where a subscriber's letters are kept: by host, then by name."""
    name, host = SHAPE.fullmatch(subscriber["contact"]).groups()
    return f"{host}/{name}"
