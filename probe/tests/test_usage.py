"""The laws of usage: which functions of the application ran in a window."""
import contextlib
import gc
import importlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
from nevermore_probe import usage, usage_window

MONITORING = hasattr(sys, "monitoring")
SHOP = '''
import json
import time


class Cart:
    def total(self):
        return sum(x for x in [self.line()])

    def line(self):
        def inner():
            json.dumps(1)
            return 1
        return inner()

    def never(self):
        pass


def slow(until):
    while time.time() < until:
        time.sleep(0.005)


def once():
    pass
'''


class Settings:
    usage = True
    release = "1.2.3"


class Off:
    usage = False
    release = None


class Shop(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        os.mkdir(os.path.join(self.folder, "shop"))
        with open(os.path.join(self.folder, "shop", "cart.py"), "w") as file:
            file.write(SHOP)
        sys.path.insert(0, self.folder)
        self.addCleanup(sys.path.remove, self.folder)
        self.addCleanup(usage.remove)
        for name in ("shop", "shop.cart"):
            self.addCleanup(sys.modules.pop, name, None)
        importlib.invalidate_caches()
        self.shop = importlib.import_module("shop.cart")
        self.sent = []

    def functions(self):
        usage.current.report()
        return self.sent.pop()["usage"]["functions"].get("shop/cart.py") if self.sent else None


class Off_(Shop):
    def test_it_is_off_by_default_and_touches_nothing_then(self):
        before = (list(gc.callbacks), threading.active_count())
        usage.install(Off, self.sent.append)
        self.assertIsNone(usage.current)
        self.assertEqual((list(gc.callbacks), threading.active_count()), before)
        if MONITORING:
            self.assertTrue(all(sys.monitoring.get_tool(tool) is None for tool in usage.TOOLS))


@unittest.skipUnless(MONITORING, "no monitoring")
class Exact(Shop):
    def test_what_ran_is_told_by_path_and_name_and_nothing_else(self):
        usage.install(Settings, self.sent.append)
        self.shop.Cart().total()
        self.shop.Cart().total()
        usage.current.report()
        [told] = self.sent
        self.assertEqual(told["nevermore"], 1)
        self.assertEqual((told["usage"]["release"], told["usage"]["exact"]), ("1.2.3", True))
        self.assertLessEqual(told["usage"]["from"], told["usage"]["to"])
        self.assertEqual(told["usage"]["functions"]["shop/cart.py"], {"Cart.total": 1, "Cart.line": 1, "Cart.line.inner": 1}
                         if sys.version_info >= (3, 12) else None)
        self.assertFalse([path for path in told["usage"]["functions"] if "json" in path or "nevermore" in path])
        self.assertEqual(json.loads(json.dumps(told)), told)

    def test_a_function_tells_once_a_window_and_again_in_the_next(self):
        usage.install(Settings, self.sent.append)
        calls = []
        own = usage.current.started
        sys.monitoring.register_callback(usage.current.tool, sys.monitoring.events.PY_START,
                                         lambda code, at: (code.co_name == "once" and calls.append(1), own(code, at))[1])
        for window in range(1, 4):
            for _ in range(5):
                self.shop.once()
            self.assertEqual((len(calls), self.functions()), (window, {"once": 1}))
            usage.current.refresh()
        usage.current.refresh()  # a window without it
        self.shop.once()
        self.assertEqual(self.functions(), {"once": 1})

    def test_a_new_window_does_not_restart_the_events_of_another_tool(self):
        monitoring, seen = sys.monitoring, []
        monitoring.use_tool_id(monitoring.COVERAGE_ID, "coverage")
        self.addCleanup(monitoring.free_tool_id, monitoring.COVERAGE_ID)
        self.addCleanup(monitoring.set_events, monitoring.COVERAGE_ID, 0)

        def once(code, _):
            if code.co_name == "once":
                seen.append(1)
            return monitoring.DISABLE
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.PY_START, once)
        monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.PY_START)
        usage.install(Settings, self.sent.append)
        for _ in range(3):
            self.shop.once()
            usage.current.refresh()
        self.shop.once()
        self.assertEqual(seen, [1])
        self.assertEqual(self.functions(), {"once": 1})

    def test_the_collector_ends_a_window_and_no_lock_of_the_service_is_needed(self):
        told = threading.Event()
        usage.install(Settings, lambda sent: (self.sent.append(sent), told.set()))
        self.shop.once()
        usage.current.due = 0.0
        gc.collect()
        self.assertTrue(told.wait(10))
        self.assertEqual(self.sent[0]["usage"]["functions"]["shop/cart.py"], {"once": 1})

    def test_where_every_tool_is_taken_nothing_is_told(self):
        for tool in usage.TOOLS:
            sys.monitoring.use_tool_id(tool, "another")
            self.addCleanup(sys.monitoring.free_tool_id, tool)
        usage.install(Settings, self.sent.append)
        self.shop.once()
        self.assertIsNone(self.functions())

    def test_removed_it_leaves_nothing(self):
        callbacks = list(gc.callbacks)
        usage.install(Settings, self.sent.append)
        usage.remove()
        self.assertEqual(gc.callbacks, callbacks)
        self.assertTrue(all(sys.monitoring.get_tool(tool) is None for tool in usage.TOOLS))


@unittest.skipIf(MONITORING, "the interpreter has monitoring")
class Sampled(Shop):
    def test_what_runs_long_is_seen_with_its_qualified_name(self):
        usage.install(Settings, self.sent.append)
        found = None
        shop = self.shop

        class Long(shop.Cart):
            def line(self):
                shop.slow(time.time() + 0.5)
                return 1
        for _ in range(20):
            Long().total()
            found = self.functions()
            if found and "Cart.total" in found and "slow" in found:
                break
        self.assertGreaterEqual(found["Cart.total"], 1)
        self.assertNotIn("Cart.never", found)

    def test_the_thread_ends(self):
        before = threading.active_count()
        usage.install(Settings, self.sent.append)
        self.assertEqual(threading.active_count(), before + 1)
        thread = [thread for thread in threading.enumerate() if thread.name == "nevermore-usage"][0]
        usage.remove()
        thread.join(10)
        self.assertFalse(thread.is_alive())


class Both(Shop):
    def test_a_sender_that_fails_is_not_noticed(self):
        def fails(_):
            raise ConnectionError("down")
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            usage.install(Settings, fails)
            self.shop.once()
            usage.current.window.add("shop/cart.py", "once")
            usage.current.report()
        self.assertEqual(errors.getvalue(), "")

    def test_the_end_of_the_process_tells_and_is_quiet(self):
        program = f"""
import sys, time
sys.path[:0] = [{HERE!r}, {self.folder!r}]
from nevermore_probe import usage
from shop import cart
class Settings:
    usage, release = True, None
usage.install(Settings, lambda sent: print(sorted(sent["usage"]["functions"].get("shop/cart.py", {{}}))))
cart.slow(time.time() + 1)
"""
        done = subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "['slow']\n", ""))

    @unittest.skipUnless(hasattr(os, "fork"), "no fork")
    def test_a_forked_child_goes_on(self):
        usage.install(Settings, self.sent.append)
        child = os.fork()
        if not child:
            code = 1
            try:
                self.shop.slow(time.time() + 1)
                code = 0 if "slow" in (self.functions() or {}) else 2
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        self.assertEqual(status, 0)


class Places(unittest.TestCase):
    def test_only_files_of_the_application_have_a_place(self):
        places = usage_window.Places()
        folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        sys.path.insert(0, folder)
        self.addCleanup(sys.path.remove, folder)
        self.assertEqual(places.of(os.path.join(folder, "shop", "cart.py")), "shop/cart.py")
        for other in (os.__file__, os.path.join(folder, "site-packages", "x.py"), "<string>", "", "/nowhere/x.py", usage.__file__):
            self.assertIsNone(places.of(other), other)

    def test_a_window_is_bounded(self):
        window = usage_window.Window(0.0)
        for n in range(usage_window.FUNCTIONS + 100):
            window.add("a.py", str(n))
        self.assertEqual(len(window.files["a.py"]), usage_window.FUNCTIONS)


if __name__ == "__main__":
    unittest.main()
