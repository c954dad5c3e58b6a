"""Whether code is the application's, or the standard library's and installed packages'."""
import os
import sysconfig

from . import reading

INSTALLED = ("/site-packages/", "/dist-packages/")
LIBRARY = tuple({os.path.realpath(path).replace(os.sep, "/") + "/" for path in
                 (os.path.dirname(os.__file__), sysconfig.get_paths().get("stdlib") or os.path.dirname(os.__file__))}
                | {os.path.dirname(os.__file__).replace(os.sep, "/") + "/"})


OURS = tuple({form(os.path.dirname((lambda: None).__code__.co_filename)).replace(os.sep, "/") + "/" for form in
              (os.path.abspath, os.path.realpath)})  # what records stands between the application and its libraries


class Origins:
    """`application` names packages that are the application's though they are installed."""

    def __init__(self, application=()):
        self.application = application
        self.files = {}
        self.modules = {}

    def is_application_file(self, file, module=None):
        if type(file) is not str or not file or file.startswith("<"):
            return False
        if file not in self.files:
            self.files[file] = not is_library(file)
        return self.files[file] or self.is_named(module)

    def is_application_module(self, module):
        if type(module) is not str:
            return False
        if module not in self.modules:
            self.modules[module] = module == "__main__" or self.is_application(module)
        return self.modules[module]

    def is_application(self, module):
        names = reading.module_dictionary(module)
        file = names.get("__file__") if names else None
        return self.is_application_file(file, module)

    def is_named(self, module):
        return type(module) is str and any(module == each or module.startswith(each + ".") for each in self.application)


def is_library(file):
    path = file.replace(os.sep, "/")
    return path.startswith(OURS) or path.startswith(LIBRARY) or any(mark in path for mark in INSTALLED)
