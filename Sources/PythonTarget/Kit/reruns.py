"""One test file again and again, each time in a fork of the process that has collected it, with other seeds, orders and clocks."""
import json
import os
import random
import resource
import sys
import time

from . import children, clocks, items
from .mutants import Session

SIBLINGS = 20  # tests of the folder's other files that run in front


def moment(*parts):
    """Seconds from now to a moment of UTC."""
    import calendar
    return calendar.timegm(parts + (0, 0, 0)) - time.time()


def circumstances():
    """(words, what is done before, how the tests are ordered)"""
    found = [("seed %d" % seed, {"seed": seed}) for seed in range(1, 7)]
    found += [("twice in one process", {"times": 2}), ("three times, seed 7", {"times": 3, "seed": 7}),
              ("in reverse order", {"reverse": True}), ("after other tests of its folder", {"siblings": 1}),
              ("after other tests of its folder in reverse order, seed 8", {"siblings": -1, "seed": 8})]
    found += [("clock one day ahead", {"shift": clocks.DAY}), ("clock one year ahead, seed 9", {"shift": 365 * clocks.DAY, "seed": 9}),
              ("clock on 29 February 2028", {"shift": moment(2028, 2, 29, 12, 0, 0)}),
              ("clock a second before the year 2031", {"shift": moment(2030, 12, 31, 23, 59, 59)})]
    return found + [("time zone fourteen hours ahead", {"zone": "XXX-14"}),
                    ("time zone of New York, seed 10", {"zone": "EST5EDT,M3.2.0,M11.1.0", "seed": 10})]


class Reruns:
    def __init__(self, plan, session):
        self.plan, self.session = plan, session

    def all(self, tests):
        own = [test for test in tests if test.name.startswith(self.plan["path"])]
        others = [test for test in tests if test not in own][:SIBLINGS]
        for words, how in circumstances():
            found = self.once(own, others, how)
            if found == "failed" and "shift" in how and self.once(own, others, dict(how, shift=0)) == "failed":
                words += ", of time.time alone"  # the stand-ins are to blame, and not the moment
                found = self.once(own, others, dict(how, dates=False))
            self.session.tell(circumstances="fork, " + words, result=found)

    def once(self, own, others, how):
        found, _, _ = children.one(lambda: self.inside(own, others, how), 30)
        return found["result"] if found else "error"

    def inside(self, own, others, how):
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 25, int(time.process_time()) + 27))
        if "siblings" in how:
            front = others[::how["siblings"]]
            until = time.process_time() + 3
            for test, following in zip(front, [*front[1:], own[0] if own else None]):
                if time.process_time() < until:
                    test.run(None)
        if "zone" in how:
            clocks.zone(how["zone"])
        if "shift" in how:
            now = clocks.shift(how["shift"])
            if how.get("dates", True):
                clocks.shift_dates(now, self.plan["root"])
        results = []
        for _ in range(how.get("times", 1)):
            for test in own[::-1] if how.get("reverse") else own:
                seed(how.get("seed", 0))
                results.append(test.run(None))
        if not results:
            return {"result": "none"}
        failed = [error for error in results if error is not None and not items.is_skip(error)]
        return {"result": "failed" if failed else "skipped" if all(results) else "passed"}


def seed(number):
    random.seed(number)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        try:
            numpy.random.seed(number)
        except Exception:
            pass


def main():
    with open(os.environ["NEVERMORE_PLAN"], encoding="utf-8") as file:
        plan = json.load(file)
    session = Session(plan)
    session.collect(plan["tests"], Reruns(plan, session).all, lambda text: session.tell(trouble=text))


if __name__ == "__main__":
    main()
