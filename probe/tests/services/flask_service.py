"""Flask behind a real server; prints every answer."""
import sys
import threading

import nevermore_probe
from asking import ask, has_probe

if has_probe:
    nevermore_probe.init(release="shop@1")

import logging

from flask import Flask, Response, request, stream_with_context
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
app = Flask("shop")


@app.post("/orders/<int:number>")
def order(number):
    lines = request.get_json()["lines"]
    return str(total(lines, number))


def total(lines, number):
    return sum(line["price"] // line["count"] for line in lines)


@app.get("/stream")
def stream():
    def parts():
        yield "first\n"
        yield "second\n"
        raise LookupError("in the middle")
    return Response(stream_with_context(parts()))


@app.get("/fine")
def fine():
    return {"fine": True}


@app.errorhandler(KeyError)
def missing(error):
    return "missing", 400


server = make_server("127.0.0.1", 0, app, threaded=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = server.server_port
ask(port, "GET", "/fine")
ask(port, "POST", "/orders/7?token=abcdefgh", b'{"lines": [{"price": 3, "count": 0}], "password": "hunter22"}',
    {"Authorization": "Basic Zm9vOmJhcg=="})
ask(port, "POST", "/orders/8", b"{}")
ask(port, "POST", "/orders/9", b"not json")
ask(port, "HEAD", "/fine")
ask(port, "GET", "/stream")
if has_probe:
    nevermore_probe.service.flush(10)
sys.stdout.flush()
