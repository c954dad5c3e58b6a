"""Nobody sees that functions are armed: neither the service, nor another tracer, nor another tool of the monitoring."""
import asyncio
import contextlib
import inspect
import io
import os
import pickle
import sys
import traceback
import types
import unittest

from nevermore_probe import armed

from .armed_shop import Shop


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


if __name__ == "__main__":
    unittest.main()
