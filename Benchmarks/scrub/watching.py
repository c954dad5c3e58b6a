"""A plugin of pytest that writes how tests failed, and how large the function under test's first argument really was: what a report says
is not believed."""
import json
import os
import sys

from innermost import innermost

ROOT, OUT = os.environ["WATCHED_ROOT"], os.environ["WATCHED_OUT"]
FILE, _, NAME = os.environ.get("WATCHED_FUNCTION", "").partition(":")
GIVEN, FAILED, PASSED = [], [], []


def watched(frame, event, _):
    code = frame.f_code
    if event == "call" and code.co_name == NAME and code.co_filename == os.path.join(ROOT, FILE):
        value = frame.f_locals[code.co_varnames[0]]
        try:
            GIVEN.append(len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()))
        except (TypeError, ValueError):
            GIVEN.append(None)


def pytest_runtest_call(item):
    if NAME:
        sys.setprofile(watched)


def pytest_runtest_makereport(item, call):
    if call.when == "call":
        sys.setprofile(None)
    if call.excinfo is not None:
        FAILED.append(innermost(call.excinfo.value, ROOT + "/"))
    elif call.when == "call":
        PASSED.append(item.nodeid)


def pytest_sessionfinish(session):
    with open(OUT, "w") as file:
        json.dump({"given": GIVEN, "failed": FAILED, "passed": PASSED}, file)
