"""Tests of pytest that are called without its hooks: they pass, fail and prepare as with them, and the others are left to them."""
import importlib.util
import os
import subprocess
import sys
import textwrap
import unittest

import kit

TESTS = '''
import pytest

TOLD = []

@pytest.fixture
def base():
    return [1]

@pytest.fixture
def opened(base):
    TOLD.append("open")
    yield base
    TOLD.append("close")

@pytest.fixture(autouse=True)
def always():
    TOLD.append("always")

@pytest.fixture(scope="module")
def shared():
    return {}

@pytest.fixture
def asks(request):
    return request.node.name

@pytest.fixture
def broken():
    yield 1
    raise ValueError

def test_plain():
    assert TOLD[-1] == "always"

def test_opened(opened, base):
    assert opened is base and TOLD[-1] == "open"

def test_closed():
    assert TOLD[-2] == "close"

@pytest.mark.parametrize("a, b", [(1, 1), (1, 2)])
def test_pairs(a, b):
    assert a == b

def test_shared(shared):
    assert shared == {}

def test_asks(asks):
    assert asks == "test_asks"

def test_broken(broken):
    pass

def test_skips():
    pytest.skip("no")

@pytest.mark.skipif(True, reason="no")
def test_skipped():
    assert False

@pytest.mark.xfail
def test_expected():
    assert False

def test_exit():
    raise SystemExit

class TestKind:
    def test_first(self, base):
        self.seen = base
        assert not os_variable().endswith("(none)")

    def test_second(self):
        assert not hasattr(self, "seen")

def os_variable():
    import os
    return os.environ["PYTEST_CURRENT_TEST"]

class TestPrepared:
    def setup_method(self):
        self.ready = True

    def test_ready(self):
        assert self.ready
'''
ASKED = '''
import json, pytest, sys
from nevermore_kit import items, mutants

class Plugin:
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        tests = [items.Item(item) for item in session.items]
        found = {}
        for by in ("called", "outcome"):
            for test, following in zip(tests, [*tests[1:], None]):
                failed = getattr(test, by)(following) if test.call else test.run(following)
                found.setdefault(test.item.name, [test.call is not None]).append(type(failed).__name__)
        print(json.dumps(found))
        return True
pytest.main([*mutants.OPTIONS, sys.argv[1]], plugins=[Plugin()])
'''


@unittest.skipUnless(importlib.util.find_spec("pytest"), "needs pytest")
class Direct(kit.TreeCase):
    FILES = {"test_kinds.py": TESTS}

    def test_the_direct_way_says_what_the_hooks_say(self):
        import json
        done = subprocess.run([sys.executable, "-B", "-c", textwrap.dedent(ASKED), "test_kinds.py"], cwd=self.root, stdout=subprocess.PIPE,
                              env=dict(os.environ, PYTHONPATH=kit.HOME))
        line = next(line for line in done.stdout.decode().splitlines() if line.startswith("{"))
        found = json.loads(line)
        for name, (_, direct, hooked) in found.items():
            with self.subTest(name=name):
                self.assertEqual(direct, hooked)
        by_hooks = {name for name, (is_direct, _, _) in found.items() if not is_direct}
        expected = {"test_shared", "test_asks", "test_skipped", "test_expected", "test_ready"}
        self.assertIn(by_hooks, (expected, set(found)))  # all of them before pytest 8
        self.assertEqual({name for name, said in found.items() if said[1] != "NoneType"},
                         {"test_pairs[1-2]", "test_broken", "test_skips", "test_skipped", "test_expected", "test_exit"})
