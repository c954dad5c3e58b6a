"""Each event is made, shown to the program, and searched for in what it left."""
import shutil
import sys

from . import asking, places, production, traces


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
        rows.append({"place": each.place.name, "kinds": [secret.kind for secret in each.secrets], **outcome(said), "seconds": round(asked.seconds, 1),
                     "leaks": leaks(looker, asked.left)})
        told(rows[-1]["place"], rows[-1])
    return rows


def bugs(options, python):
    return []


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def outcome(said):
    stop = (said or {}).get("stop") or {}
    return {"outcome": said["outcome"] if said else "broken", "stop": stop.get("reason"), "detail": stop.get("detail"), "missing": stop.get("missing")}


def leaks(looker, left):
    """Kind and ways of each secret that can be seen."""
    found = {}
    for way, content in left.items():
        for secret in looker.seen(content) if content else ():
            found.setdefault(secret, []).append(way)
    return [{"kind": secret.kind, "ways": sorted(ways), "text": secret.text} for secret, ways in found.items()]


def told(name, row):
    print(f"{name:34} {row['outcome']:9} {row['stop'] or '':22} {len(row['leaks'])} leaks", file=sys.stderr, flush=True)
