"""Of what is large little is kept: its start, and how much there was; what the service got is whole."""
import asyncio
import contextlib
import shutil
import sqlite3
import sys
import threading
import unittest
import urllib.request

from . import servers
from nevermore_probe import readings
from .recording import Recording, work

try:
    import aiohttp
    import httpx
    import requests
except ImportError:
    aiohttp = httpx = requests = None
try:
    import redis
except ImportError:
    redis = None
SIZE = 20 << 20
LARGEST = 1 << 20  # what an entry may hold at most


def held(value):
    """Bytes of plain values, however deep."""
    if isinstance(value, dict):
        return sum(held(each) for each in value.values())
    if isinstance(value, (list, tuple)):
        return sys.getsizeof(value) + sum(map(held, value))
    if type(value) is work.Cut:
        return held(value.value)
    return sys.getsizeof(value) if isinstance(value, (bytes, str, int)) else 0


class Large(servers.Answers):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        for _ in range(SIZE >> 20):
            self.wfile.write(b"x" * (1 << 20))


def told(entry):
    return readings.statement(entry) if type(entry) is work.rings.Statement else entry


class BoundsTest(Recording):
    @classmethod
    def setUpClass(cls):
        cls.server = servers.Quiet(("127.0.0.1", 0), Large)
        threading.Thread(target=cls.server.serve_forever, args=(0.05,), daemon=True).start()
        cls.url = "http://127.0.0.1:%d" % cls.server.server_port
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)

    def check(self, kind, count):
        """Of the ring itself, as the service carries it about."""
        entries = [told(entry) for entry in work.rings.current()]
        entries = [entry for entry in entries if entry["kind"] == kind]
        self.assertEqual(len(entries), count)
        for entry in entries:
            self.assertLess(held(entry), LARGEST, entry)
        return entries

    def test_of_a_large_body(self):
        with urllib.request.urlopen(self.url) as answer:
            self.assertEqual(len(answer.read()), SIZE)
        self.assertEqual(self.check("http", 1)[0]["size"], SIZE)

    @unittest.skipIf(requests is None, "needs requests, httpx, aiohttp")
    def test_of_a_large_body_of_other_clients(self):
        async def later():
            async with aiohttp.ClientSession() as session, session.get(self.url) as answer:
                size = len(await answer.read())
            async with httpx.AsyncClient() as client:
                return size, len((await client.get(self.url)).content)
        self.assertEqual(len(requests.get(self.url).content), SIZE)
        self.assertEqual(len(httpx.get(self.url).content), SIZE)
        with httpx.stream("GET", self.url) as answer:
            self.assertEqual(sum(map(len, answer.iter_bytes())), SIZE)
        self.assertEqual(asyncio.run(later()), (SIZE, SIZE))
        self.assertEqual([entry["size"] for entry in self.check("http", 5)], [SIZE] * 5)

    def test_of_many_rows_and_of_large_cells(self):
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) select i from n"
            self.assertEqual(len(connection.execute(numbers, (200_000,)).fetchall()), 200_000)
            self.assertEqual(sum(1 for _ in connection.execute(numbers, (200_000,))), 200_000)
            self.assertEqual(len(connection.execute("select zeroblob(?)", (SIZE,)).fetchone()[0]), SIZE)
        self.assertEqual([len(entry["rows"]) for entry in self.check("database", 3)], [100, 100, 1])

    @unittest.skipIf(redis is None or not shutil.which("redis-server"), "needs redis and redis-server")
    def test_of_a_large_answer_and_a_large_command(self):
        server = servers.Redis()
        self.addCleanup(server.close)
        with redis.Redis(port=server.port) as client:
            client.rpush("l", *range(50_000))
            client.hset("h", mapping={str(n): n for n in range(50_000)})
            client.set("s", b"x" * SIZE)
            self.assertEqual((len(client.lrange("l", 0, -1)), len(client.hgetall("h")), len(client.get("s"))), (50_000, 50_000, SIZE))
        self.check("redis", 6)


if __name__ == "__main__":
    unittest.main()
