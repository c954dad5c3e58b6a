"""Crash the shop under the SDKs, and keep what their exporters send: production.py OUT_DIR."""

import http.server
import json
import logging
import pathlib
import sys
import threading

import opentelemetry.trace
import sentry_sdk
from opentelemetry.exporter.otlp.json.http._log_exporter import OTLPLogExporter as JSONLogs
from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter as JSONSpans
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from shop.orders import CRASHES

RESOURCE = Resource.create(
    {
        "service.name": "shop",
        "service.version": "1.4.2",
        "deployment.environment.name": "production",
    }
)


class Receiver(http.server.ThreadingHTTPServer):
    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Reception)
        self.folder = folder
        self.count = 0
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def keep(self, path, headers, body):
        about = {
            "path": path,
            "type": headers.get("Content-Type"),
            "encoding": headers.get("Content-Encoding"),
        }
        with self.lock:
            self.count += 1
            (self.folder / f"{self.count:02}.body").write_bytes(body)
            (self.folder / f"{self.count:02}.json").write_text(json.dumps(about))


class Reception(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.keep(self.path, self.headers, body)
        is_json = "json" in (self.headers.get("Content-Type") or "")
        answer = b"{}" if is_json else b""
        self.send_response(200)
        self.send_header("Content-Type", self.headers.get("Content-Type", ""))
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def crash_in_span(exporter, name):
    provider = TracerProvider(resource=RESOURCE)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("shop")
    attributes = {"http.request.method": "GET", "url.path": f"/{name}", "url.query": "day=1"}
    try:
        with tracer.start_as_current_span(
            name, kind=opentelemetry.trace.SpanKind.SERVER, attributes=attributes
        ):
            CRASHES[name]()
    except Exception:
        pass
    provider.shutdown()


def crash_in_log(exporter, name):
    provider = LoggerProvider(resource=RESOURCE)
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    logger = logging.Logger("shop")
    logger.addHandler(LoggingHandler(logger_provider=provider))
    logger.info("serving %s", name)
    try:
        CRASHES[name]()
    except Exception:
        logger.exception("%s failed", name)
    provider.shutdown()


def crash_under_sentry(address, name):
    sentry_sdk.init(
        f"http://key@{address}/1", release="1.4.2", environment="production",
        default_integrations=False, auto_session_tracking=False,
    )
    try:
        CRASHES[name]()
    except Exception:
        sentry_sdk.capture_exception()
    sentry_sdk.flush(20)


def main(folder):
    receiver = Receiver(pathlib.Path(folder))
    host = "127.0.0.1:%d" % receiver.server_port
    traces, logs = f"http://{host}/v1/traces", f"http://{host}/v1/logs"
    for name in CRASHES:
        crash_in_span(OTLPSpanExporter(traces, compression=Compression.NoCompression), name)
        crash_in_span(OTLPSpanExporter(traces, compression=Compression.Gzip), name)
        crash_in_span(JSONSpans(endpoint=traces), name)
        crash_in_log(OTLPLogExporter(logs, compression=Compression.Deflate), name)
        crash_in_log(JSONLogs(endpoint=logs), name)
        crash_under_sentry(host, name)


if __name__ == "__main__":
    main(sys.argv[1])
