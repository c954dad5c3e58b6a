"""The hooks of a service without Sentry, tried in processes of their own against a receiver on the loopback."""
import os
import re
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
PROBE = os.path.dirname(HERE)
sys.path[:0] = [HERE, PROBE]

from receiver import Receiver, items  # noqa: E402

SEEN = re.compile(r"0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+")


def has(*names):
    try:
        for name in names:
            __import__(name)
    except ImportError:
        return False
    return True


def run(script, *arguments, dsn=None):
    environment = {**os.environ, "PYTHONPATH": PROBE, "PYTHONHASHSEED": "0"}
    environment.pop("NEVERMORE_DSN", None)
    if dsn:
        environment["NEVERMORE_DSN"] = dsn
    found = subprocess.run([sys.executable, os.path.join(HERE, "services", script), *arguments], env=environment, capture_output=True,
                           text=True, timeout=180)
    return SEEN.sub("…", found.stdout), SEEN.sub("…", found.stderr), found.returncode


def run_code(code):
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], env={**os.environ, "PYTHONPATH": PROBE}, capture_output=True,
                          text=True, timeout=60)


class Service(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)

    def with_and_without(self, script, *arguments):
        """The events that it sends, after its outputs have been compared."""
        without, with_probe = run(script, *arguments), run(script, *arguments, dsn=self.receiver.dsn)
        self.assertEqual(without[0], with_probe[0])
        self.assertEqual(without[2], with_probe[2])
        if sys.version_info >= (3, 11):
            self.assertEqual(without[1], with_probe[1])
        else:  # the interpreter cannot be kept from adding the two frames that an exception passed
            self.assertEqual(without[1].count("Traceback"), with_probe[1].count("Traceback"))
        return self.receiver.events()

    def kinds(self, events):
        return [(event["exception"]["values"][-1]["mechanism"]["type"], event["exception"]["values"][-1]["type"]) for event in events]


class Programs(Service):
    def test_each_failure_of_a_program_is_sent_once_and_its_output_stays(self):
        events = self.with_and_without("plain_service.py")
        self.assertEqual(self.kinds(events), [
            ("logging", "ZeroDivisionError"), ("logging", "ZeroDivisionError"), ("threading", "ZeroDivisionError"),
            ("asyncio", "LookupError"), ("asyncio", "ZeroDivisionError"), ("logging", "ZeroDivisionError")])
        self.assertEqual(events[0]["logentry"]["message"], "order 7 failed")
        self.assertEqual(events[0]["release"], "shop@1")

    def test_the_envelope_is_flushed_when_the_process_ends_by_an_exception(self):
        code = "import nevermore_probe; nevermore_probe.init(%r); 1/0" % self.receiver.dsn
        found = run_code(code)
        self.assertEqual(found.returncode, 1)
        self.assertEqual(self.kinds(self.receiver.events()), [("excepthook", "ZeroDivisionError")])

    def test_whoever_is_asked_to_end_has_not_failed(self):
        for ending in ("raise KeyboardInterrupt", "raise SystemExit(2)"):
            code = "import nevermore_probe; nevermore_probe.init(%r); %s" % (self.receiver.dsn, ending)
            run_code(code)
        self.assertEqual(self.receiver.bodies, [])

    def test_a_server_that_cannot_be_reached_delays_the_end_by_two_seconds_at_most(self):
        import socket
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        self.addCleanup(listening.close)
        dsn = "http://key@127.0.0.1:%d/1" % listening.getsockname()[1]
        code = "import nevermore_probe; nevermore_probe.init(%r); 1/0" % dsn
        found = run_code(code)
        self.assertIn("ZeroDivisionError", found.stderr)
        self.assertNotIn("nevermore_probe/", found.stderr)

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork")
    def test_a_child_of_a_fork_sends_its_own_failures_and_none_of_its_parents(self):
        code = """
import os, logging, nevermore_probe
logging.disable(0)
logging.getLogger().addHandler(logging.NullHandler())
nevermore_probe.init(%r)
def fail(word):
    try:
        raise LookupError(word)
    except LookupError:
        logging.getLogger("shop").exception("x")
fail("parent")
child = os.fork()
if child == 0:
    fail("child")
    nevermore_probe.service.flush(10)
    os._exit(0)
os.waitpid(child, 0)
""" % self.receiver.dsn
        found = run_code(code)
        self.assertEqual((found.stdout, found.stderr), ("", ""))
        self.assertEqual(sorted(event["exception"]["values"][0]["value"] for event in self.receiver.events()), ["child", "parent"])

    def test_nothing_is_started_by_the_import(self):
        code = "import threading, sys; hooks = sys.excepthook, threading.excepthook, len(sys.meta_path)\nimport nevermore_probe\n" \
               "print(threading.active_count(), " \
               "(sys.excepthook, threading.excepthook, len(sys.meta_path)) == hooks, 'logging' in sys.modules)"
        found = run_code(code)
        self.assertEqual(found.stdout.split(), ["1", "True", "False"])

    def test_a_wrong_dsn_or_option_is_said_before_anything_is_changed(self):
        for call, error in (("'ftp://x@y/1'", "ValueError"), ("'http://host/1'", "ValueError"), ("'http://k@h/1', colour=3", "TypeError")):
            code = "import sys, nevermore_probe\nhook = sys.excepthook\ntry: nevermore_probe.init(%s)\nexcept Exception as e: " \
                   "print(type(e).__name__, sys.excepthook is hook)" % call
            found = run_code(code)
            self.assertEqual(found.stdout.split(), [error, "True"])


class Applications(Service):
    def attached(self):
        import gzip
        import json
        found = []
        for body in self.receiver.bodies:
            for header, payload in items(body)[1:]:
                if header["type"] == "attachment":
                    self.assertEqual(header["filename"], "nevermore.snapshot")
                    found.append(json.loads(gzip.decompress(payload)))
        return found

    @unittest.skipUnless(has("flask"), "Flask is not installed")
    def test_flask_answers_the_same_and_its_failures_arrive_with_their_requests(self):
        events = self.with_and_without("flask_service.py")
        self.assertEqual(self.kinds(events), [("flask", "ZeroDivisionError"), ("flask", "LookupError")])
        request = events[0]["request"]
        self.assertEqual(request["data"], {"lines": [{"price": 3, "count": 0}], "password": "[Filtered]"})
        self.assertEqual(request["headers"]["Authorization"], "[Filtered]")
        self.assertEqual(events[0]["transaction"], "/orders/<int:number>")
        self.assertNotIn(b"hunter22", b"".join(self.receiver.bodies))
        self.assertNotIn("abcdefgh", request["query_string"])
        snapshot = self.attached()[0]
        self.assertEqual(snapshot["event"], events[0]["event_id"])
        self.assertEqual(snapshot["request"]["method"], "POST")
        self.assertEqual(snapshot["exceptions"][-1]["frames"][-2]["function"], "total")

    @unittest.skipUnless(has("fastapi", "uvicorn"), "FastAPI and uvicorn are not installed")
    def test_fastapi_answers_the_same_and_its_failures_arrive_with_their_requests(self):
        events = self.with_and_without("fastapi_service.py")
        names = "ZeroDivisionError", "LookupError", "OSError", "LookupError"
        self.assertEqual(self.kinds(events), [("starlette", name) for name in names])
        self.assertEqual(events[0]["request"]["data"], {"lines": [{"price": 3, "count": 0}]})
        self.assertEqual(events[0]["transaction"], "/orders/{number}")

    @unittest.skipUnless(has("django"), "Django is not installed")
    def test_django_answers_the_same_and_its_failures_arrive_with_their_requests(self):
        events = self.with_and_without("django_service.py")
        self.assertEqual(self.kinds(events), [("django", "ZeroDivisionError")] * 2)
        for event in events:
            self.assertEqual(event["request"]["data"], {"lines": [{"price": 3, "count": 0}]})
            self.assertEqual(event["transaction"], "orders/<int:number>")

    @unittest.skipUnless(has("celery"), "Celery is not installed")
    def test_tasks_of_celery_answer_the_same_and_those_that_fail_are_sent_once(self):
        for how in ("eager", "worker"):
            del self.receiver.bodies[:]
            events = self.with_and_without("celery_service.py", how)
            self.assertEqual(self.kinds(events), [("celery", "ZeroDivisionError")], how)
            self.assertEqual(events[0]["transaction"], "shop.charge")
            frame = [frame for frame in events[0]["exception"]["values"][-1]["stacktrace"]["frames"] if frame["function"] == "charge"][0]
            self.assertEqual(frame["vars"]["card_token"], "[Filtered]")


if __name__ == "__main__":
    unittest.main()
