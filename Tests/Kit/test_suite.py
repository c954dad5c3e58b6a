"""The repository's own tests: files that are placed and taken away, how tests are written, what one of them did."""
import os
import subprocess
import sys
import unittest

import kit
from kit import suite

try:
    import pytest  # noqa: F401
    PYTEST = True
except ImportError:
    PYTEST = False

BASE = {"shop/__init__.py": "", "shop/pricing.py": "class Refused(ValueError): pass\n\ndef total(a):\n    return 1 / a\n"}
FREE = "def test_a():\n    assert 1\n"
CASE = "import unittest\n\nclass ThingTest(unittest.TestCase):\n    def test_a(self):\n        pass\n"


class SuiteCase(kit.TreeCase):
    FILES = BASE

    def setUp(self):
        super().setUp()
        self.suite = suite.Suite(self.tree, self.runner)


class PlacingFiles(SuiteCase):
    def test_new_files_are_written_as_they_are_and_removed_with_their_folders(self):
        before = self.listing()
        files = {"a/b/c/test_x.py": "x = 'é\u2028'\n", "a/b/rows.json": "[1]\r\n", "test_y.py": ""}
        written, folders = self.suite.place(files)
        with open(os.path.join(self.root, "a/b/rows.json"), newline="", encoding="utf-8") as file:
            self.assertEqual(file.read(), "[1]\r\n")
        self.suite.remove(written, folders)
        self.assertEqual(self.listing(), before)
        self.assertFalse(os.path.exists(os.path.join(self.root, "a")))

    def test_files_that_exist_or_lie_outside_are_refused_and_left_alone(self):
        outside = os.path.join(os.path.dirname(self.root), "nevermore-outside.py")
        os.symlink(os.path.dirname(self.root), os.path.join(self.root, "up"))
        for path in ("shop/pricing.py", "shop", "../nevermore-outside.py", outside, "a/../../nevermore-outside.py",
                     "up/nevermore-outside.py", "", "."):
            with self.subTest(path):
                with self.assertRaises((ValueError, OSError)):
                    self.suite.place({path: "broken"})
        self.assertFalse(os.path.exists(outside))
        with open(os.path.join(self.root, "shop/pricing.py")) as file:
            self.assertEqual(file.read(), BASE["shop/pricing.py"])

    def test_a_link_to_nowhere_is_not_written_through(self):
        outside = os.path.join(os.path.dirname(self.root), "nevermore-outside-link.py")
        os.symlink(outside, os.path.join(self.root, "test_link.py"))
        with self.assertRaises((ValueError, OSError)):
            self.suite.place({"test_link.py": "broken"})
        self.assertFalse(os.path.lexists(outside))

    def test_nothing_stays_when_one_of_several_files_is_refused(self):
        before = self.listing()
        with self.assertRaises(ValueError):
            self.suite.run({"new/test_a.py": FREE, "shop/pricing.py": ""}, "new/test_a.py", "pytest", 10, False)
        self.assertEqual(self.listing(), before)
        self.assertFalse(os.path.exists(os.path.join(self.root, "new")))

    def test_what_a_test_writes_beside_itself_does_not_hide_the_removal(self):
        text = CASE.replace("pass", "open(__file__ + '.log', 'w').close()")
        self.suite.run({"new/test_a.py": text}, "new/test_a.py", "unittest", 20, False)
        self.assertNotIn("new/test_a.py", self.listing())


class Style(SuiteCase):
    def styled(self, files, folder=None):
        for path, text in files.items():
            self.write(path, text)
        self.tree.listed = None
        return self.suite.style(folder)

    def test_the_folder_with_most_tests_and_its_framework_are_found(self):
        found = self.styled({"tests/test_a.py": FREE, "tests/test_b.py": FREE, "other/test_c.py": CASE})
        self.assertEqual((found["folder"], found["framework"], found["suffix"]), ("tests", "pytest", False))
        found = self.suite.style("other")
        self.assertEqual((found["folder"], found["framework"]), ("other", "unittest"))

    def test_cases_that_ask_for_pytest_are_pytest(self):
        found = self.styled({"tests/test_a.py": "import pytest\n" + CASE})
        self.assertEqual(found["framework"], "pytest")

    def test_file_names_by_suffix_are_followed(self):
        self.assertTrue(self.styled({"tests/a_test.py": FREE, "tests/b_test.py": FREE, "tests/test_c.py": FREE})["suffix"])

    def test_a_repository_without_tests_gets_a_folder_and_a_framework_that_it_can_run(self):
        found = self.styled({})
        self.assertEqual((found["folder"], found["framework"]), ("tests", "pytest" if PYTEST else "unittest"))

    def test_line_length_is_the_repository_s_or_the_usual_one(self):
        self.assertEqual(self.styled({})["lineLength"], 88)
        self.assertEqual(self.styled({"pyproject.toml": "[tool.black]\nline-length = 100\n"})["lineLength"], 100)
        self.assertEqual(self.styled({"pyproject.toml": "", "setup.cfg": "[flake8]\nmax-line-length = 79\n"})["lineLength"], 79)

    def test_fixtures_of_the_folders_around_are_known_and_nothing_is_run_for_it(self):
        found = self.styled({
            "conftest.py": "import pytest\n@pytest.fixture\ndef client(): pass\n",
            "tests/conftest.py": "raise SystemExit\nfrom pytest import fixture\n@fixture(scope='module')\ndef session(): pass\n"
                                 "def helper(): pass\n",
            "tests/deep/conftest.py": "import pytest\n@pytest.fixture\ndef far(): pass\n", "tests/test_a.py": FREE})
        self.assertEqual(sorted(found["fixtures"]), ["client", "session"])

    def test_files_of_the_folder_are_named(self):
        found = self.styled({"tests/test_a.py": FREE, "tests/rows.json": "[]"})
        self.assertEqual(sorted(found["files"]), ["tests/rows.json", "tests/test_a.py"])


class UnittestWitness(SuiteCase):
    def outcome(self, body, marked=False, seconds=20, head=""):
        text = "import unittest\nfrom shop import pricing\n%s\nclass ThingTest(unittest.TestCase):\n%s" % (head, body)
        return self.suite.run({"tests/test_new.py": text}, "tests/test_new.py", "unittest", seconds, marked)

    def test_outcomes_of_one_test(self):
        cases = {
            "passed": "    def test_a(self):\n        pass\n",
            "failed": "    def test_a(self):\n        pricing.total(0)\n",
            "skipped": "    @unittest.skip('no')\n    def test_a(self):\n        pass\n",
            "none": "    pass\n",
            "error": "    def test_a(self):\n        pass\n    def test_b(self):\n        pass\n",
        }
        for result, body in cases.items():
            with self.subTest(result):
                self.assertEqual(self.outcome(body)["result"], result)

    def test_the_failure_is_reported_with_its_exception_and_frames(self):
        report = self.outcome("    def test_a(self):\n        pricing.total(0)\n")
        (chain,) = report["raised"]
        self.assertEqual(chain[0]["type"], "ZeroDivisionError")
        self.assertIn(["shop/pricing.py", "total"], [frame[:2] for frame in chain[0]["frames"]])

    def test_an_expected_failure_counts_only_where_marks_are_honoured(self):
        body = "    @unittest.expectedFailure\n    def test_a(self):\n        pricing.total(%s)\n"
        self.assertEqual(self.outcome(body % 0, True)["result"], "knownIssue")
        self.assertEqual(self.outcome(body % 0, False)["result"], "failed")
        self.assertEqual(self.outcome(body % 1, True)["result"], "failed")
        self.assertEqual(self.outcome(body % 1, False)["result"], "passed")

    def test_a_mark_on_the_whole_class_is_taken_off_too(self):
        report = self.outcome("    def test_a(self):\n        pricing.total(0)\n\nThingTest = unittest.expectedFailure(ThingTest)\n")
        self.assertEqual(report["result"], "failed")

    def test_a_failing_subtest_fails_the_test(self):
        body = "    def test_a(self):\n        for a in (1, 0, 2):\n            with self.subTest(a=a):\n                pricing.total(a)\n"
        report = self.outcome(body)
        self.assertEqual(report["result"], "failed")
        self.assertEqual(report["raised"][0][0]["type"], "ZeroDivisionError")

    def test_an_error_in_preparation_is_no_failure_of_the_test(self):
        for body in ("    def setUp(self):\n        pricing.total(0)\n    def test_a(self):\n        pass\n",
                     "    @classmethod\n    def setUpClass(cls):\n        pricing.total(0)\n    def test_a(self):\n        pass\n"):
            with self.subTest(body):
                self.assertIn(self.outcome(body)["result"], ("error", "none"))

    def test_files_that_do_not_import_are_errors(self):
        self.assertEqual(self.outcome("    def test_a(self:\n")["result"], "error")
        self.assertEqual(self.outcome("    def test_a(self): pass\n", head="import no_such_module")["result"], "error")
        self.assertEqual(self.outcome("    def test_a(self): pass\n", head="import os; os._exit(0)")["result"], "none")
        self.assertEqual(self.outcome("    def test_a(self):\n        import os; os._exit(1)\n")["result"], "error")

    def test_a_test_that_never_ends_is_an_error(self):
        self.assertEqual(self.outcome("    def test_a(self):\n        while True: pass\n", seconds=3)["result"], "error")


@unittest.skipUnless(PYTEST, "this interpreter has no pytest")
class PytestWitness(SuiteCase):
    def outcome(self, body, marked=False, seconds=60, head="", path="tests/test_new.py"):
        text = "import pytest\nfrom shop import pricing\n%s\n%s" % (head, body)
        return self.suite.run({path: text}, path, "pytest", seconds, marked)

    def test_outcomes_of_one_test(self):
        cases = {
            "passed": "def test_a():\n    pass\n",
            "failed": "def test_a():\n    pricing.total(0)\n",
            "skipped": "def test_a():\n    pytest.skip('no')\n",
            "none": "",
            "error": "@pytest.mark.parametrize('a', [1, 2])\ndef test_a(a):\n    pass\n",
        }
        for result, body in cases.items():
            with self.subTest(result):
                self.assertEqual(self.outcome(body)["result"], result)

    def test_a_strict_mark_counts_only_where_marks_are_honoured(self):
        body = "@pytest.mark.xfail(strict=True, reason='r')\ndef test_a():\n    pricing.total(%s)\n"
        self.assertEqual(self.outcome(body % 0, True)["result"], "knownIssue")
        self.assertEqual(self.outcome(body % 0, False)["result"], "failed")
        self.assertEqual(self.outcome(body % 1, True)["result"], "failed")
        self.assertEqual(self.outcome(body % 1, False)["result"], "passed")

    def test_a_mark_for_another_exception_is_not_met(self):
        body = "@pytest.mark.xfail(strict=True, raises=KeyError)\ndef test_a():\n    pricing.total(0)\n"
        self.assertEqual(self.outcome(body, True)["result"], "failed")

    def test_one_parametrised_case_stands_for_its_test(self):
        body = "@pytest.mark.parametrize('a', [0])\ndef test_a(a):\n    pricing.total(a)\n"
        report = self.outcome(body)
        self.assertEqual((report["result"], report["raised"][0][0]["type"]), ("failed", "ZeroDivisionError"))

    def test_an_error_in_a_fixture_is_no_failure_of_the_test(self):
        body = "@pytest.fixture\ndef a():\n    pricing.total(0)\n\ndef test_a(a):\n    pass\n"
        report = self.outcome(body)
        self.assertEqual((report["result"], report["raised"]), ("error", []))
        late = "@pytest.fixture\ndef a():\n    yield\n    pricing.total(0)\n\ndef test_a(a):\n    pass\n"
        self.assertNotEqual(self.outcome(late)["result"], "failed")

    def test_files_that_do_not_import_are_errors(self):
        for body in ("def test_a(:\n", "import no_such_module\ndef test_a(): pass\n", "raise SystemExit(0)\n",
                     "def test_a():\n    import os; os._exit(1)\n"):
            with self.subTest(body):
                self.assertEqual(self.outcome(body)["result"], "error")

    def test_an_unittest_class_under_pytest_is_witnessed_too(self):
        body = "import unittest\nclass ThingTest(unittest.TestCase):\n    def test_a(self):\n        pricing.total(0)\n"
        report = self.outcome(body)
        self.assertEqual((report["result"], report["raised"][0][0]["type"]), ("failed", "ZeroDivisionError"))

    def test_the_repository_s_options_neither_hide_nor_multiply_the_test(self):
        self.write("pytest.ini", "[pytest]\naddopts = --strict-markers -k nothing --collect-only\nfilterwarnings = error\n")
        self.assertEqual(self.outcome("def test_a():\n    pricing.total(0)\n")["result"], "failed")

    def test_a_conftest_that_cannot_be_imported_is_gone_around(self):
        self.write("tests/conftest.py", "import no_such_module\n")
        self.assertEqual(self.outcome("def test_a():\n    pricing.total(0)\n")["result"], "failed")

    def test_a_trial_in_a_fork_says_the_same(self):
        for body, result in (("def test_a():\n    pricing.total(0)\n", "failed"), ("def test_a():\n    pass\n", "passed")):
            path = "tests/test_trial_%s.py" % result
            report = self.suite.trial({path: "from shop import pricing\n" + body}, path, "pytest", 20, False)
            self.assertEqual(report["result"], result)
        self.assertNotIn("tests/test_trial_failed.py", self.listing())


class Applications(SuiteCase):
    def test_applications_and_factories_of_the_source_are_found_and_tests_left_out(self):
        self.write("shop/web.py", "from flask import Flask\napp = Flask(__name__)\n")
        self.write("shop/factory.py", "import fastapi\ndef create(debug=False):\n    return fastapi.FastAPI()\n"
                                      "def needs(setting):\n    return fastapi.FastAPI()\n")
        self.write("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n")
        self.write("tests/conftest.py", "from flask import Flask\napp = Flask('x')\n")
        self.write("shop/broken.py", "app = Flask(\n")
        self.tree.listed = None
        found = {(a["framework"], a["module"], tuple(a["path"]), a["factory"]) for a in self.tree.applications()}
        self.assertEqual(found, {("flask", "shop.web", ("app",), False), ("fastapi", "shop.factory", ("create",), True),
                                 ("django", "shop.settings", (), False)})

    def test_a_link_to_nowhere_does_not_end_the_search(self):
        os.symlink("/no/such/file.py", os.path.join(self.root, "shop", "gone.py"))
        self.tree.listed = None
        self.assertEqual(self.tree.applications(), [])
        self.assertEqual(self.tree.definitions("none"), [])
        self.assertEqual(self.tree.search("zzz"), [])


class Witnessed(unittest.TestCase):
    def test_the_loader_gives_the_kit_the_name_that_it_has_in_the_sandbox(self):
        code = "import nevermore_kit.run as r; print(r.KIT)"
        found = subprocess.run([sys.executable, "-c", code], env=dict(os.environ, PYTHONPATH=kit.HOME), stdout=subprocess.PIPE)
        self.assertEqual(found.stdout.decode().strip(), os.path.join(kit.HOME, "nevermore_kit"))


if __name__ == "__main__":
    sys.exit(unittest.main())
