"""The attachment rides in the envelope of the event, whichever way the exception gets to Sentry."""
import asyncio
import base64
import contextlib
import gzip
import io
import json
import logging
import threading
import unittest


try:
    import sentry_sdk
    from sentry_sdk.transport import Transport
except ImportError:
    raise unittest.SkipTest("no sentry_sdk")
try:
    import flask
except ImportError:
    flask = None
try:
    import fastapi
    import fastapi.testclient
except Exception:  # its client wants more libraries
    fastapi = None
try:
    import celery
except ImportError:
    celery = None

from nevermore_probe.sentry import NevermoreIntegration

SENT = []


class Kept(Transport):
    def __init__(self, *given):
        Transport.__init__(self, *given)

    def capture_envelope(self, envelope):
        SENT.append(envelope)

    def capture_event(self, event):  # older SDKs send events without attachments this way
        SENT.append(event)


def start(*integrations, **options):
    SENT.clear()
    with contextlib.redirect_stderr(io.StringIO()):
        sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=Kept, release="r1", environment="e1", integrations=list(integrations),
                        **options)


def attachments(envelope):
    items = getattr(envelope, "items", [])
    items = items if isinstance(items, list) else []
    return [item for item in items if item.headers.get("type") == "attachment"]


def fail(token, items):
    return items["n"] / 0


def only():
    """The one snapshot of the one event."""
    events = [each for each in SENT if attachments(each)]
    assert len(events) == 1, SENT
    item, = attachments(events[0])
    found = json.loads(gzip.decompress(item.get_bytes()))
    event = events[0].get_event()
    assert found["event"] == event["event_id"], found
    assert item.headers["filename"] == "nevermore.snapshot", item.headers
    assert item.headers["content_type"] == "application/vnd.nevermore.snapshot+json", item.headers
    for ours, theirs in zip(found["exceptions"], event["exception"]["values"]):
        same = [(frame["function"], frame["line"]) for frame in ours["frames"]]
        assert same == [(frame["function"], frame["lineno"]) for frame in theirs["stacktrace"]["frames"]], same
    return found


def variables(found, name="fail"):
    return next(dict(frame["variables"]) for frame in found["exceptions"][-1]["frames"] if frame["function"] == name)


def watched(application):
    """Older SDKs do not find the application by themselves."""
    try:
        import sentry_sdk.integrations.fastapi  # noqa: F401
        return application
    except ImportError:
        from sentry_sdk.integrations.asgi import SentryAsgiMiddleware
        return SentryAsgiMiddleware(application)


class TestWays(unittest.TestCase):
    def setUp(self):
        start(NevermoreIntegration())

    def check(self):
        found = only()
        self.assertEqual((found["release"], found["environment"]), ("r1", "e1"))
        held = variables(found)
        self.assertEqual(held["token"], ["lost", "redacted", "str", "token"])
        self.assertEqual(found["nodes"][held["items"][1]], ["map", [["n", 1]]])
        return found

    def test_captured_by_hand(self):
        try:
            fail("hunter2", {"n": 1})
        except ZeroDivisionError:
            sentry_sdk.capture_exception()
        self.check()

    def test_logged(self):
        try:
            fail("hunter2", {"n": 1})
        except ZeroDivisionError:
            logger = logging.getLogger("shop")
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
            logger.exception("it failed")
        self.check()

    def test_raised_in_a_thread(self):
        held, threading.excepthook = threading.excepthook, lambda given: None
        try:
            thread = threading.Thread(target=fail, args=("hunter2", {"n": 1}))
            thread.start()
            thread.join()
        finally:
            threading.excepthook = held
        self.check()

    def test_raised_in_a_task(self):
        async def work():
            try:
                fail("hunter2", {"n": 1})
            except ZeroDivisionError:
                sentry_sdk.capture_exception()

        asyncio.run(work())
        self.check()

    @unittest.skipIf(flask is None, "no flask")
    def test_raised_in_a_request_of_flask(self):
        from sentry_sdk.integrations.flask import FlaskIntegration

        start(NevermoreIntegration(), FlaskIntegration())
        application = flask.Flask("shop")
        application.logger.disabled = True
        application.add_url_rule("/<int:n>", "view", lambda n: fail("hunter2", flask.request.get_json()), methods=["POST"])
        answer = application.test_client().post("/3?token=hunter2", json={"n": 1})
        self.assertEqual(answer.status_code, 500)
        found = self.check()
        self.assertNotIn("hunter2", json.dumps(found))
        requests = [dict(node[1]) for node in found["nodes"] if node[0] == "request"]
        self.assertEqual([(each["method"], each["route"]) for each in requests], [("POST", "/<int:n>")])
        self.assertEqual(requests[0]["url"], "http://localhost/3?token=redacted")

    @unittest.skipIf(fastapi is None, "no fastapi")
    def test_raised_in_a_request_of_fastapi(self):
        start(NevermoreIntegration())
        application = fastapi.FastAPI()

        @application.post("/{n}")
        async def view(n: int, request: fastapi.Request):
            return fail("hunter2", await request.json())

        client = fastapi.testclient.TestClient(watched(application), raise_server_exceptions=False)
        self.assertEqual(client.post("/3?token=hunter2", json={"n": 1}).status_code, 500)
        found = self.check()
        self.assertNotIn("hunter2", json.dumps(found))
        requests = [dict(node[1]) for node in found["nodes"] if node[0] == "request"]
        bodies = [base64.b64decode(each["body"][1]) for each in requests if "body" in each]
        self.assertEqual([json.loads(body) for body in bodies], [{"n": 1}])
        self.assertEqual({each["route"] for each in requests}, {"/{n}"})

    @unittest.skipIf(celery is None, "no celery")
    def test_raised_in_a_task_of_celery(self):
        from sentry_sdk.integrations.celery import CeleryIntegration

        start(NevermoreIntegration(), CeleryIntegration())
        application = celery.Celery("shop", broker="memory://", backend="cache+memory://")
        application.conf.task_always_eager = True

        @application.task(name="shop.fail")
        def task():
            return fail("hunter2", {"n": 1})

        with self.assertRaises(ZeroDivisionError):
            task.delay().get()
        self.check()


class TestManners(unittest.TestCase):
    def capture(self, **hint):
        try:
            fail("hunter2", {"n": 1})
        except ZeroDivisionError as error:
            sentry_sdk.capture_exception(error, **hint)

    def test_events_without_an_exception_get_none(self):
        start(NevermoreIntegration())
        sentry_sdk.capture_message("only a message")
        self.assertEqual([attachments(each) for each in SENT], [[]])

    def test_without_the_integration_there_is_none(self):
        start()
        self.capture()
        self.assertEqual([attachments(each) for each in SENT], [[]])

    def test_a_dropped_event_takes_no_snapshot(self):
        from nevermore_probe import snapshot

        calls, held = [], snapshot.take
        snapshot.take = lambda *given, **named: calls.append(1) or held(*given, **named)
        try:
            start(NevermoreIntegration(), before_send=lambda event, hint: None)
            self.capture()
            self.assertEqual((SENT, calls), ([], []))
            start(NevermoreIntegration())
            self.capture()
            self.assertEqual((len(SENT), calls), (1, [1]))
        finally:
            snapshot.take = held

    def test_the_event_is_what_it_was_without_us(self):
        seen = []

        def keep(event, hint):
            seen.append({name: value for name, value in event.items() if name not in (
                "event_id", "timestamp", "sdk", "breadcrumbs", "contexts", "server_name", "modules", "extra")})
            return event

        for integrations in ([], [NevermoreIntegration()]):
            start(*integrations, before_send=keep)
            self.capture()
        self.assertEqual(seen[0], seen[1])

    def test_the_service_keeps_its_own_attachments(self):
        start(NevermoreIntegration())
        with sentry_sdk.push_scope() as scope:
            scope.add_attachment(bytes=b"mine", filename="mine.txt")
            self.capture()
        envelope, = SENT
        self.assertEqual(sorted(each.headers["filename"] for each in attachments(envelope)), ["mine.txt", "nevermore.snapshot"])

    def test_a_failure_of_ours_leaves_the_event_alone(self):
        from nevermore_probe import snapshot

        held, snapshot.taken = snapshot.taken, None
        try:
            start(NevermoreIntegration())
            self.capture()
        finally:
            snapshot.taken = held
        envelope, = SENT
        self.assertEqual(envelope.get_event()["exception"]["values"][0]["type"], "ZeroDivisionError")
        item, = attachments(envelope)
        self.assertEqual(json.loads(gzip.decompress(item.get_bytes()))["cut"], "failed")

    def test_an_unknown_option_is_refused_at_the_start(self):
        with self.assertRaisesRegex(TypeError, "`work_` is not an option"):
            NevermoreIntegration(work_=True)

    def test_two_events_have_one_each(self):
        start(NevermoreIntegration())
        self.capture()
        self.capture()
        self.assertEqual([len(attachments(each)) for each in SENT], [1, 1])


if __name__ == "__main__":
    unittest.main()
