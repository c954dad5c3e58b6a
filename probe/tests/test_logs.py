"""The lines of `nevermore_probe.logs`: one JSON line a record, whatever the service logs."""
import base64
import gzip
import io
import json
import logging
import os
import sys
import unittest

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]

from nevermore_probe import wsgi  # noqa: E402
from nevermore_probe.logs import LIMIT, Formatter  # noqa: E402


class Hostile:
    """Every question is refused."""

    def refuse(self, *arguments):
        raise SystemExit("asked")

    __repr__ = __str__ = __eq__ = __hash__ = __len__ = __iter__ = __bool__ = __getattribute__ = __format__ = refuse


def total(lines, extra=None):
    return sum(price // count for price, count in lines)


def logged(formatter, fail=lambda: total([(3, 0)]), **extra):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    log = logging.Logger("shop")
    log.addHandler(handler)
    try:
        fail()
    except Exception:
        log.exception("order %s failed", 7, extra=extra)
    return stream.getvalue()


def snapshot_in(line):
    found = line["snapshot"]
    return json.loads(gzip.decompress(base64.b64decode(found))) if isinstance(found, str) else found


class Lines(unittest.TestCase):
    def test_a_line_holds_everything_of_the_failure(self):
        written = logged(Formatter(release="shop@1"), order=7)
        self.assertEqual(written.count("\n"), 1)
        line = json.loads(written)
        self.assertEqual((line["level"], line["logger"], line["message"], line["order"], line["nevermore"], line["release"]),
                         ("ERROR", "shop", "order 7 failed", 7, 1, "shop@1"))
        self.assertRegex(line["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        error = line["exception"]
        self.assertEqual((error["type"], error["module"]), ("ZeroDivisionError", "builtins"))
        self.assertIn("in total\n", error["stack"])
        self.assertTrue(error["stack"].startswith("Traceback (most recent call last):\n"))
        self.assertEqual([frame["function"] for frame in error["frames"]][-2:], ["total", "<genexpr>"])
        frame = snapshot_in(line)["exceptions"][-1]["frames"][-2]
        self.assertEqual((frame["function"], [name for name, _ in frame["variables"]]), ("total", ["lines", "extra"]))

    def test_the_text_of_the_stack_is_the_interpreters_own(self):
        written = json.loads(logged(Formatter()))["exception"]["stack"].split("\n")
        plain = logged(logging.Formatter("%(message)s")).rstrip("\n").split("\n")[1:]
        self.assertEqual(written, plain)

    def test_a_record_without_an_exception_is_a_plain_line(self):
        record = logging.LogRecord("shop", logging.INFO, "x.py", 1, "fine %d", (3,), None)
        self.assertEqual(sorted(json.loads(Formatter().format(record))), ["level", "logger", "message", "timestamp"])

    def test_names_of_the_elastic_common_schema(self):
        line = json.loads(logged(Formatter(names="ecs")))
        names = {"@timestamp", "log.level", "log.logger", "message", "error.type", "error.message", "error.stack_trace", "nevermore"}
        self.assertLessEqual(names, set(line))
        self.assertEqual(line["nevermore"]["version"], 1)
        self.assertIn("snapshot", line["nevermore"])

    def test_a_teams_own_formatter_keeps_its_line_and_gains_one_field(self):
        class Own(logging.Formatter):
            def format(self, record):
                return json.dumps({"text": record.getMessage(), "odd": "ä"}, ensure_ascii=False, indent=None) + " "

        plain, gained = logged(Own()), logged(Formatter(inner=Own()))
        self.assertTrue(gained.startswith(plain.rstrip()[:-1]))
        line = json.loads(gained)
        self.assertEqual(set(line), {"text", "odd", "nevermore"})
        self.assertEqual(line["nevermore"]["exception"]["type"], "ZeroDivisionError")

    def test_a_plain_text_formatter_gains_one_line(self):
        own = logging.Formatter("%(levelname)s %(message)s")
        plain, gained = logged(own), logged(Formatter(inner=own))
        self.assertEqual(gained[:len(plain)], plain)
        self.assertEqual(json.loads(gained[len(plain):].strip()[len("nevermore="):])["version"], 1)

    def test_values_that_json_cannot_hold_break_no_line(self):
        cycle = []
        cycle.append(cycle)
        values = {"nan": float("nan"), "bytes": b"\xff", "lone": "\ud800", "cycle": cycle, "hostile": Hostile(), "keys": {Hostile: 1, 2: 3},
                  "huge": 10 ** 5000, "deep": json.loads("[" * 90 + "]" * 90)}
        for extra in ({name: value} for name, value in values.items()):
            line = json.loads(logged(Formatter(), **extra))
            self.assertIn("snapshot", line, extra.keys())

    def test_an_exception_that_refuses_to_be_printed_is_logged_all_the_same(self):
        class Refusing(Exception):
            def __str__(self):
                raise SystemExit("asked")

        def fail():
            raise Refusing("words", 3)

        line = json.loads(logged(Formatter(), fail))
        self.assertEqual(line["exception"]["message"], "('words', 3)")
        self.assertIn("Refusing: ('words', 3)", line["exception"]["stack"])

    def test_a_line_is_256_kilobytes_at_most_and_says_what_was_cut(self):
        noise = base64.b64encode(os.urandom(600_000)).decode()

        def fail():
            lines = [noise[at:at + 1000] for at in range(0, 600_000, 1000)]
            raise LookupError(noise[:100_000], len(lines))

        written = logged(Formatter(), fail, noise=noise)
        self.assertLessEqual(len(written), LIMIT + 1)
        self.assertIn("cut", snapshot_in(json.loads(written)))
        inner = logged(Formatter(inner=logging.Formatter("%(message)s")), fail)
        self.assertLessEqual(len(inner.encode()), LIMIT + 1)

    def test_secrets_do_not_reach_the_line(self):
        def fail():
            password = "hunter22"
            url = "https://ada:hunter22@db.example/x?token=hunter22"
            raise ConnectionError("no answer from " + url, password and 1)

        written = logged(Formatter(), fail, api_key="hunter22", nested={"authorization": "hunter22"})
        said = json.dumps({name: value for name, value in json.loads(written).items() if name != "exception"})
        self.assertNotIn("hunter22", said)
        self.assertNotIn("hunter22@", written)

    def test_a_line_holds_the_request_and_its_trace(self):
        said = []

        def application(environ, start):
            environ["wsgi.input"].read()
            said.append(logged(Formatter()))
            return []

        body = b'{"password": "hunter22", "lines": [1]}'
        wsgi.Middleware(application)({
            "REQUEST_METHOD": "POST", "PATH_INFO": "/orders", "SCRIPT_NAME": "", "HTTP_HOST": "shop.example", "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json",
            "HTTP_COOKIE": "sid=hunter22",
            "HTTP_TRACEPARENT": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}, None)
        line = json.loads(said[0])
        self.assertEqual((line["request"]["method"], line["request"]["url"]), ("POST", "https://shop.example/orders"))
        self.assertEqual(json.loads(line["request"]["body"])["lines"], [1])
        self.assertEqual(line["trace"], {"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "00f067aa0ba902b7"})
        self.assertNotIn("hunter22", said[0])

    def test_a_recursion_is_one_frame_with_a_count(self):
        def deeper(n):
            return deeper(n + 1)

        frames = json.loads(logged(Formatter(), lambda: deeper(0)))["exception"]["frames"]
        self.assertGreater(frames[-1]["times"], 500)

    def test_it_can_be_configured_from_a_dictionary(self):
        import logging.config
        logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, "formatters": {
            "nevermore": {"()": "nevermore_probe.logs.Formatter", "names": "ecs", "release": "1"}},
            "handlers": {"null": {"class": "logging.NullHandler", "formatter": "nevermore"}}, "loggers": {"none": {"handlers": ["null"]}}})
        with self.assertRaises(TypeError):
            Formatter(colour=3)


class Structured(unittest.TestCase):
    def setUp(self):
        try:
            import structlog
        except ImportError:
            self.skipTest("structlog is not installed")
        self.structlog = structlog

    def logged(self, *processors):
        stream = io.StringIO()
        log = self.structlog.wrap_logger(self.structlog.PrintLogger(stream), wrapper_class=self.structlog.BoundLogger,
                                         processors=[self.structlog.processors.add_log_level, *processors])
        try:
            total([(3, 0)])
        except ZeroDivisionError:
            log.error("order failed", number=7, exc_info=True)
        return json.loads(stream.getvalue())

    def test_the_processor_adds_one_field_to_what_structlog_writes(self):
        from nevermore_probe.structured import Processor
        rest = (self.structlog.processors.format_exc_info, self.structlog.processors.JSONRenderer())
        plain, gained = self.logged(*rest), self.logged(Processor(), *rest)
        self.assertEqual(set(gained) - set(plain), {"nevermore"})
        self.assertIn("snapshot", gained["nevermore"])
        for name in set(plain) - {"exception"}:  # its lines are those of two places in this file
            self.assertEqual(gained[name], plain[name])

    def test_the_renderer_writes_the_formatters_line(self):
        from nevermore_probe.structured import Renderer
        line = self.logged(Renderer())
        self.assertEqual((line["nevermore"], line["message"], line["level"], line["number"]), (1, "order failed", "error", 7))
        self.assertEqual(line["exception"]["type"], "ZeroDivisionError")


if __name__ == "__main__":
    unittest.main()
