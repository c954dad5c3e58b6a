"""What production did, for each place. Run in the service's own process: nothing of this is in the repository under test."""
import importlib
import io
import json
import os
import sqlite3
import threading
import wsgiref.util
from http.server import BaseHTTPRequestHandler, HTTPServer


def call(module, function, args=(), options=None):
    return getattr(importlib.import_module(module), function)(*args, **(options or {}))


def content(text):
    from ledger import lines
    return lines.amounts_of(text.encode())


def receiver(owner, access, notes):
    from ledger.posting import Account
    account = Account(owner, access, notes)
    account.add(12.5)
    account.add(None)
    return account.closed()


def records(owners):
    from ledger.posting import Entry, Owner, total_of
    entries = [Entry(Owner(name, reach, access), 3.5, tuple(reach)) for name, reach, access in owners]
    entries[-1].amount = None
    return total_of(entries)


def request(**given):
    """One request as a server hands it over, so that the whole environment is ours."""
    from desk.app import create_app
    environ = {"REQUEST_METHOD": given.get("method", "GET"), "PATH_INFO": given.get("path", "/"), "QUERY_STRING": given.get("query", ""),
               "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "desk.internal", "SERVER_PORT": "80", **given.get("environ", {})}
    wsgiref.util.setup_testing_defaults(environ)
    body = given.get("body", "").encode()
    environ.update({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": given.get("type", "")})
    environ.update({"HTTP_" + name.upper().replace("-", "_"): value for name, value in given.get("headers", {}).items()})
    return list(create_app()(environ, lambda *_: None))


def rows():
    """They are there already: another process has written them."""
    from depot import stock
    return stock.parcels(sqlite3.connect("depot.sqlite"))


def answer(body, path):
    from depot import stock

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return stock.announced(f"http://127.0.0.1:{server.server_address[1]}{path}")


def environment(variables):
    os.environ.update(variables)
    from depot import stock
    return stock.limit()


def kept(key, value):
    """Redis's own protocol, spoken by a server that knows one key: nothing has to be installed for it."""
    import redis

    from depot import stock
    import socketserver

    class Speaking(socketserver.StreamRequestHandler):
        def handle(self):
            while True:
                head = self.rfile.readline()
                if not head:
                    return
                words = [self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2] for _ in range(int(head[1:]))]
                held = json.dumps(value).encode()
                self.wfile.write(b"$%d\r\n%s\r\n" % (len(held), held) if words[0].upper() == b"GET" else b"+OK\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaking)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = redis.Redis(host="127.0.0.1", port=server.server_address[1], protocol=2)
    return stock.kept(client, key)


def owners(owners, name):
    from depot import stock
    stock.OWNERS.update(owners)
    return stock.by_owner(name)


def logged(message, words, module, function, args):
    import logging
    import traceback
    try:
        call(module, function, args)
    except Exception:
        logging.getLogger("ledger").exception(message + "\n%s", *words, traceback.format_exc())


def written(source):
    """A caller of the service whose own lines hold literals; it lives beside the service, and is not in its repository."""
    with open("nightly.py", "w") as file:
        file.write(source)
    import nightly
    return nightly.run()
