"""The frames of our functions before those of libraries: nobody sees them, and nothing else about the calls is another."""
import _thread
import signal
import sqlite3
import sys
import threading
import time
import traceback
import unittest
import warnings

from nevermore_probe import patches, wrappers

from .recording import Recording, work


def wrapper(plain):
    def ours(*arguments, **named):
        try:
            answer = plain(*arguments, **named)
        except BaseException as error:
            patches.without_frame(error, __file__ + wrappers.UNCOUNTED)
            raise
        return answer
    return wrappers.unseen(ours, plain)


def names():
    frame, found = sys._getframe(), []
    while frame is not None and len(found) < 3:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


def failing():
    return 1 // 0


def careless():
    warnings.warn("careless", stacklevel=2)


class FramesTest(unittest.TestCase):
    def test_it_looks_like_the_plain_one(self):
        ours = wrapper(failing)
        self.assertEqual((ours.__name__, ours.__qualname__, ours.__module__, ours.__wrapped__), ("failing", "failing", __name__, failing))

    def test_a_warning_names_who_called(self):
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            wrapper(careless)()
        self.assertEqual([(each.filename, each.lineno) for each in found], [(__file__, sys._getframe().f_lineno - 1)])

    @unittest.skipIf(sys.version_info < (3, 11), "the interpreter puts it back")
    def test_a_traceback_does_not_show_it(self):
        for act in (failing, wrapper(failing), wrapper(wrapper(failing))):
            try:
                act()
            except ZeroDivisionError as error:
                self.assertEqual([each.f_code for each, _ in traceback.walk_tb(error.__traceback__)],
                                 [sys._getframe().f_code, failing.__code__])

    def test_a_frame_of_the_service_that_comes_first_stays(self):
        try:
            failing()
        except ZeroDivisionError as error:
            patches.without_frame(error)
            self.assertEqual(error.__traceback__.tb_frame, sys._getframe())


@unittest.skipUnless(wrappers.HIDES, "the interpreter shows frames that have not begun")
class HiddenFramesTest(Recording):
    def test_who_looks_at_the_stack_does_not_see_it(self):
        self.assertEqual(wrapper(names)(), names())

    def test_profilers_and_tracers_see_calls_and_returns_in_pairs(self):
        connection = sqlite3.connect(":memory:")
        self.addCleanup(connection.close)
        for start, stop in ((sys.setprofile, sys.getprofile), (sys.settrace, sys.gettrace)):
            depth, events, was = [0], [], stop()

            def seen(frame, event, argument):
                depth[0] += {"call": 1, "return": -1}.get(event, 0)
                events.append((event, frame.f_code.co_name))
                return seen
            connection.create_function("begin", 0, lambda: start(seen))
            try:
                connection.execute("select begin()").fetchall()  # begins below a frame that is not seen
                depth[0] = 0
                connection.execute("select 1").fetchall()
            finally:
                start(was)
            self.assertEqual(depth[0], 0)
            self.assertIn(("call", "begun"), events)
            self.assertEqual([event for event in events if event[1] in ("run", "fetch_directly")], [])

    def test_other_threads_see_who_called(self):
        inside, done = threading.Event(), threading.Event()

        def waiting():
            inside.set()
            done.wait(10)

        def calling():
            wrapper(waiting)()
        thread = threading.Thread(target=calling)
        thread.start()
        inside.wait(10)
        frame, found = sys._current_frames()[thread.ident], []
        while frame is not None:
            found.append(frame.f_code.co_name)
            frame = frame.f_back
        done.set()
        thread.join()
        self.assertEqual(found[found.index("waiting"):][:2], ["waiting", "calling"])

    def test_it_may_be_all_that_a_thread_runs(self):
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.addCleanup(connection.close)
        ended, failures, was = threading.Event(), [], sys.unraisablehook
        connection.create_function("ended", 0, ended.set)

        def failed(failure):
            failures.append(str(failure.exc_value))
            ended.set()
        sys.unraisablehook = failed
        self.addCleanup(setattr, sys, "unraisablehook", was)
        for statement in ("select ended()", "select absent", "select :a"):
            before = _thread._count()
            _thread.start_new_thread(connection.execute, (statement,))
            self.assertTrue(ended.wait(10))
            ended.clear()
            while _thread._count() != before:
                time.sleep(0.001)
        self.assertEqual(len(failures), 2)
        self.assertIn("no such column: absent", failures[0])
        self.faults = work.faults  # nobody is there who asked

    @unittest.skipUnless(hasattr(signal, "setitimer"), "needs a timer")
    def test_what_a_handler_of_signals_raises_goes_on(self):
        class Late(Exception):
            pass

        def late(number, frame):
            raise Late
        connection = sqlite3.connect(":memory:")
        self.addCleanup(connection.close)
        was = signal.signal(signal.SIGALRM, late)
        raised = 0
        try:
            for step in range(2000):
                try:
                    signal.setitimer(signal.ITIMER_REAL, 1e-6 * (1 + step % 60))
                    for _ in range(20):
                        sqlite3.connect(":memory:").close()
                        list(connection.execute("select 1"))
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except Late:
                    raised += 1
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, was)
        self.assertGreater(raised, 1900)
        self.assertEqual(work.faults, self.faults)


if __name__ == "__main__":
    unittest.main()
