"""Right or wrong, by what the patched program does; the judge under test has no say in it."""

from __future__ import annotations

import json
import threading
import time

from .probing import answers

SUITE_SECONDS = 20
# What nobody raises on purpose: a patch may mend more such crashes than upstream did.
ACCIDENTS = {"raised " + name for name in
             ("TypeError", "AttributeError", "KeyError", "IndexError", "NameError", "UnboundLocalError", "ZeroDivisionError",
              "RecursionError", "AssertionError", "process")}


class Oracle:
    """Crash: the fixed release's answers and the package's suite. Service: the hidden tests and its own suite."""

    def __init__(self, case):
        self.case, self.lock = case, threading.Lock()
        if hasattr(case, "fixed"):
            self.before, self.after = self.answered()
            self.steady = self.before is not None and self.after is not None

    def answered(self):
        """What both releases answer; a neighbour that is answered differently twice is left out."""
        kept = self.case.area / "answers.json"
        if not kept.exists():
            tree = self.case.tree("before")
            twice = [answers(self.case, self.case.python, tree) for _ in range(2)]
            after = answers(self.case, self.case.python_of_fixed, self.case.fixed)
            before = [one if one == two else None for one, two in zip(*twice)] if all(twice) else None
            kept.write_text(json.dumps([before, after]))
        return json.loads(kept.read_text())

    @property
    def baseline(self):
        """The tests of the package's suite that pass before, where the suite is quick; else None."""
        kept = self.case.area / "suite.json"
        with self.lock:
            if not kept.exists():
                started = time.time()
                passed = self.case.suite(self.case.tree("suite"))
                quick = passed and time.time() - started < SUITE_SECONDS
                kept.write_text(json.dumps(sorted(passed) if quick else None))
        return json.loads(kept.read_text())

    def faults(self, tree, suite=False):
        """(what is wrong with the payload's answer, with the others), as lists of sentences."""
        if not hasattr(self.case, "fixed"):
            return self.faults_of_service(tree)
        now = answers(self.case, self.case.python, tree)
        if now is None:
            return ["the service could not be run"], []
        payload = []
        if now[0] != self.after[0]:
            payload = [f"the payload is answered `{now[0][:80]}`, upstream `{self.after[0][:80]}`"]
        others = [self.difference(*three) for three in list(zip(self.before, self.after, now))[1:]]
        others = [f"neighbour {number}: {text}" for number, text in enumerate(others, 1) if text]
        if suite and not payload and self.baseline:
            broken = sorted(set(self.baseline) - (self.case.suite(tree) or set()))
            others += [f"the suite's `{name}` fails" for name in broken[:3]]
        return payload, others

    def difference(self, before, after, now):
        """A neighbour that worked must be answered as before, one that crashed as upstream answers it."""
        if before is None or now == after:
            return None
        crashed = "raised " + self.case.entry["exception_type"].split(".")[-1]
        if before == after and before not in ACCIDENTS:
            return f"was and should be `{before[:60]}`, is `{now[:60]}`"
        return f"crashed, should be `{after[:60]}`, is `{now[:60]}`" if before == crashed else None

    def faults_of_service(self, tree):
        broken = self.case.hidden(tree)
        if broken is None:
            return ["the hidden tests could not be run"], []
        own = [] if self.case.own_suite_passes(tree) else ["the service's own suite fails"]
        return [f"the hidden `{name}` fails" for name in broken], own
