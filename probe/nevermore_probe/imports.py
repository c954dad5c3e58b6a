"""Sees that a library has been imported, and changes nothing of how: the spec and the loader are the ones that Python found.

A finder cannot see the end of an import. So for the few names that are watched it finds what Python would have found, and lays a function
over that one loader's `exec_module`, which takes itself away before it runs the plain one.
"""
import importlib.machinery
import sys

PLAIN_LOADERS = (importlib.machinery.SourceFileLoader, importlib.machinery.SourcelessFileLoader)


class Observer:
    """In `sys.meta_path`; `imported(name)` is called after a watched module has run."""

    def __init__(self, names, imported):
        self.names = frozenset(names)
        self.imported = imported
        self.pending = set()

    def find_spec(self, name, path=None, target=None):
        if name not in self.names:
            return None
        spec = self.plainly(name, path, target)
        if spec is not None:
            self.observe(name, spec)
        return spec

    def plainly(self, name, path, target):
        """What the finders behind this one find, in their order; what they raise is theirs."""
        finders = list(sys.meta_path)
        behind = finders[finders.index(self) + 1:] if self in finders else ()
        for finder in behind:
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find else None
            if spec is not None:
                return spec
        return None

    def observe(self, name, spec):
        loader = spec.loader
        if type(loader) not in PLAIN_LOADERS:  # one that may be shared: looked for at the start of the next unit
            self.pending.add(name)
            return
        plain = loader.exec_module

        def exec_module(module):
            loader.__dict__.pop("exec_module", None)
            plain(module)
            self.imported(name)
        try:
            loader.exec_module = exec_module
        except Exception:
            self.pending.add(name)

    def settle(self):
        for name in list(self.pending):
            module = sys.modules.get(name)
            if module is not None and not getattr(getattr(module, "__spec__", None), "_initializing", False):
                self.pending.discard(name)
                self.imported(name)

    def install(self):
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        self.pending.update(name for name in self.names if name in sys.modules)
        self.settle()

    def uninstall(self):
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        self.pending.clear()
