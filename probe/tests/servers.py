"""Real servers for a test run: private, on a free port of the loopback, ended by the process that was started."""
import glob
import http.server
import os
import shutil
import socket
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
        self.process = subprocess.Popen(["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
                                        stdout=subprocess.DEVNULL)
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
