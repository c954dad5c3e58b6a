"""The repository's own tests: how they are written, and what one of them does in a fresh process."""
import ast
import collections
import json
import os
import signal
import subprocess
import sys
import tempfile

from . import source

KIT = os.path.dirname(os.path.abspath(__file__))


class Suite:
    def __init__(self, tree, runner):
        self.tree = tree
        self.runner = runner

    def version(self):
        from importlib import metadata
        try:
            return metadata.version("pytest")
        except metadata.PackageNotFoundError:
            return None

    # --- style

    def style(self, folder):
        tests = [p for p in self.tree.files() if p.endswith(".py") and os.path.basename(p)[:-3] != "conftest"
                 and (os.path.basename(p).startswith("test_") or p.endswith("_test.py") or os.path.basename(p) in ("test.py", "tests.py"))]
        if folder in (None, ""):
            homes = collections.Counter(os.path.dirname(p) for p in tests)
            folder = homes.most_common(1)[0][0] if homes else "tests"
        near = [p for p in tests if os.path.dirname(p) == folder] or [p for p in tests if p.startswith(folder + os.sep)] or tests
        kinds = collections.Counter(kind for kind in (self.kind(p) for p in near[:40]) if kind)
        suffixes = sum(p.endswith("_test.py") for p in near)
        return {"folder": folder, "framework": kinds.most_common(1)[0][0] if kinds else ("pytest" if self.version() else "unittest"),
                "suffix": suffixes > len(near) / 2, "lineLength": self.line_length(), "fixtures": self.fixtures(folder),
                "files": [p for p in self.tree.files() if os.path.dirname(p) == folder], "count": len(tests)}

    def kind(self, path):
        """pytest where a test stands outside a class or asks for pytest; unittest where classes hold them all."""
        node = self.tree.parse(path)
        if node is None:
            return None
        cases = [n for n in node.body if isinstance(n, ast.ClassDef) and any("TestCase" in source.last_name(b) for b in n.bases)]
        free = [n for n in node.body if isinstance(n, source.FUNCTIONS) and n.name.startswith("test")]
        asked = any(isinstance(n, ast.Import) and any(a.name == "pytest" for a in n.names) or
                    isinstance(n, ast.ImportFrom) and n.module == "pytest" for n in ast.walk(node))
        return "unittest" if cases and not free and not asked else "pytest" if free or asked else None

    def line_length(self):
        for path in ("pyproject.toml", "setup.cfg", "tox.ini", ".flake8"):
            for found in self.tree.search("line") if path in self.tree.files() else []:
                words = found["text"].replace("_", "-").split("=")
                if found["path"] == path and words[0].strip() in ("line-length", "max-line-length") and len(words) == 2 \
                        and words[1].strip().isdigit():
                    return int(words[1])
        return 88

    def fixtures(self, folder):
        names = {}
        parts = folder.split(os.sep) if folder else []
        for depth in range(len(parts) + 1):
            path = os.path.join(*parts[:depth], "conftest.py") if depth else "conftest.py"
            node = self.tree.parse(path) if self.tree.inside(path) else None
            for item in node.body if node is not None else []:
                if isinstance(item, source.FUNCTIONS) and any("fixture" in source.last_name(d) or "fixture" in ast.unparse(d)
                                                              for d in item.decorator_list):
                    names[item.name] = ast.unparse(item)[:2000]
        return names

    # --- running

    def run(self, files, path, framework, seconds, marked):
        """One test file in a fresh process of the target's interpreter, at the repository's root; the files are taken away again."""
        written, folders = self.place(files)
        try:
            report = self.fresh(path, framework, seconds, marked, [])
            if report["result"] == "error" and framework == "pytest" and "conftest" in report["output"]:
                report = self.fresh(path, framework, seconds, marked, ["--noconftest"])
            return report
        finally:
            self.remove(written, folders)

    def trial(self, files, path, framework, seconds, marked, days=0):
        """As `run`, in a fork of this process, which has imported already what the test imports: quick, and only a trial."""
        written, folders = self.place(files)
        try:
            return self.runner.forked(lambda: self.inside(path, days), min(seconds, 20))
        finally:
            self.remove(written, folders)

    def inside(self, path, days):
        import pytest
        from . import clocks, effects, touch, witness

        class Watched:
            done = []

            @pytest.hookimpl(hookwrapper=True, trylast=True)
            def pytest_runtest_call(watched):  # the test alone: frameworks and plugins write files and start programs too
                seen = []
                clocks.ahead(days, self.tree.root)
                effects.watch(self.tree.root, seen)
                yield
                watched.done = list(seen)
        watched = Watched()
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        os.chdir(self.tree.root)
        os.environ.update(NEVERMORE_ROOT=self.tree.root, NEVERMORE_REPORT="")
        pytest.main(["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings=", "--runxfail", path],
                    plugins=[witness, watched])
        outcomes = list(witness.tests.values())
        return {"result": outcomes[0] if len(outcomes) == 1 else "error", "raised": witness.failures, "output": "",
                "effects": watched.done, "reads": touch.taken()}

    def remove(self, written, folders):
        for file in written:
            if os.path.exists(file):
                os.remove(file)
        for folder in reversed(folders):
            try:
                os.rmdir(folder)
            except OSError:
                pass

    def place(self, files):
        """Writes new files of the tree; where one of them is refused, none stays."""
        written, folders = [], []
        try:
            for name, content in files.items():
                whole = os.path.join(self.tree.root, name)
                if os.path.lexists(whole) or not os.path.realpath(whole).startswith(self.tree.root + os.sep):
                    raise ValueError("`%s` is not a new file of the repository" % name)
                missing, folder = [], os.path.dirname(whole)
                while not os.path.isdir(folder):
                    missing.insert(0, folder)
                    folder = os.path.dirname(folder)
                for folder in missing:
                    os.mkdir(folder)
                    folders.append(folder)
                with open(whole, "x", encoding="utf-8", newline="\n") as file:
                    written.append(whole)
                    file.write(content)
        except BaseException:
            self.remove(written, folders)
            raise
        return written, folders

    def replace(self, files):
        """Writes files of a tree that nobody else uses, over what is there."""
        for name, content in files.items():
            whole = os.path.realpath(os.path.join(self.tree.root, name))
            if not whole.startswith(self.tree.root + os.sep):
                raise ValueError("`%s` is no file of the repository" % name)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
                file.write(content)

    def fresh(self, path, framework, seconds, marked, more, changed=()):
        with tempfile.TemporaryDirectory() as side:
            report = os.path.join(side, "report.json")
            if framework == "pytest":
                command = ["-m", "pytest", "-q", "-x", "--tb=native", "-p", "no:cacheprovider", "-o", "addopts=", "-o",
                           "filterwarnings=", "-p", "nevermore_kit.witness", *([] if marked else ["--runxfail"]), *more, path]
            else:
                command = ["-m", "nevermore_kit.witness", path, "marked" if marked else "plain"]
            paths = [*self.tree.roots, self.tree.root, os.path.dirname(KIT)]
            environment = dict(os.environ, NEVERMORE_REPORT=report, NEVERMORE_ROOT=self.tree.root,
                               PYTHONPATH=os.pathsep.join(dict.fromkeys(paths)), PYTHONDONTWRITEBYTECODE="1", **{"PYTHONHASHSEED": "0", **dict(changed)})
            output = self.spawn([sys.executable, *command], environment, seconds)
            found = {"tests": {}, "failures": []}
            if os.path.exists(report):
                with open(report, encoding="utf-8") as file:
                    found = json.load(file)
            outcomes = list(found["tests"].values())
            result = outcomes[0] if len(outcomes) == 1 else "error" if outcomes or output["code"] not in (0, 5) else "none"
            if output["code"] == "timeout":
                result = "error"
            return {"result": result, "raised": found["failures"], "output": output["text"][-4000:]}

    def spawn(self, command, environment, seconds):
        with tempfile.TemporaryFile() as kept:
            process = subprocess.Popen(command, cwd=self.tree.root, env=environment, stdin=subprocess.DEVNULL, stdout=kept,
                                       stderr=subprocess.STDOUT, start_new_session=True)
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                code = "timeout"
            self.runner.sweep(process.pid)
            kept.seek(max(0, kept.tell() - 8000) if kept.tell() else 0)
            return {"code": code, "text": kept.read(8000).decode("utf-8", "replace")}
