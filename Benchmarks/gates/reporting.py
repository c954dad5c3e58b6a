"""What came out: the table, the lists of what went wrong, and the bars."""

from __future__ import annotations

import collections

from .building import NEGATIVE, RIGHT, WRONG
from .choosing import REPORT, TUNE, half
from .judging import ACCEPTED, BROKEN, OUTCOMES, REJECTED, STOPPED

MOST_LET_THROUGH, LEAST_WRONG = 0.05, 150
MOST_REJECTED, LEAST_RIGHT = 0.10, 40


def share(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else f"{part} of {whole}"


def counts(rows):
    outcomes = collections.Counter(row["outcome"] for row in rows)
    return " ".join(f"{outcomes[name]:>{len(name) + 2}}" for name in OUTCOMES) + f" {len(rows):>6}"


def table(title, groups):
    """One line a group: how its patches were answered."""
    print(f"\n{title:42}" + " ".join(f"{name:>{len(name) + 2}}" for name in OUTCOMES) + "    all")
    for name, rows in groups:
        print(f"  {name:40}" + counts(rows))


def grouped(rows, key):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return sorted(groups.items())


def gates(rows, title):
    """How often each gate failed, and how often it alone did."""
    failed, alone = collections.Counter(), collections.Counter()
    for row in rows:
        names = [name for name, result in row["gates"].items() if result == "failed"]
        failed.update(names)
        alone.update(names if len(names) == 1 else [])
    print(f"\n{title}")
    for name, count in failed.most_common():
        print(f"  {name:40} {count:>6}   alone {alone[name]}")


def missed(rows, label):
    """What the judge got wrong: wrong patches accepted, right ones rejected (or not judged at all)."""
    wanted = (ACCEPTED,) if label == WRONG else (REJECTED, STOPPED, BROKEN)
    return [row for row in rows if row["label"] == label and row["outcome"] in wanted]


def listing(rows, title):
    print(f"\n{title}: {len(rows)}")
    for row in rows:
        failed = ", ".join(name for name, result in row["gates"].items() if result == "failed")
        print(f"  {row['id']:60} {row['outcome']:12} {failed or row['doubt'] or ''}")
        print(f"      {row['variant'] or ''}; {row['evidence_of_label'][0]}; {row['patch']}")


def report(rows, unlisted=()):
    """Prints everything; `unlisted` halves are counted without naming their patches."""
    for label in (WRONG, RIGHT, NEGATIVE):
        these = [row for row in rows if row["label"] == label]
        if these:
            table(f"{label} patches", [*((name, [r for r in these if half(r["package"]) == name]) for name in (TUNE, REPORT)),
                                       ("all", these)])
            table("  by rule", grouped(these, lambda row: f"{row['family']}: {row['rule']}" if label == WRONG else row["rule"]))
            gates(these, f"gates that failed on {label} patches")
    shown = [row for row in rows if half(row["package"]) not in unlisted]
    listing(missed(shown, WRONG), "let through")
    listing(missed(shown, RIGHT), "right, and rejected")


def bars(rows, aside, whole):
    """Whether all bars hold; their sizes are asked of a whole run only."""
    good = True
    print("\nbars")
    for label, most, least, words in ((WRONG, MOST_LET_THROUGH, LEAST_WRONG, "let through"),
                                      (RIGHT, MOST_REJECTED, LEAST_RIGHT, "rejected")):
        for name, these in (("all", rows), (REPORT, [row for row in rows if half(row["package"]) == REPORT])):
            these = [row for row in these if row["label"] == label]
            bad = missed(these, label)
            held = len(bad) <= most * len(these)
            good = good and held
            print(f"  {label + ', ' + name:16} {words:12} {share(len(bad), len(these)):24} at most {most:.0%}   {mark(held)}")
        size = sum(row["label"] == label for row in rows)
        if whole:
            good = good and size >= least
            print(f"  {label + ', all':16} {'patches':12} {size:<24} at least {least}  {mark(size >= least)}")
    accepted = [row for row in rows if row["label"] == RIGHT and row["outcome"] == ACCEPTED]
    print(f"  right and accepted: {share(len(accepted), sum(row['label'] == RIGHT for row in rows))}")
    print(f"  set aside as neither: {aside}")
    return good


def mark(held):
    return "ok" if held else "BELOW THE BAR"
