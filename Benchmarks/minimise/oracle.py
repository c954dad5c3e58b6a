"""Whether an input is interesting: status 0 where it leads to the wanted failure. Each call leaves a line: the input's hash, its size as
canonical JSON, and the status."""
import hashlib
import importlib
import json
import sys


def main(settings, file):
    with open(file, "rb") as opened:
        content = opened.read()
    try:
        value = json.loads(content)
        size = len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
        status = asked(settings, value)
    except (ValueError, RecursionError):
        size, status = 0, 1
    with open(settings["log"], "a") as log:
        log.write(f"{hashlib.sha256(content).hexdigest()} {size} {status}\n")
    return status


def asked(settings, value):
    sys.path[:0] = settings["paths"]
    from innermost import innermost
    function = getattr(importlib.import_module(settings["module"]), settings["function"])
    try:
        function(value)
    except Exception as error:
        return 0 if innermost(error, settings["root"] + "/") == settings["wanted"] else 1
    return 1
