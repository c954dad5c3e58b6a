"""Flask, Starlette (with FastAPI) and Django, where they are imported: the entry of their application, and their signal of a failure."""
import functools
import sys

from . import asgi, slots, wsgi
from .arrivals import when_imported
from .units import current
from .service import report
from .patches import without_frame


def install():
    when_imported("flask.app", flask)
    when_imported("starlette.applications", starlette)
    when_imported("django.core.handlers.wsgi", django_wsgi)
    when_imported("django.core.handlers.asgi", django_asgi)


def around_wsgi(cls, mechanism):
    previous = cls.__call__

    @functools.wraps(previous)
    def __call__(self, environ, start_response):
        try:
            return wsgi.answered(functools.partial(previous, self), environ, start_response, mechanism)
        except BaseException as error:
            without_frame(error)
            raise

    cls.__call__ = __call__


def around_asgi(cls, mechanism):
    previous = cls.__call__

    @functools.wraps(previous)
    async def __call__(self, scope, receive, send):
        try:
            return await asgi.answered(functools.partial(previous, self), scope, receive, send, mechanism)
        except BaseException as error:
            without_frame(error)
            raise

    cls.__call__ = __call__


def starlette(module):
    around_asgi(module.Starlette, "starlette")


def flask(module):
    around_wsgi(module.Flask, "flask")
    from flask.signals import got_request_exception
    got_request_exception.connect(flask_failed, weak=False)


def flask_failed(sender, exception=None, **rest):
    """What Flask answers with a page of its own never leaves the application."""
    name_route(lambda: slots.field(flask_request(), "url_rule"), "rule")
    report(exception, "flask")


def flask_request():
    from flask.globals import request
    return request._get_current_object()


def django_wsgi(module):
    around_wsgi(module.WSGIHandler, "django")
    django_signal()


def django_asgi(module):
    around_asgi(module.ASGIHandler, "django")
    django_signal()


def django_signal():
    from django.core.signals import got_request_exception
    got_request_exception.connect(django_failed, weak=False, dispatch_uid="nevermore")


def django_failed(sender, request=None, **rest):
    name_route(lambda: slots.field(request, "resolver_match"), "route")
    report(sys.exc_info()[1], "django")


def name_route(find, name):
    """The pattern of the address, as the transaction's name."""
    try:
        unit = current.get()
        if unit is not None:
            found = slots.field(find(), name)
            unit.route = found if type(found) is str else None
    except Exception:
        pass
