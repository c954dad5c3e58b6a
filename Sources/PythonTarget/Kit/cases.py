"""The tests of unittest's files, under names like pytest's: `tests/test_a.py::CaseTest::test_one`."""
import importlib.util
import os
import sys
import unittest

PATHS = {}


def name_of(test):
    return "%s::%s::%s" % (PATHS.get(type(test).__module__, type(test).__module__), type(test).__qualname__, test._testMethodName)


def flat(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flat(item)
        else:
            yield item


def load(root, path, trouble):
    """The tests of a file, under the name by which the import roots know it."""
    whole = os.path.join(root, path)
    roots = [place for place in sys.path if place and whole.startswith(place + os.sep)]
    name = os.path.relpath(whole, max(roots, key=len, default=root))[:-3].replace(os.sep, ".")
    PATHS[name] = path
    try:
        if name not in sys.modules:
            spec = importlib.util.spec_from_file_location(name, whole)
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
    except BaseException as error:
        trouble("%s: %s" % (path, type(error).__name__))
        return []
    return list(flat(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[name])))


def wanted(root, names, trouble):
    """The tests that these names and files mean, in their order."""
    files = dict.fromkeys(name.split("::")[0] for name in names)
    return [test for path in files for test in load(root, path, trouble)
            if any(name_of(test) == name or name_of(test).startswith(name + "::") for name in names)]
