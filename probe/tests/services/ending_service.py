"""A service that forks and ends while requests are on their way: threads that nobody waits for, handlers at exit, and what goes last."""
import atexit
import logging
import os
import sys
import threading

from asking import has_probe

if has_probe:
    import nevermore_probe
    nevermore_probe.init(release="shop@1")

import asyncio  # noqa: E402
import multiprocessing  # noqa: E402
import urllib.request  # noqa: E402
import uuid  # noqa: E402

try:
    import aiohttp
    import httpx
    import requests
except ImportError:
    aiohttp = httpx = requests = None

url = sys.argv[3]
begun = threading.Semaphore(0)
logging.basicConfig(format="%(levelname)s %(message)s")


def by_library():
    with urllib.request.urlopen(url + "/json") as answer:
        return answer.read()


def by_requests():
    return requests.get(url + "/json").content


def by_httpx():
    return httpx.get(url + "/json", verify=False).content


def by_aiohttp():
    async def get():
        async with aiohttp.ClientSession() as session, session.get(url + "/json") as answer:
            return await answer.read()
    return asyncio.run(get())


WAYS = [by_library] + ([by_requests, by_httpx, by_aiohttp] if requests else [])


def all_ways(label):
    for way in WAYS:
        print(label, way.__name__, way(), flush=True)


def never():
    """An answer that does not come: the thread is in the middle of it when the process ends."""
    begun.release()
    urllib.request.urlopen(url + "/silent").read()


def never_by_requests():
    begun.release()
    requests.get(url + "/silent", stream=True)


def over_and_over():
    while True:
        begun.release()
        by_library()
        uuid.uuid4(), os.environ.get("HOME")


class Last:
    """Asks when hardly anything is left."""
    # what its own functions need is kept here: of the modules, it may be gone

    def __del__(self, by_library=by_library, print=print, environ=os.environ, uuid4=uuid.uuid4):
        try:
            print("last", by_library(), "HOME" in environ, len(str(uuid4())), flush=True)
        except Exception as error:
            print("last", type(error).__name__, error, flush=True)


def failing():
    try:
        return {"a": 1}["b"]
    except KeyError:
        logging.exception("a failure, so that something is sent")


def in_child(label):
    all_ways(label)
    failing()


def forked():
    child = os.fork()
    if child == 0:
        status = 1
        try:
            in_child("child")
            status = 0
        finally:
            os._exit(status)
    print("forked", os.waitpid(child, 0)[1], flush=True)
    process = multiprocessing.get_context("fork").Process(target=in_child, args=("process",))
    process.start()
    process.join()
    print("process", process.exitcode, flush=True)


def late():
    all_ways("at exit")
    failing()


atexit.register(late)
failing()
all_ways("first")
threads = [never, over_and_over] + ([never_by_requests] if requests else [])
for each in threads:
    threading.Thread(target=each, daemon=True).start()
for _ in threads:
    begun.acquire()
if hasattr(os, "fork"):
    forked()
waited = threading.Thread(target=all_ways, args=("thread",))
last = Last()
sys.last_of_all = Last()
waited.start()
if sys.argv[1] == "error":
    raise ValueError("the end")
if sys.argv[1] == "exit":
    sys.exit(3)
