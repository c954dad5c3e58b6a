"""A service that asks others prints the same with the probe as without it, whatever it has made of its sockets, and the server sees the
same."""
import difflib
import glob
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from . import servers
from .receiver import Receiver

HERE = os.path.dirname(os.path.abspath(__file__))
PROBE = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(HERE, "services"))
import disguises  # noqa: E402
sys.path.remove(os.path.join(HERE, "services"))

VOLATILE = re.compile(r"pid=\d+|0x[0-9a-f]+|fd=\d+|laddr=\('127.0.0.1', \d+\)|raddr=\('127.0.0.1', \d+\)|thread id \d+")


class Same(unittest.TestCase):
    """`service` is the program; `servers_of` what it is told of its servers; `warned` by which rule it shows warnings."""
    service = servers_of = None
    warned = ("-W", "default")

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="nevermore-same-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.close)

    def asked(self):
        """What the servers saw."""
        return []

    def ran(self, disguise, when, dsn=None, **more):
        """All that a run is seen to do: its output, its errors, its end, and what it asked."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEVERMORE", "PYTHON", "SENTRY"))}
        environment.update(PYTHONPATH=PROBE, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
        if dsn:
            environment.update(NEVERMORE_DSN=dsn, NEVERMORE_TOLD=os.path.join(self.folder, "told"), **more)
        program = os.path.join(HERE, "services", self.service)
        done = subprocess.run([sys.executable, *self.warned, program, disguise, when, *self.servers_of(disguise)],
                              env=environment, capture_output=True, text=True, timeout=300)
        return [VOLATILE.sub("…", done.stdout).splitlines(), VOLATILE.sub("…", done.stderr).splitlines(), [done.returncode], self.asked()]

    def check(self, disguise):
        if not importlib.util.find_spec(disguises.needs(disguise)):
            self.skipTest("needs " + disguises.needs(disguise))
        late = getattr(disguises, disguise) in disguises.LATE
        for without, moments in [("between", ("between",))] + ([] if late else [("last", ("first", "last"))]):
            plain = self.ran(disguise, without)
            self.assertEqual(plain[2], [0], "\n".join(plain[1]))
            for when in moments:
                with self.subTest(disguise, when=when):
                    entries, *faults = self.compared(plain, disguise, when)
                    self.assertEqual(faults, [0, 0])
                    self.assertGreater(entries, 5, "nothing was recorded, and so nothing was tried")

    def compared(self, plain, disguise, when, **more):
        """Entries and faults of the run with the probe, after it has been compared."""
        self.same(plain, self.ran(disguise, when, self.receiver.dsn, **more))
        with open(os.path.join(self.folder, "told")) as file:
            return map(int, file.read().split())

    def check_sabotage(self):
        _, *faults = self.compared(self.ran("none", "between"), "none", "between", NEVERMORE_SABOTAGE="1")
        self.assertGreater(sum(faults), 20, "nothing was tried")

    def same(self, plain, with_probe):
        one, other = ([str(line) for part in run for line in part] for run in (plain, with_probe))
        if one != other:
            self.fail("\n".join(difflib.unified_diff(one, other, "without", "with the probe", n=0, lineterm="")))


class SameClientsTest(Same):
    service = "clients_service.py"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.web, cls.secure = servers.Patient(), None
        cls.addClassCleanup(cls.web.close)
        if shutil.which("openssl"):
            cls.secure = servers.Patient(servers.certificate(cls.folder))
            cls.addClassCleanup(cls.secure.close)

    def servers_of(self, disguise):
        return self.web.url, self.secure.url if self.secure and disguise in ("none", "contexts") else ""

    def asked(self):
        return self.web.told()

    def test_recorders_that_fail_at_every_step_change_nothing(self):
        self.check_sabotage()


def has(name):
    return importlib.util.find_spec(name) is not None


def databases(case):
    """The ports of servers that are there until the class has been tested; 0 for one that is not installed, or has no driver."""
    ports = []
    for server, wanted in ((servers.Redis, has("redis") and shutil.which("redis-server")),
                           (servers.Postgres, (has("psycopg") or has("psycopg2")) and glob.glob("/usr/lib/postgresql/*/bin/initdb")),
                           (servers.Mariadb, has("pymysql") and shutil.which("mariadb-install-db"))):
        one = server() if wanted else None
        if one:
            case.addClassCleanup(one.close)
        ports.append(str(one.port if one else 0))
    return ports


class SameDatabasesTest(Same):
    service = "databases_service.py"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ports = databases(cls)
        if not any(map(int, cls.ports)):
            raise unittest.SkipTest("needs a database and its driver")

    def servers_of(self, disguise):
        return self.ports

    def test_recorders_that_fail_at_every_step_change_nothing(self):
        self.check_sabotage()


for case, found in ((SameClientsTest, disguises.ALL), (SameDatabasesTest, disguises.OF_SOCKETS)):
    for each in found:
        setattr(case, "test_a_service_is_the_same_with_%s_beneath_it" % each.__name__, lambda self, name=each.__name__: self.check(name))
del case  # else it would be found, and run, a second time


if __name__ == "__main__":
    unittest.main()
