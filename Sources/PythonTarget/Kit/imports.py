"""Lines of a tree's files as they are imported: which of them each import and each collection of tests ran."""
import importlib.machinery
import os


class Imports:
    """`own` has {path: lines of its execution}, `afterwards` {path: {other path: lines that its import or collection ran}}."""

    def __init__(self, root, watch):
        self.root, self.watch, self.own, self.afterwards, self.open, self.changed = os.path.realpath(root), watch, {}, {}, [], []
        self.follow(importlib.machinery.SourceFileLoader, lambda loader, module: loader.path)

    def follow_pytest(self):
        try:
            from _pytest.assertion.rewrite import AssertionRewritingHook
        except ImportError:
            return
        self.follow(AssertionRewritingHook, lambda loader, module: module.__spec__.origin or "")

    def follow(self, kind, path_of):
        execute = kind.exec_module

        def exec_module(loader, module):
            path = self.relative(path_of(loader, module))
            self.begin(path)
            try:
                return execute(loader, module)
            finally:
                self.finish(path)
        kind.exec_module = exec_module
        self.changed.append((kind, execute))

    def relative(self, whole):
        return os.path.relpath(os.path.realpath(whole), self.root)

    def begin(self, path):
        """What was run so far belongs to the file around."""
        self.put(self.open[-1] if self.open else "")
        self.open.append(path)

    def finish(self, path):
        self.put(path)
        self.open.pop()

    def collected(self, whole):
        """A file's tests have been gathered."""
        if not self.open:
            self.put(self.relative(whole))

    def put(self, path):
        for other, lines in self.watch.take().items():
            if other in self.open:
                self.own.setdefault(other, set()).update(lines)
            else:
                self.afterwards.setdefault(path, {}).setdefault(other, set()).update(lines)

    def seen(self):
        return {*self.own, *(other for found in self.afterwards.values() for other in found)}

    def lines(self, path):
        return self.own.get(path, set()).union(*(found.get(path, ()) for found in self.afterwards.values()))

    def end(self):
        self.put("")
        for kind, execute in self.changed:
            kind.exec_module = execute
