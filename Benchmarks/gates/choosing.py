"""Which patches are judged: a few a case, of as many kinds as there are; and the two halves."""

from __future__ import annotations

import collections
import hashlib

from .building import NEGATIVE, RIGHT, WRONG
from .spoiling import SMUGGLED, TWISTS

TUNE, REPORT = "tune", "report"
CARELESS_A_CASE, TWISTS_A_CASE, SMUGGLED_A_CASE = 4, 1, 1


def half(package):
    """All patches of a package are in one half, whatever else is in the corpus."""
    return (TUNE, REPORT)[hashlib.sha256(f"gate {package}".encode()).digest()[0] % 2]


def chosen(patches):
    """Every right patch and naive patch, and of each case's wrong ones those whose rules are rarest so far."""
    used, kept = collections.Counter(), []
    by_case = collections.defaultdict(list)
    for patch in patches:
        by_case[patch["case"]].append(patch)
    for case in sorted(by_case):
        kept += [patch for patch in by_case[case] if patch["label"] in (RIGHT, NEGATIVE)]
        wrong = [patch for patch in by_case[case] if patch["label"] == WRONG]
        for families, most in ((None, CARELESS_A_CASE), ((TWISTS,), TWISTS_A_CASE), ((SMUGGLED,), SMUGGLED_A_CASE)):
            pool = [patch for patch in wrong if (patch["family"] in families if families
                                                 else patch["family"] not in (TWISTS, SMUGGLED))]
            for _ in range(most):
                if pool:
                    rarest = min(pool, key=lambda patch: (used[patch["rule"]], patch["id"]))
                    pool.remove(rarest)
                    used[rarest["rule"]] += 1
                    kept.append(rarest)
    return kept


def limited(patches, limit):
    """Every n-th patch, so that a short look sees something of each class."""
    if limit is None or limit >= len(patches):
        return patches
    ordered = sorted(patches, key=lambda patch: patch["label"])
    return [ordered[number * len(ordered) // limit] for number in range(limit)]
