"""Tests that can be run again and again in one process, without any report: pytest's items, and unittest's cases."""
import unittest
import warnings

from . import cases, direct

SHOWING = {"logging-plugin", "capturemanager"}  # they gather what a report would show
SHOWN = {"caplog", "capsys", "capfd", "capsysbinary", "capfdbinary"}
try:
    import pluggy
    DIRECT = pluggy.__version__.startswith("1.")
except ImportError:
    DIRECT = False


class Item:
    """One of pytest's tests; fixtures are set up and torn down by pytest's own hooks."""

    def __init__(self, item):
        self.item = item
        self.name = item.nodeid
        self.is_plain = not any(item.iter_markers("xfail"))
        self.hooks = hooks(item)
        self.call = direct.call(item)
        self.home = item.parent

    def run(self, following):
        """None, or what failed; what `following` does not share is torn down, and all of it after a failure."""
        with warnings.catch_warnings(record=True):  # as pytest keeps them from what a test writes
            warnings.simplefilter("always", DeprecationWarning)
            warnings.simplefilter("always", PendingDeprecationWarning)
            return self.called(following) if self.call else self.outcome(following)

    def called(self, following):
        failed = None
        try:
            self.call()
        except BaseException as error:
            failed = error
        stack = getattr(self.item.session._setupstate, "stack", ())
        if stack and (failed or following is None or following.home is not self.home):  # an earlier test left it to this one
            try:
                self.hooks[2](item=self.item, nextitem=None if failed else following and following.item)
            except BaseException as error:
                failed = failed or error
        return failed

    def outcome(self, following):
        item, failed = self.item, None
        asks = hasattr(item, "_request")
        if asks and not item._request:
            item._initrequest()
        setup, call, teardown = self.hooks
        try:
            setup(item=item)
            call(item=item)
        except BaseException as error:
            failed = error
        found = getattr(item, "_excinfo", None)
        if found:  # a case of unittest keeps what it met to itself
            failed = failed or found[0].value
            item._excinfo = None
        tell_folders(item, failed is None)
        try:
            teardown(item=item, nextitem=None if failed else following and following.item)
        except BaseException as error:
            failed = failed or error
        if asks:
            item._request, item.funcargs = False, None
        return failed


def tell_folders(item, passed):
    """What pytest's fixture of a fresh folder asks for when it is torn down: it is told by the reports that nobody makes here."""
    try:
        from _pytest.tmpdir import tmppath_result_key
    except ImportError:  # before pytest 7.3
        return
    item.stash.setdefault(tmppath_result_key, {}).update(setup=True, call=passed)


def hooks(item):
    """The callers of a test's three hooks, without the plugins that only gather what nobody reads."""
    relay, shown = item.ihook, SHOWN & set(getattr(item, "fixturenames", SHOWN))
    found = [relay.pytest_runtest_setup, relay.pytest_runtest_call, relay.pytest_runtest_teardown]
    if relay is not item.config.hook or shown or not DIRECT:
        return found
    return [shorter(hook) for hook in found]


def shorter(hook, known={}):
    if hook.name not in known:
        steps = [step for step in hook.get_hookimpls() if step.plugin_name not in SHOWING]
        known[hook.name] = lambda **given: hook._hookexec(hook.name, steps, given, False)
    return known[hook.name]


class Case:
    """One of unittest's tests, with the preparations of its class and its module."""

    def __init__(self, test):
        self.test = test
        self.name = cases.name_of(test)
        self.is_plain = True

    def run(self, following):
        result = First()
        unittest.TestSuite([self.test]).run(result)
        return result.failed


class First(unittest.TestResult):
    """The first thing that went wrong."""
    failed = None

    def addFailure(self, test, error):
        self.failed = self.failed or error[1]

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.addFailure(test, error)

    def addExpectedFailure(self, test, error):
        self.failed = self.failed or unittest.SkipTest("a known issue")

    def addUnexpectedSuccess(self, test):
        self.failed = self.failed or AssertionError("it passed")

    def addSkip(self, test, reason):
        self.failed = self.failed or unittest.SkipTest(reason)


def is_skip(error):
    """Whether it says that there is nothing to learn from the test."""
    return isinstance(error, unittest.SkipTest) or type(error).__name__ in ("Skipped", "XFailed")
