"""The laws of the file of armed functions: whoever wrote it, only what is well formed is taken."""
import os
import tempfile
import unittest

from nevermore_probe import armed_list, finding

NOW = 1_000_000.0


def entry(**changes):
    return {"file": "shop/cart.py", "function": "Cart.total", "until": NOW + 60, "failure": "ad1d78612f1f", **changes}


def listed(*functions, **changes):
    return armed_list.parsed({"nevermore": 1, "functions": list(functions), **changes}, NOW)


class Lists(unittest.TestCase):
    def test_a_list_is_read_as_it_is_written(self):
        found = listed(entry(), rate=20, seconds=60)
        self.assertEqual((found.rate, found.seconds), (20, 60))
        self.assertEqual([(f.file, f.function, f.until) for f in found.functions], [("shop/cart.py", "Cart.total", NOW + 60)])

    def test_what_is_missing_has_a_default(self):
        found = listed(entry())
        self.assertEqual((found.rate, found.seconds), (50, 900))

    def test_an_unknown_key_is_passed_over(self):
        self.assertEqual(len(listed(entry(colour="red"), more=1).functions), 1)

    def test_a_higher_version_arms_nothing(self):
        for version in (2, "1", None, True, 1.0):
            self.assertIsNone(armed_list.parsed({"nevermore": version, "functions": [entry()]}, NOW))

    def test_a_function_that_is_not_well_formed_is_passed_over_and_the_others_are_armed(self):
        for wrong in (None, 1, [], entry(file=1), entry(file=""), entry(file="/etc/x.py"), entry(file="../x.py"), entry(file="a//b.py"),
            entry(function=""),
                      entry(function=None), entry(function="x" * 501), entry(until="1"), entry(until=None), entry(until=float("nan")),
                      entry(until=float("inf")), entry(until=True), entry(until=NOW - 1)):
            with self.subTest(wrong):
                self.assertEqual(len(listed(wrong, entry()).functions), 1)
                self.assertIsNone(listed(wrong))

    def test_at_most_fifty_functions_are_armed(self):
        self.assertEqual(len(listed(*(entry(function=f"f{n}") for n in range(80))).functions), 50)

    def test_limits_are_kept_within_reason(self):
        found = listed(entry(until=NOW * 9), rate=10 ** 9, seconds=-5)
        self.assertEqual((found.rate, found.seconds, found.functions[0].until), (1000, 1, NOW + 86_400))
        found = listed(entry(), rate="fast", seconds=float("nan"))
        self.assertEqual((found.rate, found.seconds), (50, 900))

    def test_a_file_too_large_or_no_file_is_not_read(self):
        folder = tempfile.mkdtemp()
        path = os.path.join(folder, "armed.json")
        with open(path, "w") as file:
            file.write(" " * 70_000)
        self.assertIsNone(armed_list.signature(path))
        self.assertIsNone(armed_list.read(path, NOW))
        self.assertIsNone(armed_list.signature(folder))
        self.assertIsNone(armed_list.read(folder, NOW))
        self.assertIsNone(armed_list.signature("no\0where"))
        if hasattr(os, "mkfifo"):
            os.mkfifo(os.path.join(folder, "pipe"))
            self.assertIsNone(armed_list.signature(os.path.join(folder, "pipe")))
            self.assertIsNone(armed_list.read(os.path.join(folder, "pipe"), NOW))  # and does not wait


class Places(unittest.TestCase):
    def test_a_path_is_the_end_of_a_file(self):
        for file, same in [("/srv/shop/cart.py", True), ("shop/cart.py", True), ("./shop/cart.py", True), ("cart.py", True),
            ("/srv/workshop/cart.py", False),
                           ("/srv/shop/cart.pyc", False), ("C:\\srv\\shop\\cart.py", True), ("", False), (None, False), ("art.py", False)]:
            self.assertEqual(finding.matches(file, "shop/cart.py"), same, file)


if __name__ == "__main__":
    unittest.main()
