"""A small shop that is imported from a file, and what arms its functions, for the tests of armed functions."""
import importlib
import json
import os
import shutil
import sys
import tempfile
import time
import unittest

from nevermore_probe import armed, guard

SHOP = '''
import asyncio
import contextlib
import functools


def announced(function):
    @functools.wraps(function)
    def wrapper(*arguments, **options):
        return function(*arguments, **options)
    return wrapper


def add(lines, tax=1, *rest, extra=None, **options):
    """Adds."""
    lines.append("mutated")
    lines = None
    raise KeyError("add")


class Cart:
    limit = 3

    def __init__(self, owner):
        self.owner = owner
        self.lines = []

    def total(self, discount):
        self.owner = "changed"
        self.lines.append(discount)
        return 1 // discount

    @announced
    def decorated(self, amount):
        amount = None
        raise ValueError("decorated")

    @staticmethod
    def fixed(amount):
        amount = None
        raise ValueError("fixed")

    @classmethod
    def made(cls, amount):
        amount = None
        raise ValueError("made")

    @property
    def weight(self):
        self.owner = "weighed"
        raise ValueError("weight")


def outer(bound):
    def inner(item):
        item = bound
        raise ValueError("inner")
    return inner


living = outer("bound")


def depth(count, seen):
    seen.append(count)
    if not count:
        raise ValueError("deep")
    depth(count - 1, seen)


def lines(start):
    start.append("first")
    while True:
        got = yield len(start)
        start.append(got)
        if got is None:
            raise ValueError("lines")


async def fetch(key, pause):
    key.append("fetched")
    await asyncio.sleep(pause)
    raise ValueError("fetch")


async def stream(items):
    items.append("streamed")
    yield 1
    raise ValueError("stream")


def quiet(order):
    while order:
        order = order - 1
    return order


def catches(order):
    try:
        order = order[0]
        with contextlib.suppress(ZeroDivisionError):
            return 1 // 0
    except TypeError:
        return "caught"
    finally:
        order = None
    return [x for x in range(3) for _ in "ab"]


def captured(amount):
    def see():
        return amount
    amount = amount + 1
    raise ValueError(see())


@functools.lru_cache(maxsize=None)
def remembered(amount):
    amount = None
    raise ValueError("remembered")
'''


class Settings:
    armed = None


class Shop(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        os.mkdir(os.path.join(self.folder, "shop"))
        with open(os.path.join(self.folder, "shop", "cart.py"), "w") as file:
            file.write(SHOP)
        sys.path.insert(0, self.folder)
        self.addCleanup(sys.path.remove, self.folder)
        self.addCleanup(self.forget)
        importlib.invalidate_caches()
        self.faults = guard.FAILED["count"]

    def forget(self):
        armed.remove()
        for name in ("shop", "shop.cart"):
            sys.modules.pop(name, None)

    def shop(self):
        return importlib.import_module("shop.cart")

    def list(self, *names, file="shop/cart.py", until=600, **more):
        listed = [{"file": file, "function": name, "until": time.time() + until, "failure": "ad1d78612f1f"} for name in names]
        self.write(json.dumps({"nevermore": 1, "functions": listed, "rate": 1000, "seconds": 900, **more}))

    def write(self, text):
        self.path = os.path.join(self.folder, "armed.json")
        with open(self.path + ".new", "w") as file:
            file.write(text)
        os.replace(self.path + ".new", self.path)

    def arm(self, *names, **more):
        shop = self.shop()
        self.list(*names, **more)
        Settings.armed = self.path
        armed.install(Settings)
        return shop

    def look(self):
        """As later as it takes until a look is due."""
        armed.armed.due = armed.armed.file_due = 0.0
        armed.look()

    def entries(self, call, *arguments, **options):
        """{function: [entry]} of the traceback of a call that fails."""
        try:
            call(*arguments, **options)
        except Exception as error:
            return self.entries_of(error)
        self.fail("it did not fail")

    def entries_of(self, error):
        found, trace = {}, error.__traceback__
        while trace:
            entry = armed.entry_of(trace.tb_frame)
            if entry is not None:
                found.setdefault(trace.tb_frame.f_code.co_name, []).append(entry)
            trace = trace.tb_next
        return found
