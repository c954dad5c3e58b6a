"""A test case whose every test is a unit of work of its own, with the recorders in, and everything as before behind it."""
import unittest

from nevermore_probe import work


class Recording(unittest.TestCase):
    def setUp(self):
        work.install()
        self.addCleanup(work.uninstall)
        self.token = work.begin()
        self.faults = work.faults

    def tearDown(self):
        self.assertEqual(work.faults, self.faults, "the recorders had faults of their own")

    def taken(self, kind):
        return [entry for entry in work.taken() if entry["kind"] == kind]

    def only(self, kind):
        entries = self.taken(kind)
        self.assertEqual(len(entries), 1, entries)
        return entries[0]
