"""A program without a framework: logs, threads, an event loop, and what ends it."""
import asyncio
import gc
import logging
import sys
import threading

import nevermore_probe
from asking import has_probe

if has_probe:
    nevermore_probe.init(release="shop@1")

logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
log = logging.getLogger("shop")


def total(lines):
    return sum(price // count for price, count in lines)


try:
    total([(3, 0)])
except ZeroDivisionError:
    log.exception("order %s failed", 7)
    log.warning("again", exc_info=True)
log.error("no exception here")
log.error("cannot be %d formatted", "x")


class Broken(logging.Handler):
    def emit(self, record):
        try:
            raise RuntimeError("the handler's own")
        except RuntimeError:
            self.handleError(record)


broken = logging.getLogger("broken")
broken.addHandler(Broken())
broken.propagate = False
try:
    total([(4, 0)])
except ZeroDivisionError:
    broken.exception("to a broken handler")

thread = threading.Thread(target=total, args=([(5, 0)],), name="worker")
thread.start()
thread.join()
thread = threading.Thread(target=sys.exit, args=(3,), name="exiting")
thread.start()
thread.join()


async def forgotten():
    raise LookupError("nobody awaits this")


async def main():
    asyncio.get_running_loop().create_task(forgotten()).set_name("forgotten")
    await asyncio.sleep(0.01)
    gc.collect()
    cancelled = asyncio.get_running_loop().create_task(asyncio.sleep(60))
    await asyncio.sleep(0)
    cancelled.cancel()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: print("own handler", context["message"], flush=True))
    asyncio.get_running_loop().call_soon(total, [(6, 0)])
    await asyncio.sleep(0.01)


asyncio.run(main())
try:
    total([(8, 0)])
except ZeroDivisionError as error:
    try:
        log.exception("seen by the log, then raised")
        raise
    finally:
        pass
