"""The laws of armed functions, on a small shop that is imported from a file."""
import asyncio
import contextlib
import gc
import importlib
import inspect
import io
import json
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import types
import unittest

from nevermore_probe import armed, freezing, guard

SHOP = '''
import asyncio
import contextlib
import functools


def announced(function):
    @functools.wraps(function)
    def wrapper(*arguments, **options):
        return function(*arguments, **options)
    return wrapper


def add(lines, tax=1, *rest, extra=None, **options):
    """Adds."""
    lines.append("mutated")
    lines = None
    raise KeyError("add")


class Cart:
    limit = 3

    def __init__(self, owner):
        self.owner = owner
        self.lines = []

    def total(self, discount):
        self.owner = "changed"
        self.lines.append(discount)
        return 1 // discount

    @announced
    def decorated(self, amount):
        amount = None
        raise ValueError("decorated")

    @staticmethod
    def fixed(amount):
        amount = None
        raise ValueError("fixed")

    @classmethod
    def made(cls, amount):
        amount = None
        raise ValueError("made")

    @property
    def weight(self):
        self.owner = "weighed"
        raise ValueError("weight")


def outer(bound):
    def inner(item):
        item = bound
        raise ValueError("inner")
    return inner


living = outer("bound")


def depth(count, seen):
    seen.append(count)
    if not count:
        raise ValueError("deep")
    depth(count - 1, seen)


def lines(start):
    start.append("first")
    while True:
        got = yield len(start)
        start.append(got)
        if got is None:
            raise ValueError("lines")


async def fetch(key, pause):
    key.append("fetched")
    await asyncio.sleep(pause)
    raise ValueError("fetch")


async def stream(items):
    items.append("streamed")
    yield 1
    raise ValueError("stream")


def quiet(order):
    while order:
        order = order - 1
    return order


def catches(order):
    try:
        order = order[0]
        with contextlib.suppress(ZeroDivisionError):
            return 1 // 0
    except TypeError:
        return "caught"
    finally:
        order = None
    return [x for x in range(3) for _ in "ab"]


def captured(amount):
    def see():
        return amount
    amount = amount + 1
    raise ValueError(see())


@functools.lru_cache(maxsize=None)
def remembered(amount):
    amount = None
    raise ValueError("remembered")
'''


class Settings:
    armed = None


class Shop(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        os.mkdir(os.path.join(self.folder, "shop"))
        with open(os.path.join(self.folder, "shop", "cart.py"), "w") as file:
            file.write(SHOP)
        sys.path.insert(0, self.folder)
        self.addCleanup(sys.path.remove, self.folder)
        self.addCleanup(self.forget)
        importlib.invalidate_caches()
        self.faults = guard.FAILED["count"]

    def forget(self):
        armed.remove()
        for name in ("shop", "shop.cart"):
            sys.modules.pop(name, None)

    def shop(self):
        return importlib.import_module("shop.cart")

    def list(self, *names, file="shop/cart.py", until=600, **more):
        listed = [{"file": file, "function": name, "until": time.time() + until, "failure": "ad1d78612f1f"} for name in names]
        self.write(json.dumps({"nevermore": 1, "functions": listed, "rate": 1000, "seconds": 900, **more}))

    def write(self, text):
        self.path = os.path.join(self.folder, "armed.json")
        with open(self.path + ".new", "w") as file:
            file.write(text)
        os.replace(self.path + ".new", self.path)

    def arm(self, *names, **more):
        shop = self.shop()
        self.list(*names, **more)
        Settings.armed = self.path
        armed.install(Settings)
        return shop

    def look(self):
        """As later as it takes until a look is due."""
        armed.armed.due = armed.armed.file_due = 0.0
        armed.look()

    def entries(self, call, *arguments, **options):
        """{function: [entry]} of the traceback of a call that fails."""
        try:
            call(*arguments, **options)
        except Exception as error:
            return self.entries_of(error)
        self.fail("it did not fail")

    def entries_of(self, error):
        found, trace = {}, error.__traceback__
        while trace:
            entry = armed.entry_of(trace.tb_frame)
            if entry is not None:
                found.setdefault(trace.tb_frame.f_code.co_name, []).append(entry)
            trace = trace.tb_next
        return found


class Entries(Shop):
    def test_a_failure_has_the_arguments_as_they_came_in(self):
        shop = self.arm("add")
        found = self.entries(shop.add, ["a"], 2, "r", extra={"k": (1, 2)}, colour="red")
        self.assertEqual(found, {"add": [[("lines", ["a"]), ("tax", 2), ("rest", ("r",)), ("extra", {"k": (1, 2)}), ("options",
            {"colour": "red"})]]})

    def test_the_receiver_is_copied_with_its_state(self):
        shop = self.arm("Cart.total")
        [[(name, cart), discount]] = self.entries(shop.Cart("Ada").total, 0)["total"]
        self.assertEqual((name, cart.type, cart.fields, discount), ("self", shop.Cart, [("owner", "Ada"), ("lines", [])], ("discount", 0)))

    def test_decorated_static_class_and_property_functions_are_found(self):
        shop = self.arm("Cart.decorated", "Cart.fixed", "Cart.made", "Cart.weight", "remembered")
        cart = shop.Cart("Ada")
        self.assertEqual(self.entries(cart.decorated, 7)["decorated"][0][1], ("amount", 7))
        self.assertEqual(self.entries(cart.fixed, 7)["fixed"], [[("amount", 7)]])
        self.assertEqual(self.entries(cart.made, 7)["made"], [[("cls", shop.Cart), ("amount", 7)]])
        self.assertEqual(self.entries(lambda: cart.weight)["weight"][0][0][1].fields[0], ("owner", "Ada"))
        self.assertEqual(self.entries(shop.remembered, 7)["remembered"], [[("amount", 7)]])

    def test_nested_functions_are_found_whether_they_live_already_or_not(self):
        for name in ("outer.inner", "outer.<locals>.inner"):
            with self.subTest(name):
                shop = self.arm(name)
                self.assertEqual(self.entries(shop.living, 5), {"inner": [[("item", 5)]]})
                self.assertEqual(self.entries(shop.outer("b"), 6), {"inner": [[("item", 6)]]})
                self.forget()

    def test_functions_of_modules_that_are_imported_later_are_armed(self):
        self.list("add")
        Settings.armed = self.path
        armed.install(Settings)
        shop = self.shop()
        self.look()
        self.assertIn("add", self.entries(shop.add, []))

    def test_each_call_of_a_recursion_has_its_own_entry(self):
        shop = self.arm("depth")
        found = self.entries(shop.depth, 3, [])
        self.assertEqual(found["depth"], [[("count", 3), ("seen", [])], [("count", 2), ("seen", [3])], [("count", 1), ("seen", [3, 2])],
                                          [("count", 0), ("seen", [3, 2, 1])]])

    def test_threads_have_their_own_entries(self):
        shop = self.arm("depth", rate=1000)
        found = {}
        threads = [threading.Thread(target=lambda n=n: found.update({n: self.entries(shop.depth, 1, [n])})) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for n in range(8):
            self.assertEqual(found[n]["depth"][1], [("count", 0), ("seen", [n, 1])])

    def test_a_generator_is_entered_when_its_body_starts(self):
        shop = self.arm("lines")
        start = []
        generator = shop.lines(start)
        start.append("before the first next")
        next(generator)
        generator.send(1)
        self.assertEqual(self.entries(next, generator)["lines"], [[("start", ["before the first next"])]])

    def test_a_generator_that_never_started_has_no_entry(self):
        shop = self.arm("lines")
        self.assertEqual(self.entries(shop.lines([]).throw, ValueError("early")), {})

    def test_tasks_have_their_own_entries(self):
        shop = self.arm("fetch", "stream")

        async def main():
            return await asyncio.gather(*(shop.fetch([n], 0.01 * (3 - n)) for n in range(3)), return_exceptions=True)

        async def read():
            async for _ in shop.stream(["x"]):
                pass
        for n, error in enumerate(asyncio.run(main())):
            self.assertEqual(self.entries_of(error)["fetch"], [[("key", [n]), ("pause", 0.01 * (3 - n))]])
        self.assertEqual(self.entries(asyncio.run, read())["stream"], [[("items", ["x"])]])

    def test_an_argument_that_a_closure_holds_is_there(self):
        shop = self.arm("captured")
        self.assertEqual(self.entries(shop.captured, 1)["captured"], [[("amount", 1)]])

    def test_a_later_call_never_shows_the_entry_of_an_earlier_one(self):
        shop = self.arm("add", rate=1)
        self.assertIn("add", self.entries(shop.add, [1]))
        for n in range(200):
            self.assertEqual(self.entries(shop.add, [n]), {})

    @unittest.skipUnless(hasattr(os, "fork"), "no fork")
    def test_a_forked_child_has_entries_and_sees_the_file_change(self):
        shop = self.arm("add")
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                first = self.entries(shop.add, [1])["add"][0][0]
                self.write("{}")
                self.look()
                os.write(writing, repr((first, self.entries(shop.add, [1]))).encode())
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        os.close(writing)
        with open(reading) as pipe:
            self.assertEqual(pipe.read(), "(('lines', [1]), {})")

    def test_the_collector_drives_the_look(self):
        shop = self.arm("depth")
        self.list("add")
        armed.armed.due = armed.armed.file_due = 0.0
        gc.collect()
        self.assertIn("add", self.entries(shop.add, []))


class Unchanged(Shop):
    NAMES = ["add", "Cart.total", "Cart.fixed", "lines", "fetch", "stream", "quiet", "catches", "captured", "outer", "outer.inner", "depth"]

    def tell(self, shop):
        """What a service can see of its functions."""
        told = []
        for function in (shop.add, shop.Cart.total, shop.Cart.fixed, shop.lines, shop.fetch, shop.stream, shop.outer, shop.living):
            told.append((inspect.signature(function), function.__name__, function.__qualname__, function.__doc__, function.__defaults__,
                         inspect.isgeneratorfunction(function), inspect.iscoroutinefunction(function), inspect.isasyncgenfunction(function),
                         inspect.getsource(function), function.__code__.co_firstlineno, function.__code__.co_flags,
                             function.__code__.co_varnames,
                         function.__code__.co_freevars, vars(function)))
        told += [pickle.dumps(shop.add), pickle.dumps(shop.Cart("Ada")), shop.quiet(5), shop.catches(3), shop.catches([3]),
            next(shop.lines([]))]
        for call in (lambda: shop.add([]), lambda: shop.living(1), lambda: shop.captured(1), lambda: asyncio.run(shop.fetch([], 0)),
                     lambda: shop.Cart("Ada").total(0), lambda: shop.depth(2, [])):
            try:
                call()
            except Exception:
                text = traceback.format_exc()
                told.append(text[text.index("shop"):])
        return told

    def test_signatures_pickles_tracebacks_and_results_are_unchanged(self):
        shop = self.shop()
        before, identities = self.tell(shop), [shop.add, shop.Cart.total, shop.living]
        self.arm(*self.NAMES)
        self.assertGreaterEqual(len(armed.armed.current.spots), len(self.NAMES))
        self.assertEqual(self.tell(shop), before)
        self.assertTrue(all(a is b for a, b in zip(identities, [shop.add, shop.Cart.total, shop.living])))
        self.forget()

    def test_nothing_is_printed(self):
        with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.redirect_stderr(io.StringIO()) as errors:
            shop = self.arm(*self.NAMES)
            self.tell(shop)
            armed.remove()
        self.assertEqual((output.getvalue(), errors.getvalue()), ("", ""))

    def traced(self, shop):
        seen = []

        def trace(frame, event, argument):
            if frame.f_code.co_filename != shop.__file__:
                return None
            seen.append((frame.f_code.co_name, event, frame.f_lineno))
            return trace
        sys.settrace(trace)
        try:
            shop.quiet(3)
            shop.catches(3)
            generator = shop.lines([])
            next(generator)
            generator.send(1)
            try:
                shop.living(1)
            except ValueError:
                pass
        finally:
            sys.settrace(None)
        return seen

    def test_another_tracer_sees_the_same_lines(self):
        shop = self.shop()
        before = self.traced(shop)
        self.arm(*self.NAMES)
        self.assertEqual(self.traced(shop), before)
        self.assertGreater(len(before), 20)

    @unittest.skipUnless(hasattr(sys, "monitoring"), "no monitoring")
    def test_another_tool_of_the_monitoring_sees_the_same_events(self):
        shop = self.shop()
        monitoring, events = sys.monitoring, sys.monitoring.events

        def watched():
            seen = []
            monitoring.use_tool_id(monitoring.COVERAGE_ID, "coverage")

            def once(code, line):
                if code.co_filename == shop.__file__:
                    seen.append((code.co_name, line))
                return monitoring.DISABLE
            monitoring.register_callback(monitoring.COVERAGE_ID, events.LINE, once)
            monitoring.set_events(monitoring.COVERAGE_ID, events.LINE)
            monitoring.restart_events()
            try:
                shop.quiet(3)
                shop.catches(3)
                armed.armed.due = 0.0
                armed.look()
                shop.quiet(3)
            finally:
                monitoring.set_events(monitoring.COVERAGE_ID, 0)
                monitoring.free_tool_id(monitoring.COVERAGE_ID)
            return seen
        before = watched()
        self.arm(*self.NAMES, rate=1)
        self.assertEqual(watched(), before)

    @unittest.skipUnless(hasattr(sys, "monitoring"), "no monitoring")
    def test_where_every_tool_is_taken_nothing_is_armed(self):
        for tool in armed.TOOLS:
            sys.monitoring.use_tool_id(tool, "another")
            self.addCleanup(sys.monitoring.free_tool_id, tool)
        shop = self.arm("add")
        self.assertEqual(self.entries(shop.add, []), {})

    def test_a_tracer_that_starts_in_the_middle_of_a_call_is_not_disturbed(self):
        shop = self.arm("lines")
        generator = shop.lines([])
        next(generator)
        seen = []

        def trace(frame, event, argument):
            seen.append(event)
            return trace
        sys.settrace(trace)
        try:
            generator.send(1)
        finally:
            sys.settrace(None)
        self.assertIn("call", seen)

    def test_what_a_function_lets_go_is_gone(self):
        import weakref

        class Thing:
            pass
        shop = self.arm("add")
        namespace = {"weakref": weakref}
        path = os.path.join(self.folder, "shop", "loose.py")
        with open(path, "w") as file:
            file.write("def let_go(thing, look):\n    look = look(thing)\n    del thing\n    return look() is None\n")
        with open(path) as file:
            exec(compile(file.read(), path, "exec"), namespace)
        module = types.ModuleType("shop.loose")
        module.__file__ = path
        module.let_go = namespace["let_go"]
        sys.modules["shop.loose"] = module
        self.addCleanup(sys.modules.pop, "shop.loose")
        before = module.let_go(Thing(), weakref.ref)  # before 3.11 the caller holds its arguments
        self.list("let_go", file="shop/loose.py")
        self.look()
        self.assertEqual(len(armed.armed.current.spots), 1)
        self.assertEqual(module.let_go(Thing(), weakref.ref), before)
        self.assertIsNotNone(shop)


class Hostile:
    """Says so when anything of it is called."""
    def refuse(self, *arguments, **options):
        CALLED.append("called")
        raise SystemExit("called")
    for name in ("__repr__ __eq__ __hash__ __getattr__ __getattribute__ __len__ __iter__ "
                 "__reduce__ __reduce_ex__ __getstate__ __copy__ __deepcopy__ "
                 "__bool__ __buffer__ __sizeof__ __index__ __str__ __format__ __dir__ __getitem__ __contains__").split():
        locals()[name] = refuse
    __class__ = property(refuse)
    __dict__ = property(refuse)
    __slots__ = ("held",)


class HostileMeta(type):
    def refuse(cls, *arguments):
        CALLED.append("called")
        raise SystemExit("called")
    __hash__ = __eq__ = __getattribute__ = __instancecheck__ = __subclasscheck__ = __repr__ = refuse


HostileList = type("HostileList", (list,), {name: Hostile.refuse
    for name in ("__iter__", "__len__", "__getitem__", "__reduce_ex__", "__eq__")})
HostileDict = type("HostileDict", (dict,), {name: Hostile.refuse
    for name in ("__iter__", "__len__", "keys", "items", "values", "copy", "__reduce_ex__")})
HostileText = type("HostileText", (str,), {name: Hostile.refuse
    for name in ("__str__", "__len__", "__getitem__", "__eq__", "encode", "__reduce_ex__")})
HostileNumber = type("HostileNumber", (int,), {name: Hostile.refuse
    for name in ("__int__", "__index__", "__pos__", "__eq__", "__reduce_ex__")})
CALLED = []


class HostileArguments(Shop):
    def test_nothing_of_an_argument_is_called(self):
        shop = self.arm("captured", "Cart.fixed")
        of_meta = HostileMeta("OfMeta", (), {})
        in_meta = object.__new__(of_meta)
        hostile = [Hostile(), HostileList([1]), HostileDict(a=1), HostileText("text"), HostileNumber(7), in_meta, of_meta]
        del CALLED[:]
        found = self.entries(shop.Cart.fixed, hostile)
        self.assertEqual(CALLED, [])
        [[(_, copies)]] = found["fixed"]
        self.assertTrue(all(type(copy) is freezing.Copied for copy in copies[:6]))
        self.assertEqual([copy.content for copy in copies[1:5]], [[1], [("a", 1)], "text", 7])
        self.assertTrue(copies[6] is of_meta)

    def test_arguments_too_large_are_marked_and_the_call_goes_on(self):
        shop = self.arm("Cart.fixed")
        [[(_, copy)]] = self.entries(shop.Cart.fixed, ["x" * 1000] * 10 + [list(range(200_000))])["fixed"]
        self.assertEqual((copy.type, copy.lost), (list, "size"))
        [[(_, text)]] = self.entries(shop.Cart.fixed, "y" * 500_000)["fixed"]
        self.assertEqual(len(text), 500_000)

    def test_cycles_and_deep_nests_are_survived(self):
        shop = self.arm("Cart.fixed")
        loop = []
        loop.append(loop)
        [[(_, copy)]] = self.entries(shop.Cart.fixed, loop)["fixed"]
        self.assertIs(copy[0], copy)
        for _ in range(100_000):
            loop = [loop]
        [[(_, copy)]] = self.entries(shop.Cart.fixed, loop)["fixed"]
        self.assertEqual(copy.lost, "failed")

    def test_a_recursion_that_is_too_deep_fails_as_it_did(self):
        shop = self.arm("depth", rate=1000)
        self.addCleanup(sys.setrecursionlimit, sys.getrecursionlimit())
        sys.setrecursionlimit(400)
        share, armed.SHARE = armed.SHARE, 1000  # else the machine may have it disarmed before
        self.addCleanup(setattr, armed, "SHARE", share)
        self.addCleanup(setattr, armed, "SLOW_COUNT", armed.SLOW_COUNT)
        armed.SLOW_COUNT = 1 << 30
        for _ in range(2):
            with self.assertRaises(RecursionError):
                shop.depth(10 ** 6, [])

    @unittest.skipUnless(hasattr(signal, "SIGALRM"), "no timers")
    def test_an_error_that_a_signal_handler_raises_is_the_services(self):
        class Late(RuntimeError):
            pass
        shop = self.arm("quiet")

        def late(*given):
            raise Late

        def raising(values):
            signal.raise_signal(signal.SIGALRM)
        self.addCleanup(signal.signal, signal.SIGALRM, signal.signal(signal.SIGALRM, late))
        own, freezing.frozen = freezing.frozen, raising
        self.addCleanup(setattr, freezing, "frozen", own)
        with self.assertRaises(Late):
            shop.quiet(3)


class Limits(Shop):
    def test_a_broken_file_changes_nothing(self):
        shop = self.shop()
        code = shop.add.__code__
        for text in ("", "{", "[]", "null", '{"nevermore": 2, "functions": []}', '{"nevermore": 1}', "[" * 60_000, "\x00",
            '{"nevermore": 1, "functions": [1, null]}'):
            with self.subTest(text[:20]):
                self.write(text)
                Settings.armed = self.path
                armed.install(Settings)
                self.assertIsNone(armed.armed.current)
                self.assertIs(shop.add.__code__, code)
                self.assertEqual(self.entries(shop.add, []), {})

    def test_a_file_that_goes_away_disarms(self):
        shop = self.shop()
        code = shop.add.__code__
        self.arm("add")
        os.remove(self.path)
        self.look()
        self.assertIs(shop.add.__code__, code)
        self.assertEqual(self.entries(shop.add, []), {})
        self.assertIsNone(armed.armed.current)
        if hasattr(sys, "monitoring"):
            self.assertTrue(all(sys.monitoring.get_tool(tool) is None for tool in armed.TOOLS))

    def test_a_function_is_disarmed_after_its_time(self):
        shop = self.arm("add", until=600)
        for spot in armed.armed.current.spots.values():
            spot.until = 0.0
        self.assertEqual(self.entries(shop.add, []), {})
        armed.armed.current.ends = {place: 0.0 for place in armed.armed.current.ends}
        self.look()
        self.assertIsNone(armed.armed.current)

    def test_all_are_disarmed_after_the_time_limit_and_after_too_much_was_spent(self):
        for limit in ("end", "spent"):
            with self.subTest(limit):
                shop = self.arm("add")
                setattr(armed.armed.current, limit, 0.0 if limit == "end" else 10.0)
                self.look()
                self.assertIsNone(armed.armed.current)
                self.assertEqual(self.entries(shop.add, []), {})
                self.forget()

    def test_a_function_over_its_rate_rests_and_wakes(self):
        shop = self.arm("quiet", rate=2)
        code = shop.quiet.__code__
        for _ in range(10):
            shop.quiet(1)
        [spot] = armed.armed.current.spots.values()
        self.assertTrue(spot.rests)
        if not hasattr(sys, "monitoring"):
            self.assertIsNot(shop.quiet.__code__, code)
        spot.window = 0.0
        self.look()
        self.assertFalse(spot.rests)
        shop.quiet(1)
        self.assertEqual(spot.left, 1)

    def test_without_a_file_nothing_is_installed(self):
        Settings.armed = None
        callbacks = list(gc.callbacks)
        armed.install(Settings)
        self.assertEqual(gc.callbacks, callbacks)

    def test_no_thread_is_started(self):
        before = threading.active_count()
        self.arm("add")
        self.assertEqual(threading.active_count(), before)


if __name__ == "__main__":
    unittest.main()
