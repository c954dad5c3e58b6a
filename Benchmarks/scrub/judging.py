"""Each event is made, shown to the program, and searched for in what it left."""

import shutil
import sys

from . import asking, bugs as entries, places, production, traces


def planted(options, python):
    """A row for each place."""
    rows = []
    for each in places.planted(options.seed):
        if options.only and each.place.name not in options.only:
            continue
        folder = fresh(options.work / "planted" / each.place.name.replace(" ", "-").replace(",", ""))
        source = production.HERE / "repos" / each.plan["repo"]
        event = production.event(each.plan, source, folder, python)
        looker = traces.Looker(each.secrets)
        hidden = set(each.secrets) - looker.seen(production.readable(event.read_bytes()))
        if hidden:
            raise production.NotSetUp(f"{each.place.name}: not in the event, or not to be seen in it: {sorted(s.kind for s in hidden)}")
        asked = asking.Asked(options.nevermore, event, source, folder, python, options.timeout)
        said = asked.answered()
        asked.shipped().reproduced()
        rows.append(
            {
                "place": each.place.name,
                "kinds": [secret.kind for secret in each.secrets],
                **outcome(said),
                "seconds": round(asked.seconds, 1),
                "leaks": leaks(looker, asked.left),
            }
        )
        told(rows[-1]["place"], rows[-1])
    return rows


def bugs(options, python):
    """A row for each bug."""
    rows = []
    for each in entries.BUGS:
        if options.only and each.name not in options.only:
            continue
        folder = fresh(options.work / "bugs" / each.name)
        plan, secrets = each.given(options.seed)
        event = production.event(plan, each.repo, folder, python)
        looker = traces.Looker(secrets)
        wanted = production.failure(event, production.app_of(folder))
        asked = asking.Asked(options.nevermore, event, each.repo, folder, python, options.timeout)
        said = asked.answered()
        asked.shipped().reproduced()
        row = {
            "bug": each.name,
            "kind": each.kind,
            "wanted": wanted,
            **outcome(said),
            "seconds": round(asked.seconds, 1),
            "leaks": leaks(looker, asked.left),
            "red": False,
            "green": False,
        }
        if (said or {}).get("test"):
            row.update(judged(each, said["test"], wanted, folder, python))
        rows.append(row)
        told(f"{each.name:26}{'red' if row['red'] else '-':4}{'green' if row['green'] else '-'}", row)
    return rows


def judged(bug, test, wanted, folder, python):
    """Red: it fails as production did. Green: it passes with the right fix, which the program has never seen."""
    before = production.repository(bug.repo, folder / "before")
    after = production.repository(bug.repo, folder / "after")
    production.run(["git", "apply", bug.fix], after)
    red = production.watched(test, before, folder, python)
    green = production.watched(test, after, folder, python)
    return {"red": red["failed"] == [wanted], "green": red["failed"] == [wanted] and not green["failed"] and bool(green["passed"])}


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def outcome(said):
    stop = (said or {}).get("stop") or {}
    return {
        "outcome": said["outcome"] if said else "broken",
        "stop": stop.get("reason"),
        "detail": stop.get("detail"),
        "missing": stop.get("missing"),
    }


def leaks(looker, left):
    """Kind and ways of each secret that can be seen."""
    found = {}
    for way, content in left.items():
        for secret in looker.seen(content) if content else ():
            found.setdefault(secret, []).append(way)
    return [{"kind": secret.kind, "ways": sorted(ways), "text": secret.text} for secret, ways in found.items()]


def told(name, row):
    print(f"{name:36} {row['outcome']:9} {row['stop'] or '':22} {len(row['leaks'])} leaks", file=sys.stderr, flush=True)
