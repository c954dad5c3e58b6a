"""Which files are the application's: neither the standard library's, nor an installed package's, nor ours."""
import os
import sysconfig

FILES = 5_000
IN_APP = {}

OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
LIBRARY = tuple({sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib") if sysconfig.get_path(name)})


def is_application(file):
    known = IN_APP.get(file)
    if known is None:
        known = look(file)
        if len(IN_APP) < FILES:
            IN_APP[file] = known
    return known


def look(file):
    if file.startswith("<") or file.startswith(OURS):
        return False
    path = file.replace("\\", "/")
    return not (file.startswith(LIBRARY) or "/site-packages/" in path or "/dist-packages/" in path)
