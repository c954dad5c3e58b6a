"""The object of docs/reference/snapshot.md, taken from exceptions that really happened."""
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
import types
import unittest
import warnings

from nevermore_probe import guard, snapshot
from nevermore_probe.settings import Settings

try:
    from sentry_sdk.utils import exceptions_from_error_tuple
except ImportError:
    exceptions_from_error_tuple = None

RATES = {"a": 1}
SECRET_KEY = "hunter2"
PATIENT = Settings(seconds=60)


def caught(function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:  # noqa: B902
        return error
    raise AssertionError("it did not fail")


def taken(error, **more):
    more.setdefault("settings", PATIENT)
    return json.loads(gzip.decompress(snapshot.packed(snapshot.take(error, **more))))


def innermost(found):
    return found["exceptions"][-1]["frames"][-1]


def price(item, *more, discount=0, **rest):
    doubled = [each * 2 for each in more]
    return RATES[item] / discount + len(SECRET_KEY) + len(doubled) + len(json.dumps(rest))


def descend(n):
    return descend(n + 1)


def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise KeyError("no number") from error


def clumsy():
    try:
        parse("x")
    except KeyError:
        raise TypeError("while handling")


def silent():
    try:
        parse("x")
    except KeyError:
        raise TypeError("alone") from None


class TestFrames(unittest.TestCase):
    def test_the_law_of_the_object(self):
        found = taken(caught(lambda: price("a", 1, 2, z=3)), settings=Settings(seconds=60, release="r1", environment="e1"))
        self.assertEqual((found["nevermore"], found["language"], found["release"], found["environment"]), (1, "python", "r1", "e1"))
        self.assertNotIn("cut", found)
        self.assertNotIn("event", found)
        error = found["exceptions"][-1]
        self.assertEqual((error["type"], error["message"]), ("ZeroDivisionError", "division by zero"))
        self.assertNotIn("module", error)
        self.assertEqual(found["nodes"][error["value"][1]][1], "builtins:ZeroDivisionError")
        frame = error["frames"][-1]
        self.assertEqual((frame["file"], frame["function"], frame["inApp"]), (os.path.abspath(__file__), "price", True))
        self.assertEqual((frame["module"], frame["line"]), (__name__, price.__code__.co_firstlineno + 2))
        self.assertEqual(frame.get("qualified"), "price" if sys.version_info >= (3, 11) else None)
        self.assertEqual(frame["arguments"], ["item", "discount", "more", "rest"])
        self.assertEqual([name for name, _ in frame["variables"]], ["item", "discount", "more", "rest", "doubled"])

    def test_data_of_another_module_that_the_function_names_is_there_too(self):
        module = types.ModuleType("preferences")
        module.__dict__.update(__file__=os.path.abspath("preferences.py"), DEFAULTS={"a": 1}, UNNAMED=2, TOKEN="hunter2")
        names = {"__name__": "shop", "preferences": module, "json": json, "ready": True}
        source = "def price():\n    return preferences.DEFAULTS, preferences.TOKEN, json.scanner, ready, 1 / 0"
        exec(compile(source, "/shop.py", "exec"), names)
        frame = taken(caught(names["price"]))["exceptions"][0]["frames"][-1]
        self.assertEqual([name for name, _ in frame["globals"]], ["preferences.DEFAULTS", "preferences.TOKEN", "ready"])
        self.assertEqual(frame["globals"][1][1], ["lost", "redacted", "str", "token"])

    def test_globals_are_the_data_that_the_function_names(self):
        frame = innermost(taken(caught(price, "a")))
        self.assertEqual([name for name, _ in frame["globals"]], ["RATES", "SECRET_KEY"])
        self.assertEqual(frame["globals"][1][1], ["lost", "redacted", "str", "secret"])

    def test_free_variables_are_named(self):
        bound = 0

        def inside():
            return 1 / bound

        frame = innermost(taken(caught(inside)))
        self.assertEqual((frame["free"], frame["variables"]), (["bound"], [["bound", 0]]))

    def test_a_comprehension_shows_what_the_interpreter_left_of_it(self):
        def each(items):
            return [1 / item for item in items]

        frame = innermost(taken(caught(each, [1, 0, 2])))
        if sys.version_info >= (3, 12):  # the interpreter runs it in the function's frame, and clears its variables when it fails
            self.assertEqual(frame["function"], "each")
            self.assertEqual([name for name, _ in frame["variables"]], ["items"])
        else:
            self.assertEqual(frame["function"], "<listcomp>")
            self.assertIn(["item", 0], frame["variables"])

    def test_objects_are_shared_between_frames(self):
        def outer(held):
            return inner(held)

        def inner(again):
            return again["missing"]

        frames = taken(caught(outer, {"a": 1}))["exceptions"][-1]["frames"]
        self.assertEqual(frames[-1]["variables"][0][1], frames[-2]["variables"][0][1])

    def test_the_standard_library_is_not_the_application(self):
        frames = taken(caught(json.loads, "{"))["exceptions"][-1]["frames"]
        self.assertEqual([frame["inApp"] for frame in frames], [True] + [False] * (len(frames) - 1))

    def test_a_module_shows_its_data_alone(self):
        names = {"__name__": "made"}
        error = caught(exec, compile("import json\nx = 1\nclass C: pass\nx / 0", __file__, "exec"), names)
        self.assertEqual(innermost(taken(error))["variables"], [["x", 1]])

    def test_a_deep_recursion_keeps_both_ends_and_says_how_much_is_left_out(self):
        found = taken(caught(descend, 0))
        frames = found["exceptions"][-1]["frames"]
        gap = [at for at, frame in enumerate(frames) if "omitted" in frame]
        self.assertEqual((len(frames), gap), (100, [30]))
        numbers = [dict(frame["variables"]).get("n") for frame in frames]
        self.assertEqual((numbers[1], numbers[29]), (0, 28))
        self.assertEqual(numbers[30] - numbers[29] - 1, frames[30]["omitted"])

    def test_no_snapshot_is_longer_than_allowed(self):
        def crowded(n):
            things = {"name%d" % at: {"value": [at, str(at) * 30]} for at in range(500)}
            if n:
                return crowded(n - 1)
            return things["none"]

        for limit in (1 << 16, 1 << 18):
            found = snapshot.take(caught(crowded, 150), settings=Settings(seconds=60, max_bytes=limit))
            self.assertLessEqual(len(gzip.decompress(snapshot.packed(found))), limit)
            self.assertEqual(found["cut"], "size")

    def test_what_time_cut_is_marked(self):
        self.assertEqual(taken(caught(price, "a", [1]), settings=Settings(seconds=0))["cut"], "time")

    def test_messages_come_from_the_event_and_never_from_the_class(self):
        class Quiet(Exception):
            def __str__(self):
                raise SystemExit

        def fail():
            raise Quiet(1)

        self.assertNotIn("message", {k: v for k, v in taken(caught(fail))["exceptions"][0].items() if v is not None})
        event = {"event_id": "e", "exception": {"values": [{"value": "said password=hunter2"}]}}
        found = taken(caught(fail), event=event)
        self.assertEqual((found["event"], found["exceptions"][0]["message"]), ("e", "said password=redacted"))


@unittest.skipIf(exceptions_from_error_tuple is None, "no sentry_sdk")
class TestChains(unittest.TestCase):
    def same(self, function, *arguments):
        error = caught(function, *arguments)
        values = exceptions_from_error_tuple((type(error), error, error.__traceback__))
        event = {"exception": {"values": values}}
        found = taken(error, event=event)["exceptions"]
        self.assertEqual([each["type"] for each in found], [each["type"] for each in values])
        for ours, theirs in zip(found, values):
            theirs = (theirs.get("stacktrace") or {}).get("frames") or []
            self.assertEqual([(frame["function"], frame["line"]) for frame in ours["frames"]],
                             [(frame["function"], frame["lineno"]) for frame in theirs])
        return found

    def test_exceptions_and_frames_line_up_with_the_event(self):
        self.assertEqual([each["type"] for each in self.same(parse, "x")], ["ValueError", "KeyError"])
        self.assertEqual([each["type"] for each in self.same(clumsy)], ["ValueError", "KeyError", "TypeError"])
        self.assertEqual([each["type"] for each in self.same(silent)], ["TypeError"])

    def test_a_circle_of_exceptions_ends(self):
        def circle():
            first, second = ValueError(1), KeyError(2)
            first.__cause__, second.__cause__ = second, first
            raise first

        self.assertEqual(len(self.same(circle)), 2)

    def test_hidden_frames_are_left_out_as_in_the_event(self):
        def hidden():
            __tracebackhide__ = True  # noqa: F841
            return price("a")

        self.assertNotIn("hidden", [frame["function"] for frame in self.same(hidden)[-1]["frames"]])

    @unittest.skipIf(sys.version_info < (3, 11), "no groups")
    def test_groups_line_up_too(self):
        def several():
            errors = [caught(parse, "x"), caught(price, "a")]
            try:
                raise ExceptionGroup("inner", errors)  # noqa: F821
            except Exception as error:
                raise ExceptionGroup("outer", [error, ValueError(3)]) from errors[0]  # noqa: F821

        self.assertGreater(len(self.same(several)), 4)


class TestParts(unittest.TestCase):
    def test_armed_functions_show_what_came_in(self):
        armed = types.ModuleType("nevermore_probe.armed")
        armed.entry_of = lambda frame: [("item", ["before"])] if frame.f_code is price.__code__ else None
        sys.modules[armed.__name__] = armed
        try:
            found = taken(caught(price, "a"))
        finally:
            del sys.modules[armed.__name__]
        (name, held), = innermost(found)["entry"]
        self.assertEqual((name, found["nodes"][held[1]]), ("item", ["list", ["before"]]))

    def test_the_work_is_written_without_secrets(self):
        work = [
            {"kind": "database", "at": 0.1, "module": "sqlite3", "statement": "select * from t where a = ?", "parameters": (5,),
             "columns": ["id", "password"], "rows": [(1, "hunter2")], "caller": ["/a.py", 3, "f"]},
            {"kind": "http", "method": "GET", "url": "https://me:hunter2@h/?token=hunter2", "status": 200,
             "headers": [("Set-Cookie", "hunter2"), ("A", "b")], "body": b"x", "failure": None},
            {"kind": "environment", "name": "DATABASE_PASSWORD", "value": "hunter2"},
            {"kind": "redis", "command": ["GET", "a"], "answer": b"b"}, {"kind": "clock", "function": "time.time", "value": 1.5},
        ]
        found = taken(caught(price, "a"), work=work)
        self.assertNotIn("hunter2", json.dumps(found))
        first, second, third, fourth, fifth = found["work"]
        self.assertEqual((first["caller"], first["columns"]), (["/a.py", 3, "f"], ["id", "password"]))
        self.assertEqual(found["nodes"][first["rows"][0][1]][1][0], 1)
        self.assertEqual((second["headers"][1], second["body"], second["status"]), (["A", "b"], ["bytes", "eA=="], 200))
        self.assertEqual((fourth["command"], fifth["value"]), (["GET", "a"], 1.5))

    def test_the_request_is_written(self):
        found = taken(caught(price, "a"), request={"method": "POST", "url": "/a", "headers": [("Cookie", "x")], "body": {"a": 1}})
        asked = found["request"]
        self.assertEqual((asked["headers"][0][1][1], found["nodes"][asked["body"][1]]), ("redacted", ["map", [["a", 1]]]))


class TestPoliteness(unittest.TestCase):
    def test_what_goes_wrong_with_us_is_counted_and_never_raised(self):
        before = guard.FAILED["count"]
        self.assertIsNone(snapshot.take(caught(price, "a"), settings=5))
        self.assertEqual(guard.FAILED["count"], before + 1)

    @unittest.skipUnless(hasattr(signal, "setitimer"), "no timers")
    def test_what_a_signal_of_the_service_raises_goes_on(self):
        class Patience(Exception):
            pass

        def over(*given):
            raise Patience

        error = caught(price, "a", [[{"n": n}] for n in range(300_000)])
        held = signal.signal(signal.SIGALRM, over)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.02)
            with self.assertRaises(Patience):
                for _ in range(1000):
                    snapshot.take(error, settings=Settings(seconds=60, max_bytes=1 << 24))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, held)

    def test_threads_that_change_what_is_read_do_no_harm(self):
        held, ended = {"d": {}, "s": set(), "l": []}, threading.Event()

        def change():
            n = 0
            while not ended.is_set():
                n += 1
                held["d"][n % 500] = held["d"].pop((n * 7) % 500, None) or [n]
                held["s"].symmetric_difference_update([n % 300])
                held["l"][:] = range(n % 100)

        thread = threading.Thread(target=change)
        thread.start()
        try:
            error = caught(price, held)
            for _ in range(100):
                self.assertIsNotNone(snapshot.take(error, settings=PATIENT))
        finally:
            ended.set()
            thread.join()

    @unittest.skipUnless(hasattr(os, "fork"), "no fork")
    def test_a_child_takes_its_own(self):
        error = caught(price, "a")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            child = os.fork()
        if child == 0:
            os._exit(0 if snapshot.take(error, settings=PATIENT) else 1)
        self.assertEqual(os.waitpid(child, 0)[1], 0)

    def test_the_end_of_the_interpreter_is_quiet(self):
        program = ("import sys; sys.path.insert(0, %r)\nfrom nevermore_probe import snapshot\nclass Last:\n"
                   "    def __del__(self):\n        try: 1 / 0\n        except Exception as error: snapshot.take(error)\n"
                   "held = Last(); held.me = held; sys.modules['kept'] = held\n")
        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        done = subprocess.run([sys.executable, "-c", program % root], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_importing_starts_nothing_and_loads_no_library(self):
        program = ("import sys, threading; sys.path.insert(0, %r)\nimport nevermore_probe, nevermore_probe.snapshot\n"
                   "print(threading.active_count(), [m for m in ('sentry_sdk', 'numpy', 'sqlite3', 'django') if m in sys.modules])")
        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        done = subprocess.run([sys.executable, "-c", program % root], capture_output=True, text=True)
        self.assertEqual((done.stdout, done.stderr), ("1 []\n", ""))

    def test_a_stopped_clock_stops_nobody(self):
        held = time.perf_counter
        time.perf_counter = lambda: 0.0
        try:
            self.assertIsNotNone(snapshot.take(caught(price, "a"), settings=Settings()))
        finally:
            time.perf_counter = held


if __name__ == "__main__":
    unittest.main()
