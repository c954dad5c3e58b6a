"""Celery's own workers, as processes: tasks answer the same, and each failure is one envelope with what the task was given."""
import gzip
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from .receiver import Receiver

HERE = os.path.dirname(os.path.abspath(__file__))
PROBE = os.path.dirname(HERE)
PROGRAM = os.path.join(HERE, "services", "celery_tasks.py")
FAILED = ["shop.again", "shop.charge", "shop.read"]


def has(*names):
    return all(importlib.util.find_spec(name) for name in names)


@unittest.skipUnless(has("celery"), "needs celery")
class WorkerTest(unittest.TestCase):
    """Whatever the pool: `prefork` forks after the probe is in."""
    maxDiff = None

    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)

    def ran(self, how, pool):
        """What who asked was answered, what the worker said, and how it ended."""
        folder = tempfile.mkdtemp(prefix="nevermore-celery-")
        self.addCleanup(shutil.rmtree, folder, True)
        for name in ("queue", "control", "results"):
            os.mkdir(os.path.join(folder, name))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SENTRY", "NEVERMORE", "PYTHON"))}
        kept.update(PYTHONPATH=PROBE, PYTHONDONTWRITEBYTECODE="1", SHOP_DSN=self.receiver.dsn, C_FORCE_ROOT="1", SHOP_CURRENCY="EUR")
        if how == "alone":
            kept["NEVERMORE_DSN"] = self.receiver.dsn
        program = [sys.executable, "-W", "ignore", PROGRAM, folder]
        worker = subprocess.Popen([*program, how, "worker", "--pool=" + pool, "--concurrency=1", "--loglevel=CRITICAL", "--without-gossip",
                                   "--without-mingle", "--without-heartbeat"], cwd=folder, env=kept, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
        try:
            asked = subprocess.run([*program, "none", "ask"], cwd=folder, env=kept, capture_output=True, text=True, timeout=120)
        finally:
            worker.send_signal(signal.SIGTERM)
            try:
                said = worker.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                worker.kill()
                said = worker.communicate()
        self.assertEqual(asked.returncode, 0, asked.stderr + said[1])
        return asked.stdout.splitlines(), said[1].splitlines(), worker.returncode

    def check(self, how, without, pool):
        plain = self.ran(without, pool)
        del self.receiver.bodies[:]
        self.assertEqual(plain, self.ran(how, pool))
        found = []
        for envelope in self.receiver.envelopes():
            events = [payload for header, payload in envelope[1:] if header["type"] == "event"]
            snapshots = [payload for header, payload in envelope[1:] if header.get("filename") == "nevermore.snapshot"]
            if events:
                self.assertEqual((len(events), len(snapshots)), (1, 1))
                found.append((events[0]["transaction"], json.loads(gzip.decompress(snapshots[0]))))
        self.assertEqual(sorted(name for name, _ in found), FAILED)
        self.check_charge(dict(found)["shop.charge"])

    def check_charge(self, found):
        frames = {frame["function"]: frame for frame in found["exceptions"][-1]["frames"]}
        self.assertLessEqual({"charge", "total"}, set(frames))
        values = dict(frames["charge"]["variables"])
        line, = found["nodes"][values["lines"][1]][1]
        self.assertEqual(found["nodes"][line[1]], ["map", [["price", 3], ["count", 0]]])
        self.assertEqual(values["card_token"], ["lost", "redacted", "str", "token"])

    def test_alone_in_a_solo_pool(self):
        self.check("alone", "none", "solo")

    def test_alone_in_a_pool_of_processes(self):
        self.check("alone", "none", "prefork")

    @unittest.skipUnless(has("sentry_sdk"), "needs sentry-sdk")
    def test_with_sentry_in_a_solo_pool(self):
        self.check("sentry", "sentry-alone", "solo")

    @unittest.skipUnless(has("sentry_sdk"), "needs sentry-sdk")
    def test_with_sentry_in_a_pool_of_processes(self):
        self.check("sentry", "sentry-alone", "prefork")


if __name__ == "__main__":
    unittest.main()
