"""What recording adds: nanoseconds for a query, a read of the environment, a UUID, a draw, a call by requests; with and without,
interleaved.

    python benches/record_cost.py [WORD ...]     (only what has one of these words in its name; requests and Flask where they are installed)
"""
import contextlib
import http.server
import os
import pathlib
import random
import sqlite3
import statistics
import sys
import threading
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from nevermore_probe import work  # noqa: E402

ROUNDS = 15


def nanoseconds(task, times, unit):
    """Of CPU for one; with the probe a unit of work ends after ten, so that its ring dies."""
    before = time.thread_time_ns()
    for _ in range(times // 10):
        with unit():
            for _ in range(10):
                task()
    return (time.thread_time_ns() - before) / times


def units():
    """(what stands for a unit of work, what opens one): Sentry's isolation scopes where it is installed."""
    try:
        import sentry_sdk
        return sentry_sdk.get_isolation_scope, sentry_sdk.isolation_scope
    except ImportError:
        return None, contextlib.nullcontext


def database(rows):
    connection = sqlite3.connect(":memory:")
    connection.execute("create table line (id integer primary key, sku text, quantity integer, price real, note text)")
    connection.executemany("insert into line values (?, ?, ?, ?, ?)", [(n, "sku-%d" % n, n, n / 3, None) for n in range(1000)])
    return connection, lambda: connection.execute("select * from line where id < ?", (rows,)).fetchall()


def iterated(connection, rows):
    def task():
        for _ in connection.execute("select * from line where id < ?", (rows,)):
            pass
    return task


def queries(rows, iterate=False):
    connection, task = database(rows)
    return iterated(connection, rows) if iterate else task


def served():
    class Answer(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "11")
            self.end_headers()
            self.wfile.write(b'{"ok":true}')

        def log_message(self, *arguments):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def tasks(server):
    url = "http://127.0.0.1:%d/" % server.server_port
    made = {
        "sqlite3, one row": (lambda: queries(2), 3000), "sqlite3, 20 rows": (lambda: queries(21), 2000),
        "sqlite3, 1000 rows": (lambda: queries(1000), 50), "sqlite3, 1000 rows iterated": (lambda: queries(1000, True), 50),
        "os.environ.get": (lambda: lambda: os.environ.get("HOME"), 5000), "uuid.uuid4": (lambda: lambda: uuid.uuid4(), 3000),
        "random.randint": (lambda: lambda: random.randint(1, 6), 3000),
    }
    try:
        import requests
        session = requests.Session()
        made["requests.get"] = lambda: lambda: session.get(url).content, 100
        made["Flask request, one query"] = lambda: flask_request(), 200
    except ImportError:
        pass
    return made


def flask_request():
    """A request of Flask with Sentry that asks one query; it is a unit of its own, inside that of the bench."""
    import flask
    import sentry_sdk
    if not sentry_sdk.get_client().is_active():
        sentry_sdk.init("http://key@127.0.0.1:1/1", transport=lambda envelope: None)
    connection, task = database(2)
    app = flask.Flask("bench")
    app.add_url_rule("/", "lines", lambda: {"lines": len(task())})
    client = app.test_client()
    return lambda: client.get("/").data


def main():
    server = served()
    scope, unit = units()
    print("%-28s %12s %12s %12s" % ("ns of CPU", "without", "with", "added"))
    wanted = sys.argv[1:]
    for name, (make, times) in tasks(server).items():
        if wanted and not any(word in name for word in wanted):
            continue
        without, added = [], []
        for _ in range(ROUNDS):
            work.uninstall()
            plain = make()
            work.install(scope=scope)
            recorded = make()
            work.uninstall()
            plain(), without.append(nanoseconds(plain, times, unit))
            work.install(scope=scope)
            recorded(), added.append(nanoseconds(recorded, times, unit))
        low, high = statistics.median(without), statistics.median(added)
        print("%-28s %12.0f %12.0f %12.0f" % (name, low, high, high - low))
    server.shutdown()


if __name__ == "__main__":
    main()
