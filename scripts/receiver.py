"""The place on loopback where a sender's envelopes arrive, as a Sentry server would take them.

As a program, `receiver.py FOLDER [PORT]` writes each event that arrives to FOLDER until it is stopped: the DSN for it is
`http://key@127.0.0.1:9900/1`.
"""

from __future__ import annotations

import gzip
import http.server
import json
import pathlib
import queue
import sys
import threading
import zlib

from processes import DemoError


def decoded(body, encoding):
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "deflate":
        return zlib.decompress(body)
    if encoding == "br":
        import brotli  # the sender compresses so only where this package is installed

        return brotli.decompress(body)
    return body


def event_in(envelope):
    """The event of an envelope, or None."""
    rest = envelope.partition(b"\n")[2]
    while rest.strip():
        line, _, rest = rest.partition(b"\n")
        header = json.loads(line)
        length = header.get("length")
        payload = rest.partition(b"\n")[0] if length is None else rest[:length]
        rest = rest[len(payload) :].lstrip(b"\n")
        if header.get("type") == "event":
            return json.loads(payload)
    return None


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps each envelope that holds an event in a file, in the order of arrival."""

    daemon_threads = True

    def __init__(self, folder, port=0):
        super().__init__(("127.0.0.1", port), Reception)
        self.folder = folder
        self.count = 0
        self.lock = threading.Lock()
        self.arrivals = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def keep(self, envelope):
        event = event_in(envelope)
        if event is not None:
            with self.lock:
                self.count += 1
                path = self.folder / f"{self.count:02}.envelope"
                path.write_bytes(envelope)
                self.arrivals.put((path, event))
        return event

    def next_event(self):
        try:
            return self.arrivals.get(timeout=20)
        except queue.Empty:
            raise DemoError("no event arrived within 20 s of a failing request") from None


class Reception(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        event = self.server.keep(decoded(body, self.headers.get("Content-Encoding", "")))
        answer = json.dumps({"id": (event or {}).get("event_id")}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def main(folder, port="9900"):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    receiver = Receiver(folder, int(port))
    receiver.count = sum(1 for _ in folder.glob("*.envelope"))
    while True:
        path, event = receiver.arrivals.get()
        values = (event.get("exception") or {}).get("values") or [{}]
        print(path, values[-1].get("type", ""), flush=True)


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: receiver.py FOLDER [PORT]")
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        pass
