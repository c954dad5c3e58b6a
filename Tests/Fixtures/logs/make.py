#!/usr/bin/env python3
"""Write one file of log lines with a real library: `make.py KIND`, run in the folder `shop` from elsewhere; the lines come on standard output.

README.md says which KIND made which file, and in which environment.
"""
import json
import logging
import sys

sys.path.insert(0, ".")

from shop import orders, pricing

ORDER = json.load(open("order.json"))
STRANGER = {"number": 992, "customer": "C-9", "lines": ORDER["lines"][:1]}
BEHIND = {"order": lambda: orders.place(ORDER), "customer": lambda: orders.place(STRANGER), "category": lambda: orders.path_of("screws"),
          "cancel": lambda: orders.cancel(ORDER), "rule": lambda: pricing.rule("cents * * 0.9"),
          "all": lambda: orders.place_all([ORDER, STRANGER, {**ORDER, "lines": ORDER["lines"][:2]}])}
THREE = ("order", "customer", "category")


def log_with(handler, names=THREE, said=True):
    """Each failure as a service logs it, with the order beside it."""
    log = logging.getLogger("shop.web")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    for name in names:
        number = {"order": ORDER, "customer": STRANGER}.get(name)
        log.info("POST /orders %s", name)
        try:
            BEHIND[name]()
        except Exception:
            log.exception("POST /orders failed", extra={"order": number} if said and number else None)


def standard(formatter):
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    return handler


def ecs():
    import ecs_logging
    log_with(standard(ecs_logging.StdlibFormatter()))


def python_json_logger():
    try:
        from pythonjsonlogger.json import JsonFormatter
    except ImportError:
        from pythonjsonlogger.jsonlogger import JsonFormatter
    log_with(standard(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s")))


def structlog_with(*processors):
    import structlog
    structlog.configure(processors=[structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso"), *processors,
                                    structlog.processors.JSONRenderer()], logger_factory=structlog.PrintLoggerFactory(sys.stdout))
    log = structlog.get_logger()
    for name in THREE:
        log.info("request", method="POST", path="/orders")
        try:
            BEHIND[name]()
        except Exception:
            log.exception("request failed", method="POST", path="/orders", order={"order": ORDER, "customer": STRANGER}.get(name))


def structlog_text():
    import structlog
    structlog_with(structlog.processors.format_exc_info)


def structlog_tracebacks():
    import structlog
    structlog_with(structlog.processors.dict_tracebacks)


def loguru():
    from loguru import logger
    logger.remove()
    logger.add(sys.stdout, serialize=True)
    for name in THREE:
        logger.info("POST /orders")
        try:
            BEHIND[name]()
        except Exception:
            logger.bind(order={"order": ORDER, "customer": STRANGER}.get(name)).exception("POST /orders failed")


def google_cloud():
    from google.cloud.logging_v2.handlers import StructuredLogHandler
    log = logging.getLogger("shop.web")
    log.addHandler(StructuredLogHandler(stream=sys.stdout, project_id="shop"))
    log.setLevel(logging.INFO)
    log.propagate = False
    for name in THREE:
        log.info("POST /orders")
        try:
            BEHIND[name]()
        except Exception:
            number = {"order": ORDER, "customer": STRANGER}.get(name)
            log.exception("POST /orders failed", extra={"json_fields": {"order": number}} if number else None)


def django():
    """What Django writes by itself while DEBUG is on, from its own test client."""
    import django
    from django.conf import settings
    from django.http import JsonResponse
    from django.test import Client
    from django.urls import path

    def place(request):
        return JsonResponse(orders.place(json.loads(request.body)))

    def category(request, name):
        return JsonResponse({"path": orders.path_of(name)})

    place.__module__ = "shop.views"
    settings.configure(DEBUG=True, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="a key of a fixture")
    sys.modules[__name__].urlpatterns = [path("orders", place), path("categories/<name>", category)]
    django.setup()
    for handler in logging.getLogger("django").handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(sys.stdout)
    client = Client(raise_request_exception=False)
    for order in (ORDER, STRANGER):
        client.post("/orders", json.dumps(order), content_type="application/json")
    client.get("/categories/screws")


def plain():
    """The order is in the line before; the traceback follows its line."""
    log = logging.getLogger("shop.web")
    log.addHandler(standard(logging.Formatter("%(asctime)s %(levelname)s [%(process)d] %(name)s: %(message)s")))
    log.setLevel(logging.INFO)
    for name in sys.argv[2:] or THREE:
        log.info("POST /orders %s", json.dumps(ORDER))
        try:
            BEHIND[name]()
        except Exception:
            log.exception("POST /orders failed")
        log.info("GET /health")


def interleaved():
    """Two processes on one stream, as a container's runtime prefixes each physical line of it."""
    import datetime
    import subprocess
    made = [subprocess.run([sys.executable, __file__, "plain", name], capture_output=True, text=True).stdout.splitlines() for name in ("order", "category")]
    while any(made):
        for position, lines in enumerate(made):
            for line in lines[:3 - position]:
                stamp = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
                print("%s stderr F web-%d | %s" % (stamp, position + 1, line))
            del lines[:3 - position]


def bare():
    """What the interpreter prints when nobody catches it."""
    sys.stderr = sys.stdout
    BEHIND[sys.argv[2]]()


def nevermore():
    from nevermore_probe.logs import Formatter
    log_with(standard(Formatter(release="shop@1.4.2", environment="production")))


def nevermore_ecs():
    from nevermore_probe.logs import Formatter
    log_with(standard(Formatter(names="ecs", release="shop@1.4.2")))


def nevermore_inner():
    import ecs_logging
    from nevermore_probe.logs import Formatter
    log_with(standard(Formatter(inner=ecs_logging.StdlibFormatter(), release="shop@1.4.2")))


def nevermore_plain():
    from nevermore_probe.logs import Formatter
    log_with(standard(Formatter(inner=logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"), release="shop@1.4.2")))


def nevermore_structlog():
    import structlog
    from nevermore_probe.structured import Processor
    structlog_with(Processor(release="shop@1.4.2"), structlog.processors.format_exc_info)


def nevermore_request():
    """Inside a request: the line holds it, with the body that was read."""
    import io
    from nevermore_probe import init, wsgi
    from nevermore_probe.logs import Formatter
    init(release="shop@1.4.2")
    log = logging.getLogger("shop.web")
    log.addHandler(standard(Formatter(release="shop@1.4.2")))
    log.propagate = False

    def application(environ, start_response):
        try:
            return [json.dumps(orders.place(json.load(environ["wsgi.input"]))).encode()]
        except Exception:
            log.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            return [b""]

    body = json.dumps(ORDER).encode()
    wsgi.Middleware(application)({
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": "/orders", "QUERY_STRING": "source=app", "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json", "HTTP_HOST": "shop.example",
        "HTTP_AUTHORIZATION": "Bearer of-no-use", "HTTP_TRACEPARENT": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}, None)


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")]()
