"""Whose fault an error is that comes up in the middle of the probe's code."""
import ctypes
import functools
import os
import signal
import sysconfig
import threading
import unittest

from nevermore_probe import guard, origins, places, tracebacks, usage_window


class Late(Exception):
    """As a queue of jobs raises it in a job that takes too long."""


def in_our_file(source, **names):
    """`act` of this source, as if it stood in the probe's folder."""
    exec(compile(source, os.path.join(guard.HERE, "made_for_a_test.py"), "exec"), names)
    return names["act"]


def caught(act, *arguments):
    try:
        act(*arguments)
    except BaseException as error:
        return error


class GuardTest(unittest.TestCase):
    def test_what_our_code_raises_is_ours_and_so_is_what_it_called(self):
        def failing():
            raise Late("of a library")
        for source in ("def act(): 1 / 0", "def act(): return {}['a']", "def act(): failing()", "import json\ndef act(): json.loads('{')"):
            self.assertTrue(guard.is_ours(caught(in_our_file(source, failing=failing))), source)

    def test_who_asks_the_process_to_end_is_not_ours(self):
        for kind in (KeyboardInterrupt, SystemExit, GeneratorExit):
            self.assertFalse(guard.is_ours(caught(in_our_file("def act(): raise kind", kind=kind))))

    @unittest.skipUnless(hasattr(signal, "SIGUSR1"), "no signals")
    def test_what_a_handler_of_signals_raises_is_not_ours_whatever_its_form(self):
        class Handler:
            def __call__(self, number, frame):
                raise Late("late")

            def bound(self, *given):
                raise ZeroDivisionError

        def plain(number, frame):
            deeper()

        def deeper():
            raise KeyError("late")

        def once(number, frame):
            signal.signal(number, signal.SIG_DFL)
            raise Late
        act = in_our_file("def act(number, signal):\n    signal.raise_signal(number)\n    return [n for n in range(1000)]")
        self.addCleanup(signal.signal, signal.SIGUSR1, signal.getsignal(signal.SIGUSR1))
        for handler in (plain, once, Handler(), Handler().bound, functools.partial(plain)):
            signal.signal(signal.SIGUSR1, handler)
            error = caught(act, signal.SIGUSR1, signal)
            self.assertIsNotNone(error)
            self.assertFalse(guard.is_ours(error), handler)

    def test_what_another_thread_throws_in_is_not_ours(self):
        act = in_our_file("def act(reached, goes_on):\n    reached.set()\n    while goes_on(): pass\n")
        reached, found, going = threading.Event(), [], [True]
        thread = threading.Thread(target=lambda: found.append(guard.is_ours(caught(act, reached, going.copy))))
        thread.start()
        reached.wait()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(Late))
        thread.join()
        self.assertEqual(found, [False])

    def test_what_is_not_ours_goes_on(self):
        with self.assertRaises(KeyboardInterrupt):
            guard.swallow(caught(in_our_file("def act(): raise KeyboardInterrupt")))
        before = guard.FAILED["count"]
        guard.swallow(caught(in_our_file("def act(): 1 / 0")))
        self.assertEqual((guard.FAILED["count"], guard.FAILED["last"]), (before + 1, "ZeroDivisionError"))


class PlacesTest(unittest.TestCase):
    def test_all_agree_on_which_files_are_the_applications(self):
        library = os.path.join(sysconfig.get_path("stdlib"), "json", "decoder.py")
        for file, expected in (("/srv/shop/cart.py", True), (library, False), (os.path.realpath(library), False), (guard.__file__, False),
                               ("/srv/env/site-packages/shop/cart.py", False), ("/usr/lib/dist-packages/x.py", False),
                               ("<frozen os>", False)):
            told = (places.is_application(file), origins.of(()).is_application_file(file), tracebacks.is_in_application(file))
            self.assertEqual(told, (expected,) * 3, file)
            if not expected:
                self.assertIsNone(usage_window.Places().of(file))

    def test_installed_packages_that_the_settings_name_are_the_applications(self):
        file = "/srv/env/site-packages/shop/cart.py"
        found = origins.of(("shop",))
        self.assertTrue(found.is_application_file(file, "shop.cart"))
        self.assertFalse(found.is_application_file(file, "shopping"))


if __name__ == "__main__":
    unittest.main()
