"""Tries a candidate once: does it pass red to green, and what is wrong with it?"""

from __future__ import annotations

import json

from .labelling import Oracle
from .probing import digest


class Screen:
    def __init__(self, case):
        self.case, self.oracle = case, Oracle(case)
        self.ledger = case.area / "screened.json"
        self.known = json.loads(self.ledger.read_text()) if self.ledger.exists() else {}

    def faults(self, diff, certain, suite):
        """What is wrong with a patch that passes red to green; None where it does not pass. Each is tried once."""
        key = digest(diff, self.case.test["source"], str(certain), str(suite))
        if key not in self.known:
            tree, faults = self.case.patched(diff, "candidate"), None
            if tree is not None and self.case.passes(tree):
                payload, others = ([], []) if certain else self.oracle.faults(self.case.patched(diff, "oracle"), suite)
                faults = payload + others
            self.known[key] = faults
            self.ledger.write_text(json.dumps(self.known))
        return self.known[key]

    def mends(self, files):
        """Whether these files pass red to green and answer the payload as upstream does."""
        tree = self.case.patched(self.case.diff(files), "upstream")
        return tree is not None and self.case.passes(tree) and not self.oracle.faults(tree)[0]

    def agrees(self, files):
        """... and the neighbours too."""
        tree = self.case.patched(self.case.diff(files), "upstream")
        return tree is not None and self.case.passes(tree) and self.oracle.faults(tree) == ([], [])
