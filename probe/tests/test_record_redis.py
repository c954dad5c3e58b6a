"""redis-py against a real server: commands and answers."""
import asyncio
import shutil
import unittest

from . import servers
from .recording import Recording

try:
    import redis
    import redis.asyncio
except ImportError:
    redis = None


@unittest.skipIf(redis is None or not shutil.which("redis-server"), "needs redis and redis-server")
class RedisTest(Recording):
    @classmethod
    def setUpClass(cls):
        cls.server = servers.Redis()
        cls.addClassCleanup(cls.server.close)

    def told(self):
        return [(entry["command"], entry.get("answer")) for entry in self.taken("redis")]

    def test_commands_and_answers_are_recorded(self):
        with redis.Redis(port=self.server.port) as client:
            self.assertTrue(client.set("cart", "3"))
            self.assertEqual(client.get("cart"), b"3")
        self.assertEqual(self.told(), [(["SET", "cart", "3"], True), (["GET", "cart"], b"3")])

    def test_a_pipeline_gives_an_entry_a_command(self):
        with redis.Redis(port=self.server.port) as client, client.pipeline() as pipe:
            self.assertIs(pipe.set("a", 1), pipe)
            self.assertEqual(pipe.get("a").execute(), [True, b"1"])
        self.assertEqual(self.told(), [(["SET", "a", 1], True), (["GET", "a"], b"1")])

    def test_failures_are_recorded(self):
        with redis.Redis(port=self.server.port) as client:
            client.set("text", "x")
            with self.assertRaises(redis.ResponseError):
                client.incr("text")
        self.assertIn("not an integer", self.taken("redis")[1]["failure"][1])

    def test_answers_that_the_service_changes_stay_as_they_were(self):
        with redis.Redis(port=self.server.port) as client:
            client.delete("list")
            client.rpush("list", "a", "b")
            client.lrange("list", 0, -1).clear()
        self.assertEqual(self.told()[2][1], [b"a", b"b"])

    def test_asyncio_is_recorded(self):
        async def run():
            async with redis.asyncio.Redis(port=self.server.port) as client:
                await client.set("later", "1")
                async with client.pipeline() as pipe:
                    return await pipe.get("later").get("none").execute()
        self.assertEqual(asyncio.run(run()), [b"1", None])
        self.assertEqual(self.told(), [(["SET", "later", "1"], True), (["GET", "later"], b"1"), (["GET", "none"], None)])


if __name__ == "__main__":
    unittest.main()
