"""Sends envelopes to a DSN from one daemon thread: what does not fit, or is refused, is counted and dropped, and nobody waits."""
import collections
import contextlib
import gzip
import json
import os
import queue
import sys
import threading
import time
from urllib.parse import unquote, urlsplit

WAITING, BYTES, SECONDS, EXIT = 30, 32 << 20, 5, 2
LINGER = 0.2  # a process with threads is warned when it forks, so the thread goes when nothing waits


class DSN:
    """`https://key@host/path/project`; a ValueError says what is wrong with one, and never shows its key."""

    def __init__(self, text):
        parts = urlsplit(text)
        path, _, project = parts.path.rpartition("/")
        if parts.scheme not in ("http", "https"):
            raise ValueError("the DSN does not start with `http://` or `https://`")
        if not parts.hostname or not parts.username or not project:
            raise ValueError("the DSN is not of the form `https://KEY@HOST/PROJECT`")
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port
        self.key, self.secret = unquote(parts.username), unquote(parts.password or "")
        self.path = "%s/api/%s/envelope/" % (path, project)
        self.public = "%s://%s@%s%s/%s" % (parts.scheme, parts.username, parts.hostname, ":%d" % parts.port if parts.port else "", project)


class Envelope:
    """An event with its attachment; made of plain JSON, so that another thread may write it."""

    def __init__(self, event, snapshot=None):
        self.event, self.snapshot = event, snapshot

    def written(self, with_attachment=True):
        header = {"event_id": self.event["event_id"], "sent_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        parts = [line(header)]
        add(parts, {"type": "event", "content_type": "application/json"}, line(self.event))
        if with_attachment and self.snapshot is not None:
            from . import snapshot
            add(parts, {"type": "attachment", "filename": "nevermore.snapshot", "content_type": "application/vnd.nevermore.snapshot+json"},
                snapshot.packed(self.snapshot))
        return gzip.compress(b"\n".join(parts) + b"\n", 5)


def line(value):
    """Surrogates and the like are escaped: what is no UTF-8 would lose the whole envelope."""
    return json.dumps(value, separators=(",", ":"), default=lambda other: "<%s>" % type(other).__name__).encode("ascii")


def add(parts, header, payload):
    parts += [line({**header, "length": len(payload)}), payload]


ABANDONED = []  # connections of the parents of this process


class Sender:
    """Everything is made at first use, and anew in a child of a fork."""

    def __init__(self, dsn):
        self.dsn = dsn
        self.counts = collections.Counter()
        prepare()
        self._renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._in_child)

    def _in_child(self):
        """The parent's connection is given up here and stays open there; its thread is not here, and its number may be another's."""
        self._abandon()
        forget_threads()
        self._renew()

    def _renew(self):
        self._thread = self._queue = self._connection = None
        self._starting = threading.Lock()
        self._until, self._attachments_until, self._bytes = 0, 0, 0

    # --- of the failing thread

    def send(self, envelope):
        """Never waits: the first envelope is written by the thread, those behind it at once, so that memory stays bounded."""
        if time.monotonic() < self._until:
            self.counts["limited"] += 1
            return False
        waiting = self._queue
        if waiting is None:
            waiting = self._queue = queue.SimpleQueue()
        if waiting.qsize() >= WAITING or self._bytes > BYTES:
            self.counts["full"] += 1
            return False
        if waiting.qsize():
            envelope = envelope.written(time.monotonic() >= self._attachments_until)
            self._bytes += len(envelope)
        waiting.put(envelope)
        self._start()
        return True

    def _start(self):
        """After something was put: a thread that ends sees it, or has said before that it ends. Where none can start, `flush` sends."""
        thread = self._thread
        if thread is not None and thread.is_alive() or not self._starting.acquire(blocking=False):
            return
        try:
            thread = threading.Thread(target=self._run, args=(self._queue,), name="nevermore", daemon=True)
            self._thread = thread
            thread.start()
        except RuntimeError:
            self._thread = None
        finally:
            self._starting.release()

    def flush(self, seconds=EXIT):
        """Whether everything that waited was dealt with in this time."""
        waiting = self._queue
        if waiting is None:
            return True
        done = threading.Event()
        waiting.put(done)
        self._start()
        if self._thread is None:
            self._drain(waiting, time.monotonic() + seconds)
        return done.wait(seconds)

    def _drain(self, waiting, until):
        while time.monotonic() < until:
            try:
                self._deal_with(waiting.get_nowait(), max(0.1, until - time.monotonic()))
            except queue.Empty:
                return

    # --- of its own thread

    def _run(self, waiting):
        with unseen():
            self._work(waiting)

    def _work(self, waiting):
        while self._queue is waiting:
            try:
                item = waiting.get(timeout=LINGER)
            except queue.Empty:
                if self._is_over(waiting):
                    return
                continue
            try:
                self._deal_with(item, SECONDS)
            except Exception:
                self.counts["failed"] += 1

    def _is_over(self, waiting):
        """Says that it ends before it looks for the last time, so that nothing put meanwhile is left alone."""
        self._thread = None
        if not waiting.qsize() or not self._starting.acquire(blocking=False):
            return True
        try:
            if self._thread is not None:
                return True
            self._thread = threading.current_thread()
            return False
        finally:
            self._starting.release()

    def _deal_with(self, item, seconds):
        if isinstance(item, threading.Event):
            item.set()
            return
        if type(item) is bytes:
            self._bytes -= len(item)
        if time.monotonic() < self._until:
            self.counts["limited"] += 1
            return
        body = item if type(item) is bytes else item.written(time.monotonic() >= self._attachments_until)
        for attempt in (1, 2):
            try:
                status = self._post(body, seconds)
            except Exception:
                self._close()
                continue
            if status < 500:
                self.counts["sent" if status < 300 else "limited" if status == 429 else "refused"] += 1
                return
        self.counts["failed"] += 1

    def _post(self, body, seconds):
        kind = http.client.HTTPSConnection if self.dsn.scheme == "https" else http.client.HTTPConnection
        connection = self._connection = self._connection or kind(self.dsn.host, self.dsn.port, timeout=seconds)
        connection.request("POST", self.dsn.path, body, {
            "Content-Type": "application/x-sentry-envelope", "Content-Encoding": "gzip", "User-Agent": "nevermore-probe",
            "X-Sentry-Auth": self._authority()})
        answer = connection.getresponse()
        answer.read(65536)
        self._obey(answer)
        if answer.will_close or not answer.isclosed():
            self._close()
        return answer.status

    def _authority(self):
        words = "Sentry sentry_version=7, sentry_client=nevermore-probe, sentry_key=%s" % self.dsn.key
        return words + (", sentry_secret=%s" % self.dsn.secret if self.dsn.secret else "")

    def _obey(self, answer):
        """`X-Sentry-Rate-Limits: 60:error;attachment:organization`, and `Retry-After` of a 429."""
        limits = answer.getheader("X-Sentry-Rate-Limits")
        now = time.monotonic()
        if limits:
            for limit in limits.split(","):
                words = limit.strip().split(":")
                wait, kinds = seconds_of(words[0]), (words[1] if len(words) > 1 else "").split(";")
                if "" in kinds or "error" in kinds:
                    self._until = max(self._until, now + wait)
                if "attachment" in kinds:
                    self._attachments_until = max(self._attachments_until, now + wait)
        elif answer.status == 429:
            self._until = now + seconds_of(answer.getheader("Retry-After"))

    def _abandon(self):
        """Only its number is given back. To close it would wait for the lock of its buffer, which the parent's thread may have held when it
        forked, and so would its end: it is kept."""
        connection, self._connection = self._connection, None
        if connection is not None:
            ABANDONED.append(connection)
            try:
                os.close(connection.sock.detach())
            except Exception:
                pass

    def _close(self):
        connection, self._connection = self._connection, None
        try:
            if connection is not None:
                connection.close()
        except Exception:
            pass


def prepare():
    """Nothing is imported by the thread: a fork in the middle of that would leave its child waiting for the import for ever."""
    global email, http
    import email.utils
    import encodings.idna  # noqa: F401  (of each look-up of a host)
    import http.client


def unseen():
    """What this thread asks for is no work of the service."""
    try:
        from . import work
        return work.sending()
    except Exception:
        return contextlib.nullcontext()


def forget_threads():
    work = sys.modules.get(__package__ + ".work")
    if work is not None:
        work.SENDING.clear()


def seconds_of(text):
    """Of `Retry-After`: a number or a date; a minute where it is neither."""
    try:
        return max(0.0, float(text))
    except (TypeError, ValueError):
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError, IndexError):
        return 60.0
