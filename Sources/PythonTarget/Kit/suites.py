"""Runs of the whole suite, or of some of its tests, in a process of its own that tells what it sees as it goes."""
import json
import os
import sys
import tempfile
import time

KIT = os.path.dirname(os.path.abspath(__file__))
OPTIONS = ["-q", "--tb=native", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings=", "-p", "no:randomly",
           "--continue-on-collection-errors"]
TESTS = {"tests", "test", "testing"}


class Suites:
    def __init__(self, tree, suite):
        self.tree = tree
        self.suite = suite

    def targets(self, folder, placed=()):
        """Where the suite's files are: the folder that is set, if it holds more than what was placed there, or what lies highest
        above all of them."""
        if folder and set(self.files([folder])) - set(placed):
            return [folder]
        found = []
        for path in self.tree.files():
            name = os.path.basename(path)
            if not (name.startswith("test_") and name.endswith(".py") or name.endswith("_test.py") or name in ("test.py", "tests.py")):
                continue
            parts = path.split(os.sep)
            homes = [depth for depth, part in enumerate(parts[:-1]) if part in TESTS]
            found.append(os.sep.join(parts[:homes[0] + 1]) if homes else path)
        return sorted(set(found))

    def files(self, targets):
        """The files of unittest's tests in these places."""
        every = [p for p in self.tree.files() if p.endswith(".py") and "test" in os.path.basename(p)]
        return [p for p in every for t in targets if p == t or p.startswith(t.rstrip("/") + "/")]

    def run(self, ask):
        written, folders = self.suite.place(ask["files"])
        self.tree.listed = None
        try:
            return self.measured(ask)
        finally:
            self.suite.remove(written, folders)
            self.tree.listed = None

    def measured(self, ask):
        tests = self.targets(ask["folder"], ask["files"]) if ask["tests"] is None else ask["tests"]
        if not tests:
            return {"records": [], "code": 5, "output": "the repository has no tests", "seconds": 0}
        if self.suite.version() is None:
            loose = [t for t in tests if "::" not in t]
            tests = [t for t in tests if "::" in t] + self.files(loose)
            return self.once(ask, ["-m", "nevermore_kit.measured"], tests)
        found = {}
        for more in ([], ["--noconftest"], ["--import-mode=importlib"]):
            if more and not self.is_cured_by(more, found):
                continue
            command = ["-m", "pytest", *OPTIONS, "-p", "nevermore_kit.measured", *more, *tests]
            again = self.once(ask, command, tests)
            if not found or ran(again) > ran(found):
                found = again
            if ran(found) or found["code"] == "timeout":
                break
        return found

    def mutate(self, ask):
        """What becomes of mutants, told by a process that judges them."""
        written, folders = self.suite.place(ask["files"])
        self.tree.listed = None
        try:
            tests = self.targets(ask["folder"], ask["files"]) if ask["tests"] is None else ask["tests"]
            framework = self.suite.version() is not None
            if not framework:
                tests = [t for t in tests if "::" in t] + self.files([t for t in tests if "::" not in t])
            now, found = time.time(), {"records": [], "output": ""}
            more = {"pytest": framework, "mutants": [dict(m, index=n) for n, m in enumerate(ask["mutants"])], "options": [],
                    "cover": sorted({m["path"] for m in ask["mutants"]}), "modules": [p for p in self.tree.files() if p.endswith(".py")],
                    "seconds": ask["seconds"], "deadline": now + ask["seconds"], "baselineDeadline": now + ask["seconds"] * 0.5}
            for options in ([], ["--noconftest"], ["--import-mode=importlib"]):  # what fails in a child says nothing of why
                if options and not framework:
                    break
                found = self.once(dict(ask, record=[], **dict(more, options=options)), ["-m", "nevermore_kit.mutants"], tests, 30)
                if any(record.get("collected") for record in found["records"]):
                    break
            return found
        finally:
            self.suite.remove(written, folders)
            self.tree.listed = None

    def rerun(self, ask):
        """One test file in seventeen forks and three fresh processes, each with other seeds, orders and clocks."""
        written, folders = self.suite.place(ask["files"])
        self.tree.listed = None
        try:
            path, framework = ask["path"], ask["framework"]
            near = [p for p in self.files([os.path.dirname(path) or "."]) if p != path and os.path.basename(p) != "conftest.py"]
            found = {"records": [], "output": ""}
            for tests, more in (([path, *near[:3]], []), ([path], []), ([path], ["--noconftest"])):
                plan = dict(ask, pytest=framework == "pytest", options=["--runxfail", *more])
                found = self.once(plan, ["-m", "nevermore_kit.reruns"], tests, 60)
                if any(record.get("result") in ("passed", "failed", "skipped") for record in found["records"]):
                    break
            fresh = []
            for seed, zone in (("1", "UTC"), ("2", "XXX-14"), ("3", "EST5EDT,M3.2.0,M11.1.0")):
                changed = {"PYTHONHASHSEED": seed, "TZ": zone}
                report = self.suite.fresh(path, framework, ask["seconds"], False, [], changed)
                if report["result"] == "error" and framework == "pytest" and "conftest" in report["output"]:
                    report = self.suite.fresh(path, framework, ask["seconds"], False, ["--noconftest"], changed)
                fresh.append({"circumstances": "fresh process, hash seed %s, time zone %s" % (seed, zone), "result": report["result"]})
            return dict(found, fresh=fresh)
        finally:
            self.suite.remove(written, folders)
            self.tree.listed = None

    def is_cured_by(self, more, found):
        word = "conftest" if more == ["--noconftest"] else "import file mismatch"
        return word in found["output"] or any(word in record.get("trouble", "") for record in found["records"])

    def once(self, ask, command, tests, grace=0):
        with tempfile.TemporaryDirectory() as side:
            plan, report = os.path.join(side, "plan.json"), os.path.join(side, "report.jsonl")
            with open(plan, "w", encoding="utf-8") as file:
                json.dump(dict(ask, root=self.tree.root, report=report, tests=tests), file)
            output = self.suite.spawn([sys.executable, *command], self.environment(NEVERMORE_PLAN=plan), ask["seconds"] + grace)
            records = []
            if os.path.exists(report):
                with open(report, encoding="utf-8", errors="replace") as file:
                    records = [record for record in map(read, file) if record]
            return {"records": records, "code": output["code"], "output": output["text"][-4000:]}

    def environment(self, **more):
        paths = [*self.tree.roots, self.tree.root, os.path.dirname(KIT)]
        return dict(os.environ, PYTHONPATH=os.pathsep.join(dict.fromkeys(paths)), PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0",
                    **more)


def ran(found):
    return sum("case" in record for record in found["records"])


def read(line):
    """A line of a report; the last one of a process that was ended may be cut."""
    try:
        return json.loads(line)
    except ValueError:
        return None
