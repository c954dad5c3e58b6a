"""Under gevent, whose sockets and threads are its own, greenlets have rings of their own and clients work."""
import importlib.util
import os
import subprocess
import sys
import unittest

from . import servers

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import sys; sys.path.insert(0, sys.argv[2])
import gevent
from nevermore_probe import work
work.install()
import urllib.request
def unit(name):
    work.begin()
    urllib.request.urlopen(sys.argv[1] + "/json?" + name).read()
    gevent.sleep(0.01)
    return [(entry["url"].partition("?")[2], entry["body"]) for entry in work.taken() if entry["kind"] == "http"]
jobs = [gevent.spawn(unit, name) for name in "ab"]
gevent.joinall(jobs)
print([job.value for job in jobs], work.faults)
"""


@unittest.skipUnless(importlib.util.find_spec("gevent"), "needs gevent")
class GeventTest(unittest.TestCase):
    def test_greenlets_have_rings_of_their_own(self):
        web = servers.Web()
        self.addCleanup(web.close)
        probe = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        told = subprocess.run([sys.executable, "-c", PROGRAM, web.url, probe], capture_output=True, text=True)
        self.assertEqual((told.stdout.strip(), told.stderr), ("[[('a', b'{\"price\": 12}')], [('b', b'{\"price\": 12}')]] 0", ""))


if __name__ == "__main__":
    unittest.main()
