"""Celery: tasks that are run in place, and by a real worker with a broker in memory."""
import logging
import sys

import nevermore_probe
from asking import has_probe

if has_probe:
    nevermore_probe.init(release="shop@1")

from celery import Celery
from celery.contrib.testing.worker import start_worker

logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
app = Celery("shop", broker="memory://", backend="cache+memory://")
app.conf.update(task_always_eager="eager" in sys.argv, worker_hijack_root_logger=False, worker_log_color=False)


class Refused(Exception):
    pass


@app.task(name="shop.charge")
def charge(lines, card_token):
    return sum(line["price"] // line["count"] for line in lines)


@app.task(name="shop.refuse", throws=(Refused,))
def refuse():
    raise Refused("expected")


@app.task(name="shop.retry", bind=True, max_retries=1, default_retry_delay=0)
def retried(self):
    if self.request.retries == 0:
        raise self.retry(countdown=0)
    return "at last"


def run():
    answers = [charge.apply_async(args=([{"price": 3, "count": 0}], "tok_live")),
               charge.apply_async(args=([{"price": 4, "count": 2}], "t")),
               refuse.apply_async(), retried.apply_async()]
    for answer in answers:
        print(repr(answer.get(timeout=20, propagate=False)), answer.state, flush=True)


if "eager" in sys.argv:
    run()
else:
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
        run()
if has_probe:
    nevermore_probe.service.flush(10)
