"""Programs in forks: whatever a program does, its report comes back and nothing of it stays."""
import os
import sys
import time
import unittest

import kit

SHOP = '''
import os


class Refused(ValueError):
    pass


class Silent(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class Endless(Exception):
    def __str__(self):
        return "x" * 10_000_000


def divide(a, b):
    return a / b


def wrapped(a):
    try:
        divide(a, 0)
    except ZeroDivisionError as error:
        raise Refused("wrapped") from error


def during(a):
    try:
        divide(a, 0)
    except ZeroDivisionError:
        raise Refused("during")


def hidden(a):
    try:
        divide(a, 0)
    except ZeroDivisionError:
        raise Refused("hidden") from None


def cyclic():
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    raise first


def deep(n):
    return deep(n + 1)
'''


class Trials(kit.TreeCase):
    FILES = {"shop.py": SHOP}

    def run_program(self, text, seconds=10):
        return self.runner.run("import shop\n" + text, seconds)

    def types(self, report):
        return [e["type"] for e in report["raised"]]

    def test_a_program_that_ends_gives_the_type_of_its_result(self):
        self.assertEqual(self.run_program("__nevermore_result__ = shop.divide(1, 2)")["returned"], "float")

    def test_an_exception_comes_with_type_module_message_lineage_and_frames_of_the_tree(self):
        error = self.run_program("shop.divide(1, 0)")["raised"][0]
        self.assertEqual((error["type"], error["module"], error["message"]), ("ZeroDivisionError", "builtins", "division by zero"))
        self.assertEqual(error["lineage"][:2], ["builtins.ZeroDivisionError", "builtins.ArithmeticError"])
        self.assertEqual([frame[:2] for frame in error["frames"]], [["shop.py", "divide"]])

    def test_causes_and_contexts_follow_once_and_hidden_ones_do_not(self):
        self.assertEqual(self.types(self.run_program("shop.wrapped(1)")), ["Refused", "ZeroDivisionError"])
        self.assertEqual(self.types(self.run_program("shop.during(1)")), ["Refused", "ZeroDivisionError"])
        self.assertEqual(self.types(self.run_program("shop.hidden(1)")), ["Refused"])
        self.assertEqual(self.types(self.run_program("shop.cyclic()")), ["ValueError", "ValueError"])

    @unittest.skipIf(sys.version_info < (3, 11), "exception groups came with 3.11")
    def test_the_members_of_a_group_follow_it(self):
        report = self.run_program("raise ExceptionGroup('g', [ValueError('a'), ExceptionGroup('h', [KeyError('b')])])")
        self.assertEqual(self.types(report), ["ExceptionGroup", "ValueError", "ExceptionGroup", "KeyError"])

    def test_leaving_the_process_is_an_exception_or_an_end(self):
        self.assertEqual(self.types(self.run_program("import sys; sys.exit(3)")), ["SystemExit"])
        self.assertEqual(self.run_program("import os; os._exit(3)")["ended"], "exit 3")
        self.assertEqual(self.run_program("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")["ended"], "SIGKILL")
        self.assertEqual(self.run_program("import os; os.abort()")["ended"], "SIGABRT")
        self.assertEqual(self.types(self.run_program("raise KeyboardInterrupt")), ["KeyboardInterrupt"])

    def test_a_program_that_never_ends_is_ended(self):
        self.assertTrue(self.run_program("while True: pass", 1)["timedOut"])
        self.assertTrue(self.run_program("import time; time.sleep(60)", 1)["timedOut"])
        self.assertTrue(self.run_program("import signal, time\nfor s in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):\n"
                                         "    signal.signal(s, signal.SIG_IGN)\nwhile True: pass", 1)["timedOut"])

    def test_closed_descriptors_are_an_end_and_not_ours(self):
        report = self.run_program("import os; os.closerange(0, 300)")
        self.assertTrue("ended" in report or "returned" in report or "timedOut" in report, report)
        self.assertIn("returned", self.run_program("pass"))

    def test_forged_reports_are_no_reports(self):
        """A program that writes to every descriptor it finds cannot pass off a report as ours."""
        report = self.run_program("import os\nfor n in range(3, 60):\n    try: os.write(n, b'{\"returned\": \"forged\"}')\n"
                                  "    except OSError: pass")
        self.assertNotEqual(report.get("returned"), "forged")

    def test_grandchildren_that_hold_the_pipe_neither_delay_nor_survive(self):
        marker = os.path.join(self.root, "alive")
        report = self.run_program("import os, time\nif os.fork() == 0:\n    time.sleep(3)\n    open(%r, 'w').close()\n"
                                  "    time.sleep(60)\n__nevermore_result__ = 1" % marker, 20)
        self.assertEqual(report["returned"], "int")
        time.sleep(4)
        self.assertFalse(os.path.exists(marker))

    def test_what_a_program_prints_or_changes_stays_in_its_fork(self):
        self.run_program("import os, sys; print('x'); shop.divide = None; os.environ['SHOP'] = '1'; sys.path.clear()")
        self.assertEqual(self.run_program("__nevermore_result__ = shop.divide(1, 2)")["returned"], "float")
        self.assertNotIn("SHOP", os.environ)

    def test_exceptions_that_cannot_be_shown_are_shown_without_text(self):
        self.assertEqual(self.run_program("raise shop.Silent()")["raised"][0]["message"], "")
        self.assertLessEqual(len(self.run_program("raise shop.Endless()")["raised"][0]["message"]), 4000)
        self.assertEqual(self.types(self.run_program("raise ValueError('\\ud800')")), ["ValueError"])
        report = self.run_program("class Odd(Exception):\n    __module__ = None\nraise Odd('x')")
        self.assertEqual(self.types(report), ["Odd"])

    def test_a_stack_of_many_thousand_frames_keeps_both_ends(self):
        program = ("import sys, threading\nsys.setrecursionlimit(120_000)\nthreading.stack_size(512 << 20)\nfound = []\n"
                   "def go(n):\n    if n == 0: shop.divide(1, 0)\n    go(n - 1)\n"
                   "def work():\n    try: shop.deep(0) if %r else go(30_000)\n    except BaseException as e: found.append(e)\n"
                   "t = threading.Thread(target=work); t.start(); t.join()\nraise found[0]")
        if sys.version_info[:2] == (3, 12):
            self.skipTest("this minor has a limit of its own for calls in C")
        report = self.run_program(program % True, 30)
        frames = report["raised"][0]["frames"]
        self.assertEqual(report["raised"][0]["type"], "RecursionError")
        self.assertTrue(20 < len(frames) <= 240)
        self.assertEqual({frame[1] for frame in frames}, {"deep"})

    def test_a_recursion_error_of_usual_depth_is_reported(self):
        error = self.run_program("shop.deep(0)")["raised"][0]
        self.assertEqual((error["type"], error["frames"][0][1]), ("RecursionError", "deep"))

    def test_a_program_that_does_not_compile_is_unusable(self):
        self.assertIn("unusable", self.run_program("def ("))

    def test_no_child_outlives_its_trial(self):
        for _ in range(3):
            self.run_program("pass")
            self.run_program("while True: pass", 1)
        with self.assertRaises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    def test_importing_that_fails_does_not_end_the_kit(self):
        self.write("bad.py", "raise SystemExit(1)\n")
        self.write("worse.py", "import sys; raise BaseException\n")
        self.assertEqual(self.runner.warm(["bad", "worse", "no.such", "shop"]), ["shop"])


STATE = '''
class Trap:
    calls = []

    def __getattr__(self, name):
        Trap.calls.append(name)
        return 1

    def __eq__(self, other):
        Trap.calls.append("==")
        return True

    def __bool__(self):
        Trap.calls.append("bool")
        return False

    def __len__(self):
        Trap.calls.append("len")
        return 0

    def __repr__(self):
        Trap.calls.append("repr")
        return "trap"

    def __hash__(self):
        Trap.calls.append("hash")
        return 1

    def __getitem__(self, key):
        Trap.calls.append("item")
        return None

    @property
    def computed(self):
        Trap.calls.append("computed")
        return None


class Row:
    def __init__(self, **fields):
        self.__dict__.update(fields)


def use(row, items, table, rate=0, name=""):
    return row.customer + table["x"] + items[0] + rate + name + undefined + table[rate] + row.gone


def spring(trap, numbers):
    return numbers[trap.field] + trap.computed + trap[0] + len(trap) / 0


def calm():
    from shop import state
    state.spring(Trap(), {1: 2})
'''


class OperandsOfTheFailingLine(kit.TreeCase):
    FILES = {"shop/__init__.py": "", "shop/state.py": STATE}

    def states(self, call):
        def work():
            import importlib
            module = importlib.import_module("shop.state")
            try:
                call(module)
            except BaseException as error:
                module.Trap.calls.clear()
                found = self.runner.crash_state(error)
                return {"state": found, "calls": module.Trap.calls}
        return self.runner.forked(work, 10)

    def test_null_zero_empty_and_missing_are_told_from_values(self):
        found = self.states(lambda m: m.use(m.Row(customer=None), [], {"x": 1}))["state"]
        conditions = {item["source"]: item["condition"] for item in found}
        expected = {"row.customer": "null", "row.gone": "missing", "items": "empty", "items[0]": "missing", "rate": "zero",
                    "name": "empty", "undefined": "missing", "table['x']": "value", "table[rate]": "missing", "row": "value"}
        self.assertEqual({key: conditions.get(key) for key in expected}, expected)

    def test_looking_never_runs_code_of_the_target(self):
        found = self.states(lambda m: m.spring(m.Trap(), {1: 2}))
        self.assertEqual(found["calls"], [])
        self.assertTrue(found["state"])

    def test_a_trial_sends_them_with_the_exception(self):
        report = self.runner.run("from shop import state\nstate.use(state.Row(customer=None), [], {})", 10)
        self.assertIn(("row.customer", "null", "NoneType"),
                      [(s["source"], s["condition"], s["type"]) for s in report["state"]])


class EffectsTests(kit.TreeCase):
    """What a trial does to files and processes outside a folder of its own is told."""

    FILES = {"shop/__init__.py": ""}

    def effects(self, source):
        return self.runner.run(source, 5)["effects"]

    def test_a_file_that_is_written_elsewhere_is_told(self):
        place = os.path.join(self.root, "written.txt")
        self.assertEqual(self.effects("open(%r, 'w').close()" % place), ["a file that is written"])

    def test_a_file_that_is_taken_away_is_told(self):
        place = os.path.join(self.root, "shop", "__init__.py")
        self.assertEqual(self.effects("import os; os.remove(%r)" % place), ["os.remove"])

    def test_a_program_that_is_started_is_told(self):
        self.assertIn("subprocess.Popen", self.effects("import subprocess; subprocess.run(['true'])"))

    def test_reading_and_the_temporary_folder_are_nobodys_concern(self):
        source = "import tempfile; f = tempfile.NamedTemporaryFile('w', dir='/tmp'); f.write('x'); open(%r).read()"
        self.assertEqual(self.effects(source % os.path.join(self.root, "shop", "__init__.py")), [])

    def test_effects_before_a_failure_are_told(self):
        report = self.runner.run("open(%r, 'w').close(); 1 / 0" % os.path.join(self.root, "a"), 5)
        self.assertEqual((report["raised"][0]["type"], report["effects"]), ("ZeroDivisionError", ["a file that is written"]))



if __name__ == "__main__":
    sys.exit(unittest.main())
