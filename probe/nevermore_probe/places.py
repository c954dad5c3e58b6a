"""Which files are the application's: neither the standard library's, nor an installed package's, nor ours."""
import os
import sysconfig

FILES = 5_000
IN_APP = {}  # what has been found out, for those to whom a call is dear
INSTALLED = ("/site-packages/", "/dist-packages/")


def folders():
    """As code may spell them: as they were given, absolute, and without links."""
    own = os.path.dirname((lambda: None).__code__.co_filename)
    found = [own, os.path.dirname(os.__file__), sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    return {os.path.join(form(path), "").replace("\\", "/") for path in found if path
            for form in (str, os.path.abspath, os.path.realpath)}


LIBRARY = tuple(folders())


def is_application(file):
    known = IN_APP.get(file)
    if known is None:
        known = look(file)
        if len(IN_APP) < FILES:
            IN_APP[file] = known
    return known


def look(file):
    path = file.replace("\\", "/")
    return not (not file or file.startswith("<") or path.startswith(LIBRARY) or any(mark in path for mark in INSTALLED))
