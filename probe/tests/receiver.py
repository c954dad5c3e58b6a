"""A tiny Sentry: a server on the loopback that stores what it is sent."""
import gzip
import http.server
import json
import threading


class Receiver:
    """`answers` are pairs of status and headers that are given in turn; the last one stays."""

    def __init__(self, answers=((200, {}),)):
        self.bodies, self.headers, self.paths, self.arrived = [], [], [], threading.Condition()
        self.answers = list(answers)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.arrived:
                    outer.bodies.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
                    outer.headers.append(dict(self.headers))
                    outer.paths.append(self.path)
                    status, headers = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                    outer.arrived.notify_all()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *arguments):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.dsn = "http://key@127.0.0.1:%d/42" % self.server.server_port

    def wait(self, count, seconds=10):
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.bodies) >= count, seconds)
            return self.envelopes()

    def envelopes(self):
        return [items(body) for body in self.bodies]

    def events(self):
        return [payload for envelope in self.envelopes() for header, payload in envelope[1:] if header["type"] == "event"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        """Clients of these tests go away in the middle."""


def items(body):
    """The header, then pairs of an item's header and payload."""
    line, _, rest = body.partition(b"\n")
    found = [json.loads(line)]
    while rest:
        line, _, rest = rest.partition(b"\n")
        header = json.loads(line)
        payload, rest = rest[:header["length"]], rest[header["length"] + 1:]
        found.append((header, json.loads(payload) if header["type"] == "event" else payload))
    return found
