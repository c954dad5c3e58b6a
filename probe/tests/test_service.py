"""A service as a whole: what its second failure sends holds the frames, what was read, and what came in; and no secret."""
import base64
import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def has(*libraries):
    return all(importlib.util.find_spec(each) for each in libraries)


def texts(part):
    """Every text of a snapshot, and what its bytes stand for."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, each in part.items():
            yield name
            yield from texts(each)
    elif isinstance(part, list):
        if part and part[0] in ("bytes", "bytearray"):
            yield base64.b64decode(part[1]).decode("latin-1")
        for each in part:
            yield from texts(each)


class ServiceTest(unittest.TestCase):
    def ran(self, framework):
        folder = tempfile.mkdtemp(prefix="nevermore-service-")
        self.addCleanup(shutil.rmtree, folder)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SENTRY", "NEVERMORE", "PYTHON"))}
        done = subprocess.run([sys.executable, os.path.join(HERE, "shop_service.py"), framework, folder, os.path.dirname(HERE)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(folder)), ["0.snapshot", "1.snapshot", "armed.json"])
        found = []
        for number in (0, 1):
            with open(os.path.join(folder, "%d.snapshot" % number), "rb") as file:
                found.append(json.loads(gzip.decompress(file.read())))
        return found

    def check(self, framework):
        first, second = self.ran(framework)
        for found in (first, second):
            self.assertNotIn("cut", found)
            self.assertEqual([text for text in texts(found) if "plant" in text.lower()], [])
        frames = {frame["function"]: frame for frame in second["exceptions"][-1]["frames"]}
        self.check_frames(second, frames)
        self.check_work(second)
        return second, frames

    def check_frames(self, found, frames):
        total, order = frames["total"], frames["order"]
        self.assertTrue(all(each["inApp"] for each in (total, order)))
        self.assertEqual((total["arguments"], dict(total["variables"])["amount"]), (["cart", "amount", "password"], 11))
        entry = dict(total["entry"])
        self.assertEqual((entry["amount"], entry["password"]), (12, ["lost", "redacted", "str", "password"]))
        came, failed = (dict(found["nodes"][pairs["cart"][1]][2]) for pairs in (entry, dict(total["variables"])))
        self.assertEqual((came["owner"], came["access_token"]), ("ada", ["lost", "redacted", "str", "token"]))
        self.assertEqual([found["nodes"][each["lines"][1]] for each in (came, failed)], [["list", []], ["list", [12]]])
        held = dict(order["globals"])
        self.assertEqual(found["nodes"][held["RATES"][1]], ["map", [["EUR", 2]]])
        self.assertEqual(held["SECRET_SALT"], ["lost", "redacted", "str", "secret"])
        self.assertEqual(found["nodes"][dict(order["variables"])["row"][1]][:1], ["tuple"])

    def check_work(self, found):
        def of(kind):
            return [entry for entry in found["work"] if entry["kind"] == kind]

        read, changed, literal = of("database")[-3:]
        self.assertEqual((read["statement"], read["columns"], found["nodes"][read["parameters"][1]], found["nodes"][read["rows"][0][1]]), (
            "select id, name, password from client where id = ?", ["id", "name", "password"], ["tuple", [1]],
            ["tuple", [1, "ada", ["lost", "redacted", "str", "password"]]]))
        self.assertEqual((read["caller"][2], os.path.basename(read["caller"][0])), ("order", "shop_service.py"))
        self.assertEqual(found["nodes"][changed["parameters"][1]], ["tuple", [["lost", "redacted", "str", "password"], 2]])
        self.assertEqual(literal["statement"], "update client set password = 'redacted' where id = 2")
        asked, = of("http")
        self.assertEqual((asked["method"], asked["status"], asked["url"].partition("/price")[2]), ("GET", 200, "?api_key=redacted&item=7"))
        self.assertEqual(json.loads(base64.b64decode(asked["body"][1])), {"price": 12, "refresh_token": "redacted"})
        environment = {entry["name"]: entry["value"] for entry in of("environment")}
        self.assertEqual(environment["SHOP_CURRENCY"], "EUR")
        self.assertEqual(environment["SHOP_DATABASE_URL"], "postgres://redacted:redacted@db/1")
        self.assertEqual(environment["SHOP_API_KEY"], ["lost", "redacted", "str", "key"])
        self.assertEqual([entry["command"][-1][:2] for entry in of("redis")][:1], [["lost", "redacted"]])
        self.assertEqual(len(of("clock")), 2)

    @unittest.skipUnless(has("sentry_sdk", "flask"), "needs sentry-sdk and flask")
    def test_flask(self):
        found, _ = self.check("flask")
        settings = {entry["name"]: entry["value"] for entry in found["work"] if entry["kind"] == "setting"}
        self.assertEqual((settings["CURRENCY"], settings["SECRET_KEY"]), ("EUR", ["lost", "redacted", "str", "secret"]))
        request, = [dict(node[1]) for node in found["nodes"] if node[0] == "request"]
        self.assertEqual((request["method"], request["url"]), ("POST", "http://localhost/orders?token=redacted&n=1"))

    @unittest.skipUnless(has("sentry_sdk", "fastapi"), "needs sentry-sdk and fastapi")
    def test_fastapi(self):
        found, frames = self.check("fastapi")
        self.assertIn("orders", frames)
        request = next(dict(node[1]) for node in found["nodes"] if node[0] == "request")
        self.assertEqual((request["method"], request["url"]), ("POST", "http://localhost/orders?token=redacted&n=1"))


if __name__ == "__main__":
    unittest.main()
