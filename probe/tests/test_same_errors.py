"""A service that meets errors and warnings prints them with the probe as without it, to the byte."""
import re
import sys
import unittest

from .test_same_clients import Same, databases

OURS = re.compile(r'  File "[^"]*nevermore_probe[^"]*#importlib\._bootstrap", line \d+, in \w+')


class SameErrorsTest(Same):
    service = "errors_service.py"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ports = databases(cls)

    def servers_of(self, how):
        return self.ports

    def ran(self, *arguments, **more):
        """Before Python 3.11 the interpreter puts the frames of the wrappers back: their lines are all that a traceback has more."""
        output, errors, *rest = super().ran(*arguments, **more)
        if sys.version_info < (3, 11):
            errors = [line for line in errors if not OURS.fullmatch(line)]
        return [output, errors, *rest]

    def check(self, *warned):
        self.warned = warned
        for without, moments in (("between", ("between",)), ("last", ("first", "last"))):
            plain = self.ran("none", without)
            self.assertEqual(plain[2], [1])
            self.assertIn("sqlite3.OperationalError: no such column: absent", plain[1])
            for when in moments:
                with self.subTest(warned, when=when):
                    entries, *faults = self.compared(plain, "none", when)
                    self.assertEqual(faults, [0, 0])
                    self.assertGreater(entries, 50, "nothing was recorded, and so nothing was tried")

    def test_tracebacks_and_warnings_are_the_same(self):
        self.check("-W", "default")

    def test_the_usual_filter_shows_the_same_warnings(self):
        self.check()

    def test_warnings_that_are_errors_are_the_same(self):
        self.check("-W", "error::DeprecationWarning:__main__")

    def test_bytes_beside_texts_are_warned_of_alike(self):
        self.check("-bb")


if __name__ == "__main__":
    unittest.main()
