"""The two sets: candidates are made, kept where the generated test is red before and green after, and labelled."""

from __future__ import annotations

import json
import pathlib
import sys

from . import cheating, converting, guarding, swallowing  # noqa: F401  (each adds its rules)
from .probing import digest
from .rules import RULES
from .screening import Screen
from .sites import sites_of
from .spoiling import SMUGGLED, TWISTS, smuggled, twists, weakened
from .upstream import least

WRITTEN = pathlib.Path(__file__).resolve().parent / "patches"
TRIES_A_RULE, TRIES, POOL, ENDLESS = 4, 56, 6, 4
LARGEST = 90  # changed lines; what is left of some releases is no fix but a release
RIGHT, WRONG, ASIDE, NEGATIVE = "right", "wrong", "aside", "negative"


class Builder:
    """The patches of one case, in an order that depends on names alone."""

    def __init__(self, case):
        self.case, self.patches, self.seen = case, [], set()
        self.screen, self.tries = Screen(case), 0

    def build(self):
        if not self.case.test:
            return []
        self.rights()
        self.proposed()
        self.careless()
        self.spoilt()
        return self.patches

    def rights(self):
        for rule, variant, diff in self.right_candidates():
            self.add(rule, RIGHT, variant, diff, suite=True)

    def right_candidates(self):
        case = self.case
        if hasattr(case, "fixed"):
            kept = case.area / "upstream.json"
            if not kept.exists():
                changes, files = least(case, self.screen.mends, self.screen.agrees) or ([], {})
                kept.write_text(json.dumps([", ".join(dict.fromkeys(change.name for change in changes)), case.diff(files)]))
            names, diff = json.loads(kept.read_text())
            if sum(line[:1] in "+-" for line in diff.splitlines()) <= LARGEST:
                yield "upstream", names, diff
        elif (case.folder / "fix.patch").exists():
            yield "reference", "fix.patch", (case.folder / "fix.patch").read_text()
        for file in sorted((WRITTEN / case.id).glob("*.diff")):
            yield "by-hand", file.stem, file.read_text()

    def proposed(self):
        """What `nevermore fix` itself proposed: the templates', whatever became of them."""
        proposals = [self.case.said.get("patch"), *(self.case.said.get("alternatives") or [])]
        for number, proposal in enumerate(filter(None, proposals), 1):
            self.add(proposal["origin"].replace(":", "-"), "template", str(number), proposal["diff"])

    def careless(self):
        """Each rule until it gave one wrong patch; all rules until there are enough to choose from."""
        sites = sites_of(self.case)
        found = 0
        for name in sorted(RULES, key=lambda name: digest(self.case.id, name)) if sites else []:
            family, function = RULES[name]
            candidates = sorted(function(sites), key=lambda item: digest(self.case.id, name, item[0]))
            for variant, changes in candidates[:TRIES_A_RULE]:
                if found >= POOL or self.tries >= TRIES or self.case.endless > ENDLESS:
                    return
                if self.add(name, family, variant, self.case.diff(changes)) == WRONG:
                    found += 1
                    break

    def spoilt(self):
        """Of the first right fix: twists that the oracle finds wrong, then what is wrong by construction."""
        right = next((patch for patch in self.patches if patch["label"] == RIGHT), None)
        if right:
            files = self.files_of(right["diff"])
            self.some(twists(self.case, files), TWISTS, wanted=1, tries=10, certain=False)
            self.some([*smuggled(self.case, files), *weakened(self.case, files)], SMUGGLED, wanted=2, tries=6, certain=True)

    def some(self, candidates, family, wanted, tries, certain):
        last = self.tries + tries
        for rule, variant, changes in sorted(candidates, key=lambda item: digest(self.case.id, *item[:2])):
            if not wanted or self.tries >= last:
                return
            wanted -= self.add(rule, family, variant, self.case.diff(changes), certain, suite=not certain) == WRONG

    def files_of(self, diff):
        tree = self.case.patched(diff, "right")
        names = [line[6:] for line in diff.splitlines() if line.startswith("+++ b/")]
        return {name: (tree / name).read_bytes() for name in names}

    def add(self, rule, family, variant, diff, certain=False, suite=False):
        """The label of a candidate, or None where it is no patch that passes red to green."""
        if not diff or diff in self.seen:
            return None
        self.seen.add(diff)
        self.tries += family != RIGHT
        faults = self.screen.faults(diff, certain, suite)
        if faults is None:
            if family == RIGHT:
                print(f"{self.case.id}: `{rule} {variant}` does not pass the generated test", file=sys.stderr)
            return None
        if certain:
            faults = ["a change that the failure did not ask for"]
        label = (ASIDE if faults else RIGHT) if family == RIGHT else (WRONG if faults else ASIDE)
        evidence = faults[:3] or ["equal to upstream on every probe"]
        self.patches.append(patch(self.case, rule, family, variant, label, evidence, diff))
        return label


def patch(case, rule, family, variant, label, evidence, diff):
    return {"id": f"{case.id}/{rule}-{digest(diff)[:6]}", "case": case.id, "package": case.package, "rule": rule,
            "family": family, "variant": variant, "label": label, "evidence": evidence, "diff": diff}


def naive(case):
    """The tempting patch of an event that no patch should answer."""
    changes = {}
    for edit in case.entry["naive_patch"]:
        raw = changes.get(edit["file"]) or (case.repository / edit["file"]).read_bytes()
        old, new = edit["old"].encode(), edit["new"].encode()
        if raw.count(old) != 1:
            raise ValueError(f"`{case.id}`: the naive patch does not fit {edit['file']}")
        changes[edit["file"]] = raw.replace(old, new)
    return patch(case, "naive", NEGATIVE, "", NEGATIVE, [case.entry["reason"]], case.diff(changes))


def patches_of(case, rebuild=False):
    """Built once and kept; every run judges the same patches."""
    kept = case.area / "patches.json"
    if rebuild or not kept.exists():
        kept.write_text(json.dumps([naive(case)] if case.negative else Builder(case).build(), indent=1))
    return json.loads(kept.read_text())
