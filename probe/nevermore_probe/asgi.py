"""Middleware for ASGI: begins and ends the unit of work, keeps what is received of the body, and changes nothing of the answer."""
from urllib.parse import quote

from . import slots
from .units import Request, current, words
from .service import begin, end, report
from .patches import without_frame


class Middleware:
    """`application = nevermore_probe.asgi.Middleware(application)`; every other attribute is the application's."""

    def __init__(self, application):
        self.application = application

    async def __call__(self, scope, receive, send):
        try:
            return await answered(self.application, scope, receive, send, "asgi")
        except BaseException as error:
            without_frame(error)
            raise

    def __getattr__(self, name):
        return getattr(self.__dict__["application"], name)


async def answered(application, scope, receive, send, mechanism):
    request = entered(scope)
    if request is None:
        try:
            return await application(scope, receive, send)
        except BaseException as error:
            without_frame(error)
            raise

    async def received():
        try:
            message = await receive()
        except BaseException as error:
            without_frame(error)
            raise
        if type(message) is dict and message.get("type") == "http.request":
            request.read(message.get("body"))
        return message

    unit = begin(request)
    try:
        return await application(scope, received, send)
    except BaseException as error:
        without_frame(error)
        name_route(request, scope)
        report(error, mechanism)
        raise
    finally:
        end(unit)


def entered(scope):
    """`None` for an application inside another one, and for what is no request."""
    try:
        if scope.get("type") not in ("http", "websocket"):
            return None
        now = current.get()
        if now is not None and now.key is scope.get("headers"):
            return None
        return of_scope(scope)
    except Exception:
        return None


def name_route(request, scope):
    """The pattern of the address, where a router has left it."""
    try:
        found = slots.field(scope.get("route"), "path")
        request.route = found if type(found) is str else None
    except Exception:
        pass


def of_scope(scope):
    headers = [[words(name), words(value)] for name, value in scope.get("headers") or ()]
    host = next((value for name, value in headers if name.lower() == "host"), "")
    if not host and scope.get("server"):
        host = "%s:%s" % tuple(scope["server"])
    path = words(scope.get("raw_path")) or quote(words(scope.get("path")))
    url = "%s://%s%s" % (words(scope.get("scheme")) or "http", host, path)
    return Request(words(scope.get("method")) or "GET", url, words(scope.get("query_string")), headers, scope.get("headers"))
