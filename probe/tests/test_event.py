"""Our event beside the one that the real client of Sentry makes of the same exception."""
import decimal
import os
import sys
import unittest

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]

from nevermore_probe import tracebacks  # noqa: E402
from nevermore_probe.event import event_of  # noqa: E402
from nevermore_probe.scrubbing import Scrubber  # noqa: E402
from nevermore_probe.seen import Seen  # noqa: E402
from nevermore_probe.service import settings_of  # noqa: E402

try:
    import sentry_sdk
    import sentry_sdk.transport
except ImportError:
    sentry_sdk = None


def failing(number, text, lines, when, nothing=None):
    amount, kinds = decimal.Decimal("1.10"), (1, ("a", None))
    try:
        {}[text]
    except KeyError as error:
        raise ValueError("bad %s" % text, number) from error
    return amount, kinds


def ours(error):
    return event_of(error, "generic", True, settings_of({"release": "shop@1"}), Scrubber())


def caught(*arguments):
    import datetime
    try:
        failing(42, "word", list(range(12)), datetime.date(2026, 1, 2), *arguments)
    except ValueError as error:
        return error


class Events(unittest.TestCase):
    @unittest.skipUnless(sentry_sdk, "sentry-sdk is not installed")
    def test_it_says_what_the_real_client_says(self):
        class Kept(sentry_sdk.transport.Transport):
            envelopes = []

            def capture_envelope(self, envelope):
                self.envelopes.append(envelope)

        sentry_sdk.init(dsn="http://key@127.0.0.1:1/1", transport=Kept, release="shop@1", default_integrations=False)
        error = caught()
        sentry_sdk.capture_exception(error)
        sentry_sdk.flush()
        theirs = Kept.envelopes[0].get_event()
        made = ours(error)
        for name in ("platform", "level", "release", "environment"):
            self.assertEqual(made[name], theirs[name], name)
        self.assertEqual(set(made["contexts"]["runtime"]), set(theirs["contexts"]["runtime"]) if "runtime" in theirs["contexts"] else
                         {"name", "version", "build"})
        mine, other = made["exception"]["values"], theirs["exception"]["values"]
        self.assertEqual([(each["type"], each["value"], each["module"], each["mechanism"]["handled"]) for each in mine],
                         [(each["type"], each["value"], each["module"], each["mechanism"]["handled"]) for each in other])
        for one, two in zip(mine, other):
            for frame, same in zip(one["stacktrace"]["frames"], two["stacktrace"]["frames"]):
                for name in ("function", "lineno", "module", "abs_path", "context_line", "pre_context", "post_context"):
                    self.assertEqual(frame[name], same[name], name)
                if frame["function"] == "failing":
                    self.assertEqual(frame["vars"], same["vars"])

    def test_what_is_cut_is_said(self):
        made = ours(caught())
        frame = [frame for frame in made["exception"]["values"][-1]["stacktrace"]["frames"] if frame["function"] == "failing"][0]
        self.assertEqual(len(frame["vars"]["lines"]), 10)
        at = str(len(made["exception"]["values"][-1]["stacktrace"]["frames"]) - 1)
        self.assertEqual(made["_meta"]["exception"]["values"]["1"]["stacktrace"]["frames"][at]["vars"]["lines"], {"": {"len": 12}})

    def test_nothing_of_the_service_is_asked(self):
        from test_logs import Hostile
        made = ours(caught(Hostile()))
        shown = made["exception"]["values"][-1]["stacktrace"]["frames"][-1]["vars"]["nothing"]
        self.assertRegex(shown, r"^<test_logs\.Hostile object at 0x[0-9a-f]+>$")

    @unittest.skipUnless(sys.version_info >= (3, 11), "there are no groups")
    def test_the_members_of_a_group_name_their_parent(self):
        try:
            raise ExceptionGroup("several", [ValueError("a"), KeyError("b")])  # noqa: F821
        except Exception as error:
            values = ours(error)["exception"]["values"]
        self.assertEqual([each["type"] for each in values], ["KeyError", "ValueError", "ExceptionGroup"])
        self.assertEqual([each["mechanism"].get("parent_id") for each in values], [0, 0, None])
        self.assertEqual([each["mechanism"].get("source") for each in values], ["exceptions[1]", "exceptions[0]", None])

    def test_who_asks_to_end_has_not_failed(self):
        import asyncio
        for kind in (KeyboardInterrupt, SystemExit, GeneratorExit, asyncio.CancelledError):
            self.assertFalse(tracebacks.is_failure(kind()), kind)
        self.assertTrue(tracebacks.is_failure(LookupError()))


class SeenBefore(unittest.TestCase):
    class Own(Exception):
        pass

    def fail(self, kind, *arguments):
        try:
            raise kind(*arguments)
        except kind as error:
            return error

    def test_an_exception_is_new_once(self):
        for kind, arguments in ((self.Own, ()), (ValueError, ("text",)), (ValueError, ()), (KeyError, (object(),))):
            seen, error = Seen(), self.fail(kind, *arguments)
            self.assertEqual([seen.add(error, 1), seen.add(error, 1), seen.add(error, None)], [True, False, False], kind)

    def test_equal_exceptions_one_after_another_are_each_new(self):
        seen = Seen()
        for kind in (self.Own, ValueError):
            self.assertTrue(all(seen.add(self.fail(kind, "text"), None) for _ in range(20)), kind)

    def test_no_exception_is_kept_alive(self):
        import weakref
        seen, error = Seen(), self.fail(self.Own)
        seen.add(error, None)
        reference = weakref.ref(error)
        del error
        self.assertIsNone(reference())


if __name__ == "__main__":
    unittest.main()
