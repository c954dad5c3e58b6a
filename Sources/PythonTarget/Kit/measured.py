"""A run of the suite in a process of its own, told line by line as it goes, so that what was seen outlives it: a pytest plugin,
and a runner of unittest's tests under the same names."""
import json
import os
import sys
import time
import unittest

from . import calls, cases, effects, tracing, witness

with open(os.environ["NEVERMORE_PLAN"], encoding="utf-8") as _file:
    PLAN = json.load(_file)
REPORT = open(PLAN["report"], "a", encoding="utf-8")
PROCESS = os.getpid()


def tell(**record):
    if os.getpid() == PROCESS:  # a fork of a test has nothing to say here
        REPORT.write(json.dumps(record) + "\n")
        REPORT.flush()


RECORDED = calls.Calls(PLAN["root"], lambda record: tell(**record))
WATCH = tracing.Watch(PLAN["root"], {path for path, _ in PLAN["record"]}, [tuple(place) for place in PLAN["record"]], RECORDED, coarse=True)
if PLAN["record"]:
    effects.watch(PLAN["root"], RECORDED)
WATCH.start()


class Running:
    """The test that runs: its worst outcome, and the exception that decided it."""
    name, started, outcome, exception, ended = None, 0.0, "none", None, True


def begin(name):
    WATCH.take()
    RECORDED.begin(name)
    Running.name, Running.started, Running.outcome, Running.exception = name, time.monotonic(), "none", None
    Running.ended = False


def settle(outcome, error=None):
    if Running.outcome in ("none", "passed"):
        Running.outcome = outcome
        Running.exception = type(error).__name__ if error is not None else None


def end():
    if Running.ended:
        return
    Running.ended = True
    RECORDED.end()
    tell(case=Running.name, result=Running.outcome, seconds=time.monotonic() - Running.started, exception=Running.exception,
         lines=WATCH.take())


def collected(names):
    WATCH.take()
    tell(collected=names)


# --- pytest

def pytest_collectreport(report):
    if report.failed:
        tell(trouble="%s: %s" % (report.nodeid or ".", str(report.longrepr).strip().splitlines()[-1][:300]))


def pytest_collection_finish(session):
    collected([item.nodeid for item in session.items])


def pytest_runtest_logstart(nodeid, location):
    begin(nodeid)


def pytest_runtest_makereport(item, call):
    if call.excinfo is not None:
        witness_error[item.nodeid] = call.excinfo.value


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        outcome = report.outcome
        if outcome == "skipped" and hasattr(report, "wasxfail"):
            outcome = "knownIssue"
        settle("error" if outcome == "failed" and report.when != "call" else outcome,
               witness_error.pop(report.nodeid, None) if outcome == "failed" else None)


def pytest_runtest_logfinish(nodeid, location):
    witness_error.clear()
    end()


def pytest_sessionfinish(session, exitstatus):
    tell(end=int(exitstatus))


witness_error = {}


# --- unittest

class Result(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        begin(cases.name_of(test))

    def stopTest(self, test):
        super().stopTest(test)
        end()

    def addSuccess(self, test):
        settle("passed")

    def addFailure(self, test, error):
        if not isinstance(test, unittest.TestCase):  # what prepares a class or a module
            tell(trouble="%s: %s" % (test, error[0].__name__))
            return
        settle("failed" if witness.is_reached(test, error[2]) else "error", error[1])

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.addFailure(test, error)

    def addExpectedFailure(self, test, error):
        settle("knownIssue")

    def addUnexpectedSuccess(self, test):
        settle("failed")

    def addSkip(self, test, reason):
        if not isinstance(test, unittest.TestCase):  # all of a class or a module
            return
        if Running.name == cases.name_of(test) and not Running.ended:
            settle("skipped")
        else:  # never started, from Python 3.12 on
            begin(cases.name_of(test))
            settle("skipped")
            end()


def main():
    found = cases.wanted(PLAN["root"], PLAN["tests"], lambda trouble: tell(trouble=trouble))
    collected([cases.name_of(test) for test in found])
    unittest.TestSuite(found).run(Result())
    tell(end=0)


if __name__ == "__main__":
    sys.modules["nevermore_kit.measured"] = sys.modules["__main__"]
    main()
