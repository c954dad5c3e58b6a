"""Programs run in forks: import once, fork a trial, report what was raised, where, and what the operands were."""
import ast
import datetime
import importlib
import importlib.util
import inspect
import json
import os
import signal
import sys
import time

from . import clocks, effects, operands, touch
from .forks import collect, limit, parent_is_sandbox, send

KIT = os.path.dirname(os.path.abspath(__file__))
FRAMES = 120  # kept at each end of a very long stack
CALLERS = 4  # lines of the repository whose operands are told


class Runner:
    def __init__(self, tree, contained):
        self.tree = tree
        self.contained = contained and parent_is_sandbox()
        for root in reversed(tree.roots):
            if root not in sys.path:
                sys.path.insert(0, root)

    # --- forks

    def forked(self, work, seconds):
        """What `work()` gives in a child process, or how the child ended. No child outlives this call."""
        reader, writer = os.pipe()
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            os.close(reader)
            try:
                os.setpgid(0, 0)
                limit(seconds)
                found = work()
            except BaseException as error:  # the report is all that may leave this process
                found = {"unusable": "%s: %s" % (type(error).__name__, text(error))}
            try:
                send(writer, json.dumps(found).encode())
            finally:
                os._exit(0)
        os.close(writer)
        body, status = collect(reader, child, started + seconds)
        os.close(reader)
        self.sweep(child)
        took = time.monotonic() - started
        if body:
            try:
                return dict(json.loads(body), seconds=took)
            except ValueError:
                pass
        if status is None:
            return {"timedOut": True, "seconds": took}
        if os.WIFSIGNALED(status):
            cause = signal.Signals(os.WTERMSIG(status)).name
            return {"timedOut": True, "seconds": took} if cause == "SIGXCPU" else {"ended": cause, "seconds": took}
        return {"ended": "exit %d" % os.WEXITSTATUS(status), "seconds": took}

    def sweep(self, child):
        try:
            os.killpg(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        if self.contained:  # the sandbox has a process namespace of its own: what is left in it is the target's
            try:
                os.kill(-1, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
            while True:
                try:
                    if os.waitpid(-1, os.WNOHANG)[0] == 0:
                        break
                except ChildProcessError:
                    break

    # --- verbs

    def settle(self):
        """What an application needs before any of its code runs: its settings."""
        for found in self.tree.applications():
            if found["framework"] == "django":
                os.environ.setdefault("DJANGO_SETTINGS_MODULE", found["module"])
                django = load("django")
                try:
                    django and django.setup()
                except BaseException:  # the trial that needs them says so
                    pass

    def warm(self, modules):
        """Import what trials will import, so that each of them starts with it."""
        done = []
        for name in modules:
            try:
                importlib.import_module(name)
                done.append(name)
            except BaseException:  # a module that cannot be imported is met again in the trial that needs it
                pass
        return done

    def run(self, text_of_program, seconds, days=0):
        return self.forked(lambda: self.trial(text_of_program, days=days), seconds)

    def trial(self, text_of_program, space=None, days=0):
        code = compile(text_of_program, "<program>", "exec")
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        done = []
        clocks.ahead(days, self.tree.root)
        effects.watch(self.tree.root, done)
        space = {} if space is None else space
        space.update(__name__="program", __builtins__=__builtins__)
        try:
            exec(code, space)
        except BaseException as error:
            return dict(self.report(error), effects=done, reads=touch.taken())
        return {"returned": type(space.get("__nevermore_result__")).__name__, "effects": done}

    def report(self, error):
        chain = [self.exception(e) for e in chained(error)]
        return {"raised": chain, "state": self.crash_state(error)}

    def exception(self, error):
        kind = type(error)
        return {"type": kind.__name__, "module": kind.__module__, "message": text(error), "variable": missing_variable(error),
                "lineage": ["%s.%s" % (c.__module__, c.__qualname__) for c in kind.__mro__], "frames": self.frames(error)}

    def frames(self, error):
        found, trace = [], error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename != "<program>" and os.path.dirname(code.co_filename) != KIT:
                found.append([self.tree.relative(code.co_filename), code.co_name, trace.tb_lineno])
            trace = trace.tb_next
        return found if len(found) <= 2 * FRAMES else found[:FRAMES] + found[-FRAMES:]

    # --- the operands of the failing line

    def crash_state(self, error):
        """The operands of the failing line and of the lines of the repository that led to it, innermost first."""
        trace, calls = error.__traceback__, []
        while trace is not None:
            path = self.tree.relative(trace.tb_frame.f_code.co_filename)
            if path:
                calls.append((path, trace))
            trace = trace.tb_next
        found = []
        for depth, (path, trace) in enumerate(reversed(calls[-CALLERS:])):
            node = self.tree.parse(path)
            if node is not None:
                found += [dict(state, depth=depth) for state in operands.states(node, trace.tb_frame, trace.tb_lineno)]
        return found

    # --- names

    def resolve(self, names, nearby):
        return self.forked(lambda: {"names": self.resolved(names, nearby)}, 30).get("names", {})

    def resolved(self, names, nearby):
        found = {}
        quiet = os.open(os.devnull, os.O_RDWR)
        os.dup2(quiet, 2)
        homes = [m for m in (load(name) for name in nearby) if m is not None]
        for name in names:
            head, *rest = name.split(".")
            for module, path in self.meanings(head, homes):
                try:
                    answer = self.followed(module, path, rest)
                except Exception:  # a thing that cannot be looked at means nothing
                    answer = None
                if answer:
                    found[name] = answer
                    break
        return found

    def meanings(self, head, homes):
        """What a bare name may mean, likeliest first, as (module, attribute path)."""
        if hasattr(__builtins__, head) or (isinstance(__builtins__, dict) and head in __builtins__):
            yield importlib.import_module("builtins"), [head]
        for home in homes:
            if home.__name__ == head:
                yield home, []
        for home in homes:
            thing = home.__dict__.get(head)
            origin = thing if inspect.ismodule(thing) else home_of(thing)
            if thing is not None and origin is not None and self.in_tree(origin):
                yield home, [head]
        if head.isidentifier() and is_found(head):
            module = load(head)
            if module is not None:
                yield module, []
        for name, _ in self.tree.definitions(head):
            module = load(name)
            if module is not None and hasattr(module, head):
                yield module, [head]
        for home in homes:
            if head in home.__dict__:
                yield home, [head]

    def followed(self, module, path, rest):
        """The last module of a dotted name and the path in it, hop by hop; None where a hop is not there."""
        thing, walked = module, []
        for step in path + rest:
            if inspect.ismodule(thing) and not hasattr(thing, step):
                load(thing.__name__ + "." + step)
            if step in path or inspect.ismodule(thing) or inspect.isclass(thing):
                if not hasattr(thing, step):
                    return None
                thing = getattr(thing, step)
                if is_inner(step) and not inspect.ismodule(thing):
                    return None
            else:
                return None
            if inspect.ismodule(thing):
                module, walked = thing, []
            else:
                walked.append(step)
        home = thing if inspect.ismodule(thing) else home_of(thing) or module
        own = self.in_tree(home) or self.in_tree(module) and not any(other is thing for other in list(vars(home).values()))
        return {"module": module.__name__, "path": walked, "home": home.__name__, "kind": kind_of(thing), "tree": own,
                "lineage": lineage(thing)}

    def in_tree(self, module):
        file = getattr(module, "__file__", None)
        return bool(file and self.tree.relative(file))

    def clocks(self, modules):
        """By which names modules of the tree know what tells the moment: (module, name, path inside `datetime`, or what a function gives)."""
        return self.forked(lambda: {"names": list(self.clock_names(modules))}, 30).get("names", [])

    def clock_names(self, modules):
        kinds = [(datetime, "", []), (datetime.datetime, "", ["datetime"]), (datetime.date, "", ["date"]),
                 (time, ".time", "seconds"), (time.time, "", "seconds")]
        loaded = [(module, load(module)) for module in modules]
        django = sys.modules.get("django.utils.timezone")
        if django is not None:
            form = "zoned" if django.now().tzinfo is not None else "local"
            kinds += [(django, ".now", form), (django.now, "", form)]
        for module, found in loaded:
            if found is not None and self.in_tree(found):
                for name, thing in list(vars(found).items()):
                    for kind, attribute, path in kinds:
                        if thing is kind:
                            yield [module, name + attribute, path]

    def find_types(self, name):
        return self.forked(lambda: {"types": list(self.types_named(name))}, 30).get("types", [])

    def types_named(self, name):
        """Types of the repository by the name that a sender shows, with what their construction takes."""
        *module, last = name.split(".")
        candidates = [".".join(module)] if module else []
        candidates += [m for m, _ in self.tree.definitions(last)]
        candidates += [m for m in list(sys.modules) if not module and is_found(m.split(".")[0]) and last in vars(sys.modules[m])
                       and self.in_tree(sys.modules[m])]
        seen = set()
        for candidate in candidates:
            home = load(candidate) if candidate else None
            thing = getattr(home, last, None) if home else None
            if inspect.isclass(thing) and thing not in seen:
                seen.add(thing)
                yield self.type_record(thing, home.__name__, last)

    def type_record(self, thing, module, name):
        if self.in_tree(sys.modules.get(thing.__module__)) and hasattr(sys.modules[thing.__module__], thing.__qualname__.split(".")[0]):
            module, name = thing.__module__, thing.__qualname__
        record = {"module": module, "path": name.split("."), "exception": issubclass(thing, BaseException), "parameters": None,
                  "lineage": lineage(thing), "tree": self.in_tree(sys.modules.get(thing.__module__)),
                  "members": list(thing.__members__) if hasattr(thing, "__members__") else []}
        try:
            record["parameters"] = [parameter(p) for p in inspect.signature(thing).parameters.values()]
        except (TypeError, ValueError):
            pass
        return record


def parameter(item):
    note = item.annotation
    if note is inspect.Parameter.empty:
        spelled = None
    elif isinstance(note, str):
        spelled = note
    else:
        spelled = note.__name__ if inspect.isclass(note) and not getattr(note, "__args__", None) else str(note)
    return {"name": item.name, "kind": item.kind.name, "required": item.default is item.empty, "annotation": spelled}


def lineage(thing):
    return ["%s.%s" % (c.__module__, c.__qualname__) for c in thing.__mro__] if inspect.isclass(thing) else []


def kind_of(thing):
    for kind, test in (("module", inspect.ismodule), ("type", inspect.isclass), ("callable", callable)):
        if test(thing):
            return kind
    return "value"


def home_of(thing):
    """The module that says it defines a thing."""
    name = getattr(thing, "__module__", None)
    return sys.modules.get(name) if isinstance(name, str) else None


def is_inner(name):
    """Names of the interpreter's own machinery: through them everything can be reached."""
    return name.startswith("__")


def is_found(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError, AttributeError):
        return False


def load(name):
    try:
        return importlib.import_module(name)
    except BaseException:
        return None


def chained(error):
    """The exception, what it was raised from or while, and the members of groups; each once."""
    todo, seen = [error], []
    while todo and len(seen) < 20:
        item = todo.pop(0)
        if item is None or any(item is other for other in seen):
            continue
        seen.append(item)
        todo += [item.__cause__, None if item.__suppress_context__ else item.__context__, *getattr(item, "exceptions", ())]
    return seen


def missing_variable(error):
    """The name that a look-up in the process's environment did not find."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is not None and isinstance(error, KeyError) and trace.tb_frame.f_code.co_filename in (os.__file__, "<frozen os>") \
            and error.args and isinstance(error.args[0], str):
        return error.args[0]
    return None


def text(error):
    try:
        return str(error)[:4000]
    except BaseException:
        return ""
