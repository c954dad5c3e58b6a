"""What came out: by place, by kind, by way, and the bars."""

import collections

LEAST_TESTED, LEAST_RED_GREEN = 40, 18
GOOD = ("tested", "fixed")


def planted(rows, whole=True):
    """Prints the tables; whether the bars hold."""
    print(f"\n{'place':34} {'planted':>7} {'leaked':>6}  outcome     leaked kinds")
    for row in rows:
        kinds = ", ".join(sorted({leak["kind"] for leak in row["leaks"]}))
        print(f"{row['place']:34} {len(row['kinds']):>7} {len(row['leaks']):>6}  {row['stop'] or row['outcome']:<11} {kinds}")
    total, leaked = collections.Counter(), collections.Counter()
    ways = collections.Counter(way for row in rows for leak in row["leaks"] for way in leak["ways"])
    for row in rows:
        total.update(row["kinds"])
        leaked.update(leak["kind"] for leak in row["leaks"])
    print(f"\n{'kind':34} {'planted':>7} {'leaked':>6}")
    for kind in sorted(total):
        print(f"{kind:34} {total[kind]:>7} {leaked[kind]:>6}")
    print(f"\n{'way':34} {'seen':>7}")
    for way, count in ways.most_common():
        print(f"{way:34} {count:>7}")
    tested = sum(row["outcome"] in GOOD for row in rows)
    least = LEAST_TESTED if whole else 0
    print(
        f"\nplanted  {leaked.total()} of {total.total()} secrets in {len(rows)} places leaked (bar 0); "
        f"{tested} of {len(rows)} events became tests (bar {least})"
    )
    return not leaked and tested >= least


def bugs(rows, whole=True):
    """Prints the table; whether the bars hold."""
    print(f"\n{'bug':28} {'kind':16} {'red':4} {'green':6} {'leaked in'}")
    for row in rows:
        ways = ", ".join(sorted({way for leak in row["leaks"] for way in leak["ways"]}))
        print(f"{row['bug']:28} {row['kind']:16} {'yes' if row['red'] else 'no':4} {'yes' if row['green'] else 'no':6} {ways}")
        if not row["red"]:
            print(
                f"{'':28} {row['stop'] or row['outcome']}: {row['detail'] or 'the test fails otherwise'} {'; '.join(row['missing'] or [])}"
            )
    good, leaked = sum(row["red"] and row["green"] for row in rows), sum(bool(row["leaks"]) for row in rows)
    least = LEAST_RED_GREEN if whole else len(rows)
    print(f"\nbugs     {good} of {len(rows)} are red before the right fix and green after (bar {least}); {leaked} leak (bar 0)")
    return good >= least and not leaked


REPORTS = {"planted": planted, "bugs": bugs}
