"""The upstream fix without the rest of its release: the fewest changed functions that mend the failure, and of them the hunks."""

from __future__ import annotations

import builtins
import keyword
import re

from .releases import Change, built, differences, outermost

TRIES = 70
WORD = re.compile(r"[A-Za-z_]\w+")
KNOWN = {*keyword.kwlist, *dir(builtins)}


def least(case, mends, agrees):
    """(changes, {path: content}) of the fewest of the release's hunks near the failure that agree with upstream, or None.

    Whole functions are left out first, then hunks. Where those do not agree on every neighbour, what mends has to do."""
    changes, old = differences(case)
    stack = {(path, function) for path, _, function, _ in case.frames}
    on_path = [change for change in changes if any(change.path == path and function in change.name.split(".")
                                                   for path, function in stack)]
    files_on_path = {path for path, _ in stack}
    in_files = [change for change in changes if change.path in files_on_path]
    near = [on_path, supported(on_path, changes, old)]
    for condition, starts in ((agrees, near), (mends, [*near, in_files, changes])):
        def good(some):
            files = built(case, some, old) if some else None
            return files is not None and condition(files)

        kept = next((some for some in starts if good(some)), None)
        if kept is not None:
            kept = reduced(kept, good)
            if condition is agrees:
                hunks = [Change(change.path, change.name, [hunk]) for change in kept for hunk in change.hunks]
                kept = completed(reduced(hunks, good), hunks, old)
            return kept, built(case, kept, old)
    return None


def completed(kept, hunks, old):
    """And the hunks that use a name which the kept ones brought in or took away: half of a fix may answer every probe."""
    brought = {(one.path, name) for one in kept for name in new_names(one, old)}
    taken = {(one.path, name) for one in kept for first, last, _ in one.hunks
             for name in words(old[one.path].splitlines(keepends=True)[first:last])}
    return [one for one in hunks if one in kept or brought & {(one.path, name) for name in new_names(one, old)}
            or taken & {(one.path, name) for _, _, new in one.hunks for name in words(new)}]


def defined(change):
    """The names that a change brings into its module: a function's, or what module code imports or assigns."""
    if not change.name.startswith("lines "):
        return {change.name.split(".")[-1]}
    lines = [line.strip() for _, _, new in change.hunks for line in new]
    return words([line if line.startswith((b"import ", b"from ")) else line.partition(b"=")[0]
                  for line in lines if line.startswith((b"import ", b"from ")) or re.match(rb"\w+(: [^=]+)? = ", line)])


def words(lines):
    """The names in lines of code, comments left out."""
    text = re.sub(r"#.*", "", b"".join(lines).decode("utf-8", "replace"))
    return {word for word in WORD.findall(text) if word not in KNOWN and word != "self"}


def new_names(change, old):
    """The names in its added lines that the function did not have."""
    lines = old[change.path].splitlines(keepends=True)
    first, last = next(((start, end) for start, end, name in outermost(old[change.path]) if name == change.name), (0, 0))
    return words([line for _, _, new in change.hunks for line in new]) - words(lines[max(0, first - 1):last])


def supported(some, changes, old):
    """And what brings in the names that they use: imports, constants, new functions."""
    while True:
        wanted = {(one.path, name) for one in some for name in new_names(one, old)}
        more = [one for one in changes if one not in some and wanted & {(one.path, name) for name in defined(one)}]
        if not more:
            return some
        some = some + more


def reduced(kept, good):
    """Fewer of them that are still good: halves first, then one by one."""
    size, tries = max(1, len(kept) // 2), 0
    while True:
        for start in range(0, len(kept), size):
            rest = kept[:start] + kept[start + size:]
            tries += bool(rest)
            if rest and tries <= TRIES and good(rest):
                kept = rest
                break
        else:
            if size == 1 or tries > TRIES:
                return kept
            size = max(1, size // 2)
        size = min(size, max(1, len(kept)))
