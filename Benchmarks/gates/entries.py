"""The two kinds of entries, and all of them: crashes of released packages, and services with state."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil

from .cases import Case
from .running import run

SECONDS = 25  # for one run of the generated test: some careless patches never end


def load(path):
    """A judge's script as a module, whatever its name."""
    spec = importlib.util.spec_from_file_location(path.parent.name + "_" + path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Crash(Case):
    """A crash of a released package, with the release that mended it."""

    negative = False

    def __init__(self, judge, entry, work):
        super().__init__(judge, entry, work)
        self.package = entry["package"]
        self.home = work / "corpus" / self.id
        self.away = work / "corpus-judge" / self.id
        self.python, self.python_of_fixed = self.home / "venv/bin/python", self.away / "venv-fixed/bin/python"
        self.fixed, self.import_root = self.away / "fixed", judge.import_root(entry)

    def run_judge(self, options):
        return self.judge.judge(self.entry, options)

    def passes(self, tree):
        """Whether the generated test, and not a skip of it, passes in this tree."""
        path = self.judge.place(self.test, str(tree))
        for more in ([], ["--noconftest"]):  # as the corpus' own judge: some suites' conftest cannot be imported today
            done = run(self.python, "-m", "pytest", "-q", "-x", "--runxfail", "-p", "no:cacheprovider", "-o", "addopts=",
                       "-o", "filterwarnings=", *more, path, cwd=tree, environment=self.environment(tree), timeout=SECONDS)
            if done.returncode in (0, 1, 124) and "conftest" not in done.stderr and "hookimpl" not in done.stdout + done.stderr:
                break
        self.endless += done.returncode == 124
        return done.returncode == 0 and " passed" in done.stdout

    def suite(self, tree):
        return self.judge.suite(str(self.python), str(tree), self.entry)

    def environment(self, tree):
        return self.judge.variables(str(tree), self.entry)


class Service(Case):
    """A service with state; a negative is an event that no patch should answer."""

    def __init__(self, judge, entry, work, folder):
        super().__init__(judge, entry, work)
        self.folder, self.negative, self.import_root = folder, entry["kind"] == "negative", ""
        self.package = entry.get("service") or entry["id"].split("-")[0]
        self.home = work / "services" / "entries" / self.id

    @property
    def python(self):
        return self.judge.environment(self.entry, str(self.folder), str(self.work / "services"))

    def run_judge(self, options):
        options.work = str(self.work / "services")
        return self.judge.judge(self.entry, str(self.folder), options)

    def passes(self, tree):
        data = fresh(tree.parent / "data", self.home / "data-kept")
        path = self.judge.place(self.test, str(tree))
        code, tests, _, _ = self.judge.pytest(self.python, str(tree), str(data), path)
        return self.judge.passed(code, tests)

    def own_suite_passes(self, tree):
        code, tests, _, _ = self.judge.pytest(self.python, str(tree), str(fresh(tree.parent / "data")), "tests")
        return self.judge.passed(code, tests)

    def hidden(self, tree):
        """The names of the hidden behaviour tests that do not pass; None where they could not be run."""
        done = self.judge.hidden(self.python, str(self.folder), str(tree), str(fresh(tree.parent / "data")))
        return sorted(name for name, outcome in done.items() if outcome != "passed") if done else None


def fresh(where, source=None):
    shutil.rmtree(where, ignore_errors=True)
    if source and source.is_dir():
        shutil.copytree(source, where, symlinks=True)
    else:
        os.makedirs(where)
    return where


def all_cases(corpus, work):
    """Every entry of both corpora, in their order."""
    crashes, services = load(corpus / "corpus/run.py"), load(corpus / "services/services.py")
    for entry in json.loads((corpus / "corpus/python.json").read_text()):
        yield Crash(crashes, entry, work)
    for path in sorted((corpus / "services").glob("*/entry.json")):
        yield Service(services, json.loads(path.read_text()), work, path.parent)
