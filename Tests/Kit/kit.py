"""The kit under the name that it has in the sandbox, and small trees for it to look at."""
import atexit
import os
import shutil
import sys
import tempfile
import textwrap
import unittest

KIT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", "Sources", "PythonTarget", "Kit"))
HOME = tempfile.mkdtemp(prefix="nevermore-kit-")
atexit.register(shutil.rmtree, HOME, True)
PACKAGE = os.path.join(HOME, "nevermore_kit")
os.makedirs(PACKAGE)
for name in os.listdir(KIT):
    if name.endswith(".py"):
        shutil.copy(os.path.join(KIT, name), PACKAGE)
sys.path.insert(0, HOME)
sys.dont_write_bytecode = True

from nevermore_kit import digests, mutations, observing, patching, renewals, run, shown, source, spans, suite, suites, swaps, syntax  # noqa: E402,F401


class TreeCase(unittest.TestCase):
    """A folder with the files of `FILES`, opened as a tree; a subclass says which."""

    FILES = {}

    def setUp(self):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="nevermore-tree-"))
        self.addCleanup(shutil.rmtree, self.root, True)
        for path, text in self.FILES.items():
            self.write(path, textwrap.dedent(text))
        self.before = dict(sys.modules)
        self.path = list(sys.path)
        self.addCleanup(self.forget)
        self.tree = source.Tree(self.root, ["."])
        self.runner = run.Runner(self.tree, False)

    def forget(self):
        sys.path[:] = self.path
        for name in set(sys.modules) - set(self.before):
            if getattr(sys.modules[name], "__file__", None) and sys.modules[name].__file__.startswith(self.root):
                del sys.modules[name]

    def write(self, path, text):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        return whole

    def listing(self):
        return sorted(os.path.relpath(os.path.join(folder, name), self.root)
                      for folder, _, names in os.walk(self.root) for name in names if not name.endswith(".pyc"))


def nodes(found):
    """Every record of a syntax tree as the kit sends it."""
    todo = [found]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            yield item
            todo += item.values()
        elif isinstance(item, list):
            todo += item
