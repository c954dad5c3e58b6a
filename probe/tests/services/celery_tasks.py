"""Tasks for a worker of their own process: `python celery_tasks.py FOLDER PROBE worker …`, and `… ask` for who sends them.

PROBE is `none`, `alone` or `sentry`. The broker and the results are folders.
"""
import os
import sys

folder, how = sys.argv[1:3]
if how == "alone":
    import nevermore_probe
    nevermore_probe.init(release="shop@1")
elif how.startswith("sentry"):
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    found = [CeleryIntegration()]
    if how == "sentry":
        from nevermore_probe.sentry import NevermoreIntegration
        found.append(NevermoreIntegration())
    sentry_sdk.init(dsn=os.environ["SHOP_DSN"], integrations=found, release="shop@1")

from celery import Celery  # noqa: E402

app = Celery("shop", broker="filesystem://", backend="file://" + os.path.join(folder, "results"))
app.conf.update(
    broker_transport_options={"data_folder_in": os.path.join(folder, "queue"), "data_folder_out": os.path.join(folder, "queue"),
                              "control_folder": os.path.join(folder, "control"), "polling_interval": 0.05},
    worker_hijack_root_logger=False, worker_enable_remote_control=False, task_store_errors_even_if_ignored=True,
    broker_connection_retry_on_startup=False)


class Refused(Exception):
    pass


def total(lines):
    return sum(line["price"] // line["count"] for line in lines)


@app.task(name="shop.charge")
def charge(lines, card_token):
    return total(lines)


@app.task(name="shop.refuse", throws=(Refused,))
def refuse():
    raise Refused("expected")


@app.task(name="shop.again", bind=True, max_retries=2)
def again(self, count):
    if self.request.retries < count:
        raise self.retry(countdown=0, exc=KeyError("too often"))
    return self.request.retries


@app.task(name="shop.read")
def read(name):
    """What a task before it read does not belong to it."""
    return len(os.environ[name])


def ask():
    asked = [charge.delay([{"price": 4, "count": 2}], "tok_live"), charge.delay([{"price": 3, "count": 0}], "tok_live"), refuse.delay(),
             again.delay(2), again.delay(3), read.delay("SHOP_NOTHING"), charge.delay([{"price": 9, "count": 3}], "tok_live")]
    for each in asked:
        answer = each.get(timeout=60, interval=0.05, propagate=False)
        told = (each.traceback or "").count("File ") if sys.version_info >= (3, 11) else None  # before, the interpreter puts frames back
        print(repr(answer), each.state, told, flush=True)


if sys.argv[3] == "ask":
    ask()
else:
    app.worker_main(sys.argv[3:])
