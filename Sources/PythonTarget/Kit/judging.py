"""Mutants against tests in a process that has collected them: swapped and taken back where that is safe, else in a fork."""
import os
import resource
import signal
import sys
import time

from . import items, mutations, swaps, tracing

ENOUGH = 0.008  # seconds of tests after which a mutant that lives is left to a fork, which asks them all anyway
CHECKED = 50  # mutants after which the tests that killed must pass again


class TimeUp(BaseException):
    """A mutant used up its time."""


class NoCalls:
    root = ""


class Judge:
    """The order is: a baseline with lines in a child; a child that swaps; forks for what that leaves open."""

    def __init__(self, plan, tests, tell):
        self.plan, self.tests, self.tell = plan, {test.name: test for test in tests}, tell
        self.files, self.live, self.measured, self.touchy, self.covered = {}, {}, {}, set(), {}
        self.deadline = plan["deadline"]

    # --- baseline

    def baseline(self):
        """Runs in a child. {name: [seconds of CPU or None where it fails or skips, lines, why]}"""
        watch = tracing.Watch(self.plan["root"], self.plan["cover"], [], NoCalls)
        watch.start()
        found = {}
        for test, following in zip(self.order(self.tests), [*self.order(self.tests)[1:], None]):
            if time.time() > self.plan["baselineDeadline"]:
                break
            watch.take()
            started = time.process_time()
            failed = test.run(following)
            took = time.process_time() - started
            state = "passed" if failed is None and test.is_plain else "skipped" if failed is None or items.is_skip(failed) else "failed"
            found[test.name] = [took, watch.take(), state]
        return found

    def longest(self):
        return max((found[0] for found in self.measured.values()), default=0) + sum(found[0] for found in self.measured.values())

    def order(self, names):
        return [self.tests[name] for name in names]

    def covering(self, mutant):
        if not self.covered:
            for position, (took, covered, state) in enumerate(self.measured.values()):
                for path, lines in covered.items() if state == "passed" else ():
                    for line in lines:
                        self.covered.setdefault((path, line), []).append(position)
        first, last = self.file(mutant).statement_lines(mutant)
        names = list(self.measured)
        found = {position for line in range(first, last + 1) for position in self.covered.get((mutant["path"], line), ())}
        return [names[position] for position in sorted(found)]

    def file(self, mutant):
        path = mutant["path"]
        if path not in self.files:
            self.files[path] = mutations.File(self.plan["root"], path)
        return self.files[path]

    # --- in one process

    def swapping(self, mutants, send):
        """In a child: every mutant by swapped code, until one of them leaves something behind."""
        self.quiet = {}
        for name in sorted({name for mutant in mutants for name in mutant["tests"]} - self.touchy):
            started = time.process_time()
            if self.tests[name].run(None) is None:
                self.quiet[name] = time.process_time() - started
        self.find()
        signal.signal(signal.SIGPROF, self.time_up)
        last, killers, batch = {}, set(), []
        for mutant in mutants:
            if time.time() > self.deadline:
                return
            send({"begin": mutant["index"]})
            before = last.setdefault(mutant["codes"][0][0], [])  # what killed others of the function, the latest first
            order = sorted((name for name in mutant["tests"] if name in self.quiet),
                           key=lambda name: (before.index(name) if name in before else len(before), self.quiet[name]))
            found = self.swapped(mutant, order)
            if found["outcome"] == "killed":
                killers.add(found["by"])
                before[:] = [found["by"], *[name for name in before if name != found["by"]]]
            batch.append(found)
            if len(batch) >= CHECKED or found["outcome"] == "timedOut":
                if not self.settle(batch, killers, send):
                    return
                batch, killers = [], set()
        self.settle(batch, killers, send)

    def settle(self, batch, killers, send):
        """Sends what is known; false where a test that killed does not pass any more without a mutant."""
        broken = [name for name in killers if self.tests[name].run(None) is not None]
        for entry in batch:
            if entry.get("by") not in broken:
                send(entry)
        if broken:
            send({"dirty": [entry["index"] for entry in batch if entry.get("by") in broken], "tests": broken})
        return not broken

    def time_up(self, number, frame):
        raise TimeUp()

    def swapped(self, mutant, order):
        started = time.process_time()
        changed = []
        outcome = {"index": mutant["index"], "outcome": "survived", "tier": "swapped"}
        try:
            for before, after in mutant["codes"]:
                for function in self.live.get(before, ()):
                    changed.append((function, function.__code__))
                    function.__code__ = after
            limit = 0.25 + 8 * sum(self.quiet[name] for name in order)
            signal.setitimer(signal.ITIMER_PROF, limit, 0.05)
            spent, left = 0, sum(self.quiet[name] for name in order)
            for position, (name, following) in enumerate(zip(order, [*order[1:], None])):
                if position > 2 and spent > ENOUGH and left - spent > ENOUGH:
                    break
                spent += self.quiet[name]
                failed = self.tests[name].run(following and self.tests[following])
                if failed is not None:
                    outcome.update({"outcome": "timedOut"} if isinstance(failed, TimeUp) or time.process_time() - started > limit
                                   else {"outcome": "killed", "by": name})
                    break
        except TimeUp:
            outcome["outcome"] = "timedOut"
        finally:
            try:
                signal.setitimer(signal.ITIMER_PROF, 0)
            except TimeUp:
                signal.setitimer(signal.ITIMER_PROF, 0)
            for function, code in changed:
                function.__code__ = code
        return dict(outcome, cpu=time.process_time() - started + mutant["compiling"])

    def find(self):
        """The live functions of the mutated files, by their code; what was frozen must have been found before."""
        names = {m.__file__ for m in list(sys.modules.values()) if isinstance(getattr(m, "__file__", None), str)
                 and os.path.realpath(m.__file__) in {file.whole for file in self.files.values()}}
        for function in swaps.live_functions(names):
            same = self.live.setdefault(function.__code__, [])
            if not any(function is other for other in same):
                same.append(function)

    # --- in a fork

    def forked(self, mutant):
        """In a child that has run nothing yet."""
        limit = 1 + 10 * sum(self.measured[name][0] for name in mutant["tests"])
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit + time.process_time()) + 1, int(limit + time.process_time()) + 3))
        if not any(before in self.live for before, _ in mutant["codes"]):
            late(self.file(mutant).whole, self.file(mutant).mutated(mutant))
        for before, after in mutant["codes"]:
            for function in self.live.get(before, ()):
                function.__code__ = after
        return first_failure(self.order(mutant["tests"]))


def first_failure(tests):
    for test, following in zip(tests, [*tests[1:], None]):
        failed = test.run(following)
        if failed is not None:
            return {"outcome": "killed", "by": test.name}
    return {"outcome": "survived"}


def late(whole, text):
    """A module that is imported from now on has this text."""
    import importlib.machinery
    load = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader, name):
        if os.path.realpath(loader.path) != whole:
            return load(loader, name)
        return compile(text, loader.path, "exec", dont_inherit=True)
    importlib.machinery.SourceFileLoader.get_code = get_code
