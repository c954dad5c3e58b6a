"""Mutants against tests in a process that has collected them: swapped and taken back where that is safe, else in a fork."""
import importlib
import os
import re
import resource
import signal
import sys
import time

from . import items, mutations, patching, renewals, swaps, tracing

ENOUGH = 0.005  # seconds of tests after which a mutant that lives is left to a fork, which asks them all anyway
CHECKED = 50  # mutants after which the tests that killed must pass again


class TimeUp(BaseException):
    """A mutant used up its time."""


class NoCalls:
    root = ""


class Judge:
    """The order is: a baseline with lines in a child; a child that swaps; forks for what that leaves open."""

    def __init__(self, plan, tests, tell, known):
        self.plan, self.tests, self.tell = plan, {test.name: test for test in tests}, tell
        self.files, self.live, self.measured, self.touchy, self.covered = {}, {}, {}, set(), {}
        self.deadline = plan["deadline"]
        self.renewals = known

    # --- baseline

    def baseline(self):
        """Runs in a child. {name: [seconds of CPU or None where it fails or skips, lines, why]}, and what can be had ready."""
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
        patterns = [key[1:] for key in getattr(re, "_cache", {}) if isinstance(key, tuple) and key[:1] == (str,)]
        return {"measured": found, "modules": list(sys.modules), "patterns": patterns}

    def make_ready(self, modules, patterns):
        """What every child would do once more, and what no test can tell from its absence: Python's own modules, compiled patterns."""
        for name in () if self.renewals.surroundings.asks_for_modules() else modules:
            if name in getattr(sys, "stdlib_module_names", ()) and name not in sys.modules:
                importlib.import_module(name)
        for pattern, flags in patterns:
            re.compile(pattern, flags)

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

    def needing(self, path):
        """A test that runs lines of a file, and so fails where the file cannot be imported."""
        return next((name for name, found in self.measured.items() if found[2] == "passed" and found[1].get(path)), None)

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
            key = mutant["path"] if mutant["renewed"] else mutant["codes"][0][0]
            before = last.setdefault(key, [])  # what killed others of the function, the latest first
            places, near = {name: place for place, name in enumerate(before)}, set(mutant["near"])
            order = sorted((name for name in mutant["tests"] if name in self.quiet),
                           key=lambda name: (places.get(name, len(before)), name not in near, self.quiet[name]))
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
        broken = [name for name in killers if failure(self.tests[name], None) is not None]
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
        back = []
        outcome = {"index": mutant["index"], "outcome": "survived", "tier": "swapped"}
        try:
            limit = 0.25 + 8 * sum(self.quiet[name] for name in order)
            signal.setitimer(signal.ITIMER_PROF, limit, 0.05)
            steps = self.steps(mutant)
            if steps is None:
                order = []
            else:
                back = steps[1]
                patching.run(steps[0])
                order = [name for name in order if name.split("::")[0] not in steps[2]]
            spent, left = 0, sum(self.quiet[name] for name in order)
            for position, (name, following) in enumerate(zip(order, [*order[1:], None])):
                if position > 2 and spent > ENOUGH and left - spent > ENOUGH:
                    break
                spent += self.quiet[name]
                failed = failure(self.tests[name], following and self.tests[following])
                if failed is not None:
                    outcome.update({"outcome": "timedOut"} if isinstance(failed, TimeUp) or time.process_time() - started > limit
                                   else {"outcome": "killed", "by": name})
                    break
        except TimeUp:
            outcome["outcome"] = "timedOut" if back else "survived"
        except renewals.Failed:
            needing = self.needing(mutant["path"])
            outcome.update({"outcome": "killed", "by": needing} if needing else {})
        finally:
            try:
                signal.setitimer(signal.ITIMER_PROF, 0)
            except TimeUp:
                signal.setitimer(signal.ITIMER_PROF, 0)
            patching.run(back)
        return dict(outcome, cpu=time.process_time() - started + mutant["compiling"])

    def steps(self, mutant):
        """(what makes a mutant, what takes that back, files of tests that it does not reach); None where a process has to import it."""
        if mutant["renewed"]:
            return self.renewals.patches(self.file(mutant), mutant)
        pairs = [(function, before, after) for before, after in mutant["codes"] for function in self.live.get(before, ())]
        return tuple([(patching.set_attribute, function, "__code__", (before, after)[to]) for function, before, after in pairs]
                     for to in (1, 0)) + (set(),)

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
        if mutant["renewed"] or not any(before in self.live for before, _ in mutant["codes"]):
            late(self.file(mutant).whole, self.file(mutant).mutated(mutant))
        try:
            steps = self.steps(mutant)
        except renewals.Failed:
            steps = None
        if steps is None or steps[2]:
            return {"outcome": "unknown"}
        patching.run(steps[0])
        return first_failure(self.order(mutant["tests"]))


def failure(test, following):
    """What a test fails with; one that is skipped does not fail."""
    failed = test.run(following)
    return None if items.is_skip(failed) else failed


def first_failure(tests):
    for test, following in zip(tests, [*tests[1:], None]):
        failed = failure(test, following)
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
