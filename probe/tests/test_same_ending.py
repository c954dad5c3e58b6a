"""A service that forks, or ends in the middle of requests, prints the same with the probe as without it."""
import os
import unittest

from . import servers
from .test_same_clients import Same


class SameEndingTest(Same):
    service = "ending_service.py"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.web = servers.Patient()
        cls.addClassCleanup(cls.web.close)

    def servers_of(self, how):
        return (self.web.url,)

    def ends(self, how, status):
        plain, with_probe = self.ran(how, ""), self.ran(how, "", self.receiver.dsn)
        self.assertEqual(plain[2], [status], plain[1])
        self.assertIn("at exit by_library b'{\"price\": 12}'", plain[0])
        for run in (plain, with_probe):  # threads that nobody waits for write when they like
            run[1].sort()
        self.same(plain, with_probe)

    def test_it_ends_by_itself(self):
        self.ends("return", 0)

    def test_it_ends_by_an_error(self):
        self.ends("error", 1)

    def test_it_is_asked_to_end(self):
        self.ends("exit", 3)


if not hasattr(os, "fork"):
    del SameEndingTest

if __name__ == "__main__":
    unittest.main()
