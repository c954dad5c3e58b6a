"""A small shop under Flask or FastAPI, with the integration for Sentry alone: the program of test_service.py, in a process of its own.

It is asked for an order that fails, `total` is armed, it is asked once more, and it writes the two attachments. Every text with `plant` in
it is a secret.
"""
import http.server
import json
import os
import sqlite3
import sys
import threading
import time
import urllib.request

framework, folder = sys.argv[1:3]
sys.path.insert(0, sys.argv[3])

import sentry_sdk
from sentry_sdk.transport import Transport

from nevermore_probe import NevermoreIntegration

SECRET_SALT = "plant-global"
RATES = {"EUR": 2}
SENT = []


class Kept(Transport):
    def capture_envelope(self, envelope):
        SENT.extend(item.get_bytes() for item in envelope.items if item.headers.get("type") == "attachment")


class Prices(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        content = b'{"price": 12, "refresh_token": "plant-answer"}'
        self.send_response(200)
        self.send_header("Set-Cookie", "session=plant-set-cookie")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


os.environ.update(SHOP_API_KEY="plant-environment", SHOP_DATABASE_URL="postgres://shop:plant-url@db/1", SHOP_CURRENCY="EUR")
os.environ["NEVERMORE_ARMED"] = os.path.join(folder, "armed.json")
sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=Kept, release="r1", integrations=[NevermoreIntegration(seconds=10)])

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Prices)
threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
database = sqlite3.connect(":memory:", check_same_thread=False)
database.execute("create table client (id integer, name text, password text)")
database.execute("insert into client values (1, 'ada', 'plant-row')")


class Cart:
    def __init__(self, owner, access_token):
        self.owner, self.access_token, self.lines = owner, access_token, []


def total(cart, amount, password):
    cart.lines.append(amount)
    amount = amount - len(cart.lines)
    return amount // 0


def order(given):
    os.environ["SHOP_API_KEY"], os.environ["SHOP_DATABASE_URL"]
    currency = os.getenv("SHOP_CURRENCY")
    row = database.execute("select id, name, password from client where id = ?", (given["client"],)).fetchone()
    database.execute("update client set password = ? where id = ?", ("plant-parameter", 2))
    database.execute("update client set password = 'plant-literal' where id = 2")
    url = "http://127.0.0.1:%d/price?api_key=plant-query&item=7" % server.server_port
    with urllib.request.urlopen(urllib.request.Request(url, headers={"X-Api-Key": "plant-header"})) as answer:
        price = json.loads(answer.read())["price"]
    note("redis", command=["HSET", "user:1", "token", "plant-command"], answer=1)
    note("redis", command=["GET", "session:1"], answer=b"plant-session")
    headers = [("Authorization", "plant-pair"), (b"x-api-key", b"plant-bytes")]
    key = "AKIA" + "PLANTPLANTPLANT1"
    cart = Cart(row[1], "plant-field")
    assert RATES[currency] and SECRET_SALT and headers and key
    return total(cart, price, "plant-argument")


from nevermore_probe import armed
from nevermore_probe.work import note

SENT_BODY = {"client": 1, "password": "plant-body"}
GIVEN = {"Authorization": "Bearer plant-bearer-0123456789", "Cookie": "sessionid=plant-cookie", "X-Api-Key": "plant-request-header"}
PATH = "/orders?token=plant-request-query&n=1"

if framework == "flask":
    import flask

    application = flask.Flask("shop")
    application.config["SECRET_KEY"] = "plant-setting"
    application.config["CURRENCY"] = "EUR"
    application.logger.disabled = True
    application.add_url_rule("/orders", "orders", lambda: flask.jsonify(order(flask.request.get_json())), methods=["POST"])

    def ask():
        return application.test_client().post(PATH, json=SENT_BODY, headers=GIVEN).status_code
else:
    import asyncio

    import fastapi

    application = fastapi.FastAPI()

    @application.post("/orders")
    def orders(given: dict, request: fastapi.Request):
        return order(given)

    async def asked():
        body, status = json.dumps(SENT_BODY).encode(), []
        path, _, query = PATH.partition("?")
        headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        headers += [(name.lower().encode(), value.encode()) for name, value in GIVEN.items()]

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            if message["type"] == "http.response.start":
                status.append(message["status"])
        try:
            await application({"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path,
                               "raw_path": path.encode(), "root_path": "", "scheme": "http", "query_string": query.encode(),
                               "client": ("127.0.0.1", 1), "server": ("localhost", 80), "headers": headers}, receive, send)
        except ZeroDivisionError:
            pass
        return status[0]

    def ask():
        return asyncio.run(asked())

assert ask() == 500
with open(os.path.join(folder, "armed.json"), "w") as file:
    json.dump({"nevermore": 1, "seconds": 300, "functions": [
        {"file": "tests/shop_service.py", "function": "total", "until": time.time() + 300}]}, file)
armed.armed.due = armed.armed.file_due = 0.0  # some seconds later
armed.look()
assert ask() == 500
for number, content in enumerate(SENT):
    with open(os.path.join(folder, "%d.snapshot" % number), "wb") as file:
        file.write(content)
