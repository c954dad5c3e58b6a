"""Does something right after a module has been imported, without importing it and without a trace on the module."""
import importlib.util
import sys
import threading

waiting = {}
busy = threading.local()


def when_imported(name, action, before=None):
    """At once where it has been imported; `action` takes the module, and may fail. `before` is called when it is about to run."""
    module = sys.modules.get(name)
    if module is not None:
        perform(action, module)
        return
    waiting.setdefault(name, []).append((action, before))
    if finder not in sys.meta_path:
        sys.meta_path.insert(0, finder)


def perform(action, module):
    try:
        action(module)
    except Exception:
        from . import service
        service.counts["patching"] += 1


class Finder:
    """Finds nothing itself: asks the other finders, and lends the loader that they give one method for one call."""

    def find_spec(self, name, path=None, target=None):
        if name not in waiting or getattr(busy, "name", None) == name:
            return None
        busy.name = name
        try:
            spec = importlib.util.find_spec(name)
        except Exception:
            return None
        finally:
            busy.name = None
        if spec is not None and spec.loader is not None:
            lend(spec.loader, name)
        return spec


def lend(loader, name):
    execute = getattr(loader, "exec_module", None)
    if execute is None:
        return

    def exec_module(module):
        if getattr(module, "__name__", name) != name:  # a loader may be shared by the modules of an archive
            return execute(module)
        give_back()
        for _, before in waiting.get(name, ()):
            if before is not None:
                perform(before, module)
        try:
            execute(module)
        except BaseException as error:
            from .patches import without_frame
            without_frame(error)
            raise
        actions = waiting.pop(name, ())
        if not waiting and finder in sys.meta_path:
            sys.meta_path.remove(finder)
        for action, _ in actions:
            perform(action, module)

    def give_back():
        try:
            del loader.exec_module
        except AttributeError:
            pass

    try:
        loader.exec_module = exec_module
    except AttributeError:
        pass


finder = Finder()
