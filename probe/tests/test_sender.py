"""The sender against a real server: it never waits, and what cannot be sent is counted."""
import os
import sys
import threading
import unittest

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]

from nevermore_probe import work  # noqa: E402
from nevermore_probe.sender import DSN, WAITING, Envelope, Sender, seconds_of  # noqa: E402
from receiver import Receiver  # noqa: E402


def envelope(number=0):
    return Envelope({"event_id": "%032x" % number, "message": "\ud800 ä"}, {"nevermore": 1, "exceptions": []})


class Senders(unittest.TestCase):
    def receiver(self, *answers):
        receiver = Receiver(answers or ((200, {}),))
        self.addCleanup(receiver.close)
        return receiver

    def test_an_envelope_arrives_with_its_attachment_and_key(self):
        receiver = self.receiver()
        sender = Sender(DSN(receiver.dsn))
        self.assertTrue(sender.send(envelope()))
        self.assertTrue(sender.flush(10))
        header, event, attachment = receiver.envelopes()[0]
        self.assertEqual((event[0]["type"], event[1]["message"]), ("event", "\ud800 ä"))
        self.assertEqual((attachment[0]["filename"], attachment[0]["content_type"]),
                         ("nevermore.snapshot", "application/vnd.nevermore.snapshot+json"))
        self.assertIn("sentry_key=key", receiver.headers[0]["X-Sentry-Auth"])
        self.assertEqual((receiver.paths[0], receiver.headers[0]["Content-Type"]), ("/api/42/envelope/", "application/x-sentry-envelope"))

    def test_after_a_429_nothing_is_sent_for_as_long_as_the_server_says(self):
        receiver = self.receiver((429, {"Retry-After": "3600"}))
        sender = Sender(DSN(receiver.dsn))
        sender.send(envelope())
        sender.flush(10)
        self.assertFalse(sender.send(envelope(1)))
        self.assertEqual((len(receiver.bodies), sender.counts["limited"]), (1, 2))

    def test_a_limit_on_attachments_leaves_the_events(self):
        receiver = self.receiver((200, {"X-Sentry-Rate-Limits": "60:transaction:key, 60:attachment;session:organization"}))
        sender = Sender(DSN(receiver.dsn))
        for number in range(2):
            sender.send(envelope(number))
            sender.flush(10)
        self.assertEqual([len(found) for found in receiver.envelopes()], [3, 2])

    def test_a_limit_on_errors_on_any_status_is_honoured(self):
        receiver = self.receiver((200, {"X-Sentry-Rate-Limits": "60:error:project"}))
        sender = Sender(DSN(receiver.dsn))
        sender.send(envelope())
        sender.flush(10)
        self.assertFalse(sender.send(envelope(1)))

    def test_only_while_it_sends_a_thread_is_not_the_services(self):
        sender = Sender(DSN(self.receiver().dsn))
        sender.send(envelope())
        sender.flush(10)
        thread = sender._thread
        self.assertIn(thread.ident, work.SENDING)
        if hasattr(os, "fork"):
            child = os.fork()
            if child == 0:
                os._exit(len(work.SENDING))  # the thread is not here, and its number may be another's
            self.assertEqual(os.waitpid(child, 0)[1], 0)
        thread.join()
        self.assertNotIn(thread.ident, work.SENDING)

    def test_what_the_server_fails_on_is_tried_once_more_and_not_again(self):
        receiver = self.receiver((500, {}))
        sender = Sender(DSN(receiver.dsn))
        sender.send(envelope())
        sender.flush(10)
        self.assertEqual((len(receiver.bodies), sender.counts["failed"]), (2, 1))

    def test_what_the_server_refuses_is_not_tried_again(self):
        receiver = self.receiver((403, {}))
        sender = Sender(DSN(receiver.dsn))
        sender.send(envelope())
        sender.flush(10)
        self.assertEqual((len(receiver.bodies), sender.counts["refused"]), (1, 1))

    def test_a_full_queue_drops_with_a_count_and_never_waits(self):
        receiver, held = self.receiver(), threading.Event()
        sender = Sender(DSN(receiver.dsn))
        post = sender._post
        sender._post = lambda body, seconds: (held.wait(20), post(body, seconds))[1]
        sent = [sender.send(envelope(number)) for number in range(WAITING + 10)]
        held.set()
        self.assertTrue(sender.flush(30))
        self.assertGreaterEqual(sender.counts["full"], 9)
        self.assertEqual(sent.count(True), sender.counts["sent"])

    def test_a_server_that_is_not_there_is_counted(self):
        sender = Sender(DSN("http://key@127.0.0.1:1/2"))
        sender.send(envelope())
        sender.flush(10)
        self.assertEqual(sender.counts["failed"], 1)

    def test_the_thread_goes_when_nothing_waits_and_another_comes_for_the_next_failure(self):
        receiver = self.receiver()
        sender = Sender(DSN(receiver.dsn))
        for number in range(2):
            self.assertTrue(sender.send(envelope(number)))
            receiver.wait(number + 1)
            thread = sender._thread
            if thread is not None:
                thread.join(10)
                self.assertFalse(thread.is_alive())
            self.assertIsNone(sender._thread)
        self.assertEqual(len(receiver.bodies), 2)

    def test_a_dsn_says_what_is_wrong_with_it_without_its_key(self):
        for wrong in ("", "key@host/1", "ftp://keykey@host/1", "https://host/1", "https://keykey@host/"):
            with self.assertRaises(ValueError) as caught:
                DSN(wrong)
            self.assertNotIn("keykey", str(caught.exception))
        self.assertEqual(DSN("https://k@sentry.example:9000/under/a/path/7").path, "/under/a/path/api/7/envelope/")

    def test_retry_after_is_a_number_or_a_date(self):
        self.assertEqual((seconds_of("12"), seconds_of("soon"), seconds_of(None)), (12.0, 60.0, 60.0))
        self.assertEqual(seconds_of("Wed, 21 Oct 2015 07:28:00 GMT"), 0.0)


if __name__ == "__main__":
    unittest.main()
