"""Real servers for a test run: private, on a free port of the loopback, ended by the process that was started."""
import glob
import http.server
import itertools
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import zlib


def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Postgres:
    """A cluster of its own; as root it runs as an unprivileged user."""

    def __init__(self):
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.folder = tempfile.mkdtemp(prefix="nevermore-postgres-")
        self.port = port()
        self.who = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
        if self.who:
            os.chown(self.folder, 65534, 65534)
        data = os.path.join(self.folder, "data")
        self.run("initdb", "-D", data, "-U", "shop", "-A", "trust", "-N", "-E", "UTF8")
        self.run("pg_ctl", "-D", data, "-w", "-l", os.path.join(self.folder, "log"),
                 "-o", "-p %d -k %s -c fsync=off -c listen_addresses=127.0.0.1" % (self.port, self.folder), "start")
        self.data = data

    def run(self, program, *arguments):
        subprocess.run([*self.who, os.path.join(self.bin, program), *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd=self.folder)

    def close(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class Mariadb:
    """A server of its own; as root it runs as an unprivileged user."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="nevermore-mariadb-")
        self.port = port()
        who = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
        if who:
            os.chown(self.folder, 65534, 65534)
        data = ["--no-defaults", "--datadir=" + os.path.join(self.folder, "data")]
        subprocess.run([*who, "mariadb-install-db", *data, "--auth-root-authentication-method=normal", "--skip-test-db"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
        self.process = subprocess.Popen(
            [*who, shutil.which("mariadbd") or "/usr/sbin/mariadbd", *data, "--port=%d" % self.port, "--bind-address=127.0.0.1",
             "--socket=" + os.path.join(self.folder, "socket"), "--pid-file=" + os.path.join(self.folder, "pid")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis:
    def __init__(self):
        self.port = port()
        program = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(program, stdout=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)

    def close(self):
        self.process.terminate()
        self.process.wait()


class Web:
    """Answers by path: /json, /gzip, /big, /moved, /missing, /lines; everything else is a short text."""

    def __init__(self):
        self.server = Quiet(("127.0.0.1", 0), Answers)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = "http://127.0.0.1:%d" % self.server.server_port

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        """Clients of these tests go away in the middle."""


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        status = {"/missing": 404, "/moved": 302}.get(path, 200)
        body = {"/json": b'{"price": 12}', "/big": b"x" * 200_000, "/lines": b"one\ntwo\nthree\n" * 1000, "/moved": b""}.get(path, b"plain")
        headers = {"X-Answer": "yes"}
        if path == "/gzip":
            packer = zlib.compressobj(wbits=31)
            body = packer.compress(b'{"packed": true}') + packer.flush()
            headers["Content-Encoding"] = "gzip"
        if path == "/moved":
            headers["Location"] = "/json"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *arguments):
        pass


class Patient(Web):
    """What is asked is told in `asked`. /pieces?NAME and /silent?NAME go on when /next?NAME was asked for."""

    def __init__(self, certificate=None):
        self.asked, self.released, self.connections, outer = [], {}, itertools.count(1), self
        self.lock = threading.Lock()

        class Bound(InPieces):
            web = outer
        self.server = Quiet(("127.0.0.1", 0), Bound)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = "http%s://127.0.0.1:%d" % ("s" if certificate else "", self.server.server_port)

    def event(self, name):
        with self.lock:
            return self.released.setdefault(name, threading.Event())

    def told(self):
        """What was asked since the last time."""
        with self.lock:
            asked, self.asked = self.asked, []
        return sorted(asked)


class InPieces(Answers):
    web = None

    def setup(self):
        super().setup()
        self.number = next(self.web.connections)

    def do_GET(self):
        path, _, name = self.path.partition("?")
        if path != "/next":
            with self.web.lock:
                self.web.asked.append((self.command, path, sorted(self.headers.items())))
        act = {"/pieces": self.pieces, "/next": self.next, "/cut": self.cut, "/silent": self.silent, "/connection": self.connection,
               "/loop": self.loop}.get(path)
        if act is None:
            return super().do_GET()
        act(name)

    def whole(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in {"X-Answer": "yes", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def connection(self, name):
        self.whole(b"%d" % self.number)

    def loop(self, name):
        self.whole(b"", 302, Location="/loop")

    def next(self, name):
        self.web.event(name).set()
        self.whole(b"")

    def pieces(self, name):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"4\r\none\n\r\n")
        self.wfile.flush()
        self.web.event(name).wait(30)
        self.wfile.write(b"4\r\ntwo\n\r\n0\r\n\r\n")

    def cut(self, name):
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"short")
        self.close_connection = True

    def silent(self, name):
        """Until the client goes away."""
        self.connection_ended = self.rfile.read(1)
        self.close_connection = True


def certificate(folder):
    """A file with a certificate that nobody knows, and its key."""
    key, public, both = (os.path.join(folder, name) for name in ("key", "public", "both"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", key,
                    "-out", public], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(both, "w") as file:
        for part in (key, public):
            with open(part) as read:
                file.write(read.read())
    return both
