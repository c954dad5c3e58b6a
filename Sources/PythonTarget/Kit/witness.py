"""What the tests of one run did, with the exceptions of each failure: a pytest plugin, and a unittest runner of its own."""
import importlib.util
import inspect
import json
import os
import sys
import unittest

from . import run, source

tests, failures = {}, []


def observer():
    return run.Runner(source.Tree(os.environ["NEVERMORE_ROOT"], []), False)


def note(error):
    try:
        failures.append([observer().exception(e) for e in run.chained(error)])
    except Exception as trouble:  # a failure that cannot be described is still a failure
        failures.append([{"type": type(error).__name__, "module": type(error).__module__, "message": str(trouble), "lineage": [],
                          "frames": []}])


def write():
    if not os.environ["NEVERMORE_REPORT"]:
        return
    with open(os.environ["NEVERMORE_REPORT"], "w", encoding="utf-8") as file:
        json.dump({"tests": tests, "failures": failures}, file)


# --- pytest

def pytest_runtest_makereport(item, call):
    if call.excinfo is not None and call.when == "call":
        note(call.excinfo.value)


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        outcome = report.outcome
        if outcome == "skipped" and hasattr(report, "wasxfail"):
            outcome = "knownIssue"
        if outcome == "failed" and report.when != "call":
            outcome = "error"
        before = tests.get(report.nodeid)
        tests[report.nodeid] = outcome if before in (None, "passed") else before


def pytest_sessionfinish(session):
    write()


# --- unittest

class Result(unittest.TestResult):
    def addSuccess(self, test):
        tests[test.id()] = "passed"

    def addFailure(self, test, error):
        """A failure of the test's own method; of what prepares or cleans up, an error."""
        outcome = "failed" if is_reached(test, error[2]) else "error"
        if tests.get(test.id()) in (None, "passed"):
            tests[test.id()] = outcome
        if outcome == "failed":
            note(error[1])

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.addFailure(test, error)

    def addExpectedFailure(self, test, error):
        tests[test.id()] = "knownIssue"
        note(error[1])

    def addUnexpectedSuccess(self, test):
        tests[test.id()] = "failed"

    def addSkip(self, test, reason):
        tests[test.id()] = "skipped"


def is_reached(test, trace):
    """Whether the traceback leads through the test's method."""
    method = inspect.unwrap(getattr(test, getattr(test, "_testMethodName", ""), None) or is_reached)
    while trace is not None:
        if trace.tb_frame.f_code is getattr(method, "__code__", None):
            return True
        trace = trace.tb_next
    return False


def main():
    path, marked = sys.argv[1:3]
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    if marked == "plain":
        for case in vars(module).values():
            if isinstance(case, type) and issubclass(case, unittest.TestCase):
                for kind in case.__mro__[:-1]:
                    if "__unittest_expecting_failure__" in vars(kind):
                        del kind.__unittest_expecting_failure__
                for name in [n for n in dir(case) if n.startswith("test")]:
                    getattr(case, name).__dict__.pop("__unittest_expecting_failure__", None)
    unittest.defaultTestLoader.loadTestsFromModule(module).run(Result())
    write()


if __name__ == "__main__":
    main()
