"""When functions are armed, rest, and are disarmed: the file, the time, and what may be spent."""
import gc
import os
import sys
import threading
import unittest

from nevermore_probe import armed

from .armed_shop import Settings, Shop


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
