"""Tests of pytest that are called without its hooks, where those would do nothing but prepare plain fixtures and call."""
import inspect
import os

MARKS = ("skip", "skipif", "xfail")
HOOKS = ("pytest_runtest_setup", "pytest_runtest_call", "pytest_runtest_teardown", "pytest_pyfunc_call", "pytest_fixture_setup",
         "pytest_fixture_post_finalizer")


class Unplain(Exception):
    """Why a test needs pytest's hooks."""


def call(item):
    """`run()` that calls a test and raises what fails, or None where pytest itself has to."""
    try:
        return Call(item).run
    except Unplain:
        return None


class Call:
    """A test with its fixtures, each a function of other fixtures alone."""

    kept = {}  # what pytest's own fixtures gave for the whole session

    def __init__(self, item):
        try:
            from _pytest.python import Class, Function, get_direct_param_fixture_func
        except ImportError:  # before pytest 8
            raise Unplain("version")
        if type(item) is not Function or any(item.get_closest_marker(mark) for mark in MARKS):
            raise Unplain("kind")
        demand_own_hooks(item)
        demand_plain_homes(item)
        self.item, self.parameter = item, get_direct_param_fixture_func
        self.in_class = isinstance(item.parent, Class)
        self.function = None if self.in_class else item.obj
        if is_suspended(item.obj):
            raise Unplain("it is suspended")
        self.given, self.steps, self.done = {}, [], set()
        for name in item.fixturenames:
            self.plan(name, ())
        self.arguments = list(item._fixtureinfo.argnames)
        if not all(name in self.given or name in self.done for name in self.arguments):
            raise Unplain("arguments")
        self.current = "%s (call)" % item.nodeid

    def plan(self, name, above):
        """Puts the making of a fixture, and first that of what it asks for, into `steps`."""
        if name in self.done or name in self.given:
            return
        chain = self.item._fixtureinfo.name2fixturedefs.get(name)
        if not chain or name in above:
            raise Unplain("a fixture that is made as the test runs, or of one of its name")
        definition = chain[-1]
        function, params = definition.func, getattr(getattr(self.item, "callspec", None), "params", {})
        if function is self.parameter and name in params:
            self.given[name] = params[name]
            return
        names = list(definition.argnames)
        is_own = getattr(function, "__module__", "").startswith("_pytest.") and not names
        if not is_plain_fixture(function, names) or definition.params or definition.scope != "function" and not is_own:
            raise Unplain("a fixture that lives on")
        for asked in names:
            self.plan(asked, (*above, name))
        self.done.add(name)
        self.steps.append((name, function, names, inspect.isgeneratorfunction(function), definition.scope != "function"))

    def run(self):
        os.environ["PYTEST_CURRENT_TEST"] = self.current
        values, opened = dict(self.given), []
        try:
            for step in self.steps:
                self.make(step, values, opened)
            function = getattr(self.item.parent.newinstance(), self.item.originalname) if self.in_class else self.function
            result = function(**{name: values[name] for name in self.arguments})
            if hasattr(result, "__await__") or hasattr(result, "__aiter__"):
                raise TypeError("a test that is suspended")
        finally:
            try:
                close(opened)
            finally:
                os.environ.pop("PYTEST_CURRENT_TEST", None)

    def make(self, step, values, opened):
        name, function, names, is_generator, stays = step
        if stays and function in self.kept:
            values[name] = self.kept[function]
            return
        made = function(**{asked: values[asked] for asked in names})
        if is_generator:
            generator, made = made, next(made)
            opened.append(generator)
        values[name] = made
        if stays:
            self.kept[function] = made


def close(opened):
    """Fixtures are taken down in the order opposite to that in which they were made, all of them whatever fails."""
    if not opened:
        return
    try:
        next(opened[-1])
    except StopIteration:
        pass
    else:
        raise RuntimeError("a fixture that yields twice")
    finally:
        close(opened[:-1])


def is_suspended(function):
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function) or inspect.isgeneratorfunction(function)


def is_plain_fixture(function, names):
    """Whether a fixture's function takes just the fixtures that it names, and neither an instance nor the request."""
    if not inspect.isfunction(function) or inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return False
    code = function.__code__
    return "request" not in names and code.co_argcount + code.co_kwonlyargcount == len(names) and not code.co_flags & 12


def demand_own_hooks(item, known={}):
    """Only pytest's own plugins may have a say in how a test is run."""
    if id(item.ihook) not in known:
        homes = [step.function.__module__ or "" for name in HOOKS for step in getattr(item.ihook, name).get_hookimpls()]
        known[id(item.ihook)] = item.ihook, all(home.startswith("_pytest.") and home != "_pytest.nose" for home in homes)
    if not known[id(item.ihook)][1]:
        raise Unplain("a plugin")


def demand_plain_homes(item, known={}):
    """No package around a test may prepare anything."""
    for node in item.listchain()[:-1]:
        if type(node).__name__ == "Package":
            if node not in known:
                try:
                    known[node] = "setup" in (node.path / "__init__.py").read_text(encoding="utf-8").lower()
                except (OSError, ValueError):
                    known[node] = False
            if known[node]:
                raise Unplain("a package that prepares")
        elif type(node).__name__ not in ("Session", "Dir", "Module", "Class"):
            raise Unplain("a home of another kind")
