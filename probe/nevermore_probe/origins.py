"""Whether code is the application's: by its file, or because the settings name its package."""
import os

from . import places, reading

MOST = 5000  # files and modules that are remembered
KNOWN = {}


def of(application):
    """The one for these names: what it has found out holds for the whole process."""
    found = KNOWN.get(application)
    if found is None:
        if len(KNOWN) >= 10:
            KNOWN.clear()
        found = KNOWN[application] = Origins(application)
    return found


class Origins:
    """`application` names packages that are the application's though they are installed."""

    def __init__(self, application=()):
        self.application = application
        self.modules = {}
        self.paths = {}

    def absolute(self, file):
        """The path of a code's file; the working directory is the one when it was first asked for."""
        found = self.paths.get(file)
        if found is None:
            found = file if file.startswith("<") else os.path.abspath(file)
            remember(self.paths, file, found)
        return found

    def is_application_file(self, file, module=None):
        if type(file) is not str or not file or file.startswith("<"):
            return False
        return places.is_application(file) or self.is_named(module)

    def is_application_module(self, module):
        if type(module) is not str:
            return False
        known = self.modules.get(module)
        if known is None:
            names = reading.module_dictionary(module)
            known = module == "__main__" or bool(names) and self.is_application_file(names.get("__file__"), module)
            if names:  # one that is not loaded yet may be another when it is
                remember(self.modules, module, known)
        return known

    def is_named(self, module):
        return type(module) is str and any(module == each or module.startswith(each + ".") for each in self.application)


def remember(known, key, value):
    if len(known) >= MOST:
        known.clear()
    known[key] = value
