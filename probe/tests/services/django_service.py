"""Django behind the standard library's server, and as an ASGI application; prints every answer."""
import asyncio
import sys
import threading
import wsgiref.simple_server

import nevermore_probe
from asking import ask, has_probe

if has_probe:
    nevermore_probe.init(release="shop@1")

import django
from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50, USE_TZ=True, LOGGING={
    "version": 1, "disable_existing_loggers": False, "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR"}}})
django.setup()


def order(request, number):
    import json
    return HttpResponse(str(total(json.loads(request.body)["lines"], number)))


def total(lines, number):
    return sum(line["price"] // line["count"] for line in lines)


def fine(request):
    return JsonResponse({"fine": True})


def stream(request):
    return StreamingHttpResponse(iter([b"first\n", b"second\n"]))


urlpatterns = [path("orders/<int:number>", order), path("fine", fine), path("stream", stream)]

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application


class Quiet(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


server = wsgiref.simple_server.make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = server.server_port
ask(port, "GET", "/fine")
ask(port, "POST", "/orders/7", b'{"lines": [{"price": 3, "count": 0}]}')
ask(port, "GET", "/stream")
ask(port, "GET", "/nowhere")


async def asynchronously():
    sent, body = [], b'{"lines": [{"price": 3, "count": 0}]}'
    messages = [{"type": "http.request", "body": body[:10], "more_body": True}, {"type": "http.request", "body": body[10:]}]

    async def receive():
        if messages:
            return messages.pop(0)
        await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    await get_asgi_application()({"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
                                  "path": "/orders/8", "raw_path": b"/orders/8", "query_string": b"", "root_path": "",
                                  "headers": [(b"host", b"shop.example"), (b"content-type", b"application/json")]}, receive, send)
    print(sent)


asyncio.run(asynchronously())
if has_probe:
    nevermore_probe.service.flush(10)
sys.stdout.flush()
