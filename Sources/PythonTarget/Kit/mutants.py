"""The process that judges mutants: it knows the framework and nothing of the target, so that its children import what they need."""
import gc
import importlib
import json
import os
import resource
import sys
import time

from . import cases, children, imports, items, judging, mutations, renewals, tracing

OPTIONS = ["-q", "-s", "--tb=no", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings=", "-p", "no:randomly",
           "-p", "no:faulthandler", "-p", "no:unraisableexception", "-p", "no:threadexception", "--continue-on-collection-errors"]


FRAMEWORK = {"_pytest", "pytest", "pluggy", "iniconfig", "packaging", "hypothesis", "sortedcontainers", "attr", "attrs", "pygments"}


class Session:
    def __init__(self, plan):
        self.plan, self.last = plan, None
        self.report = open(plan["report"], "a", encoding="utf-8")

    def tell(self, **record):
        self.report.write(json.dumps(record) + "\n")
        self.report.flush()

    def collect(self, names, work, trouble=lambda text: None, gathered=lambda path: None):
        """`work(tests)` in this process, once it has collected them."""
        if not self.plan["pytest"]:
            return work([items.Case(test) for test in cases.wanted(self.plan["root"], names, trouble)])
        import pytest

        class Plugin:
            @pytest.hookimpl(hookwrapper=True)
            def pytest_make_collect_report(self, collector):
                yield
                gathered(str(collector.fspath))

            def pytest_collectreport(self, report):
                if report.failed:
                    trouble("%s: %s" % (report.nodeid or ".", str(report.longrepr).strip().splitlines()[-1][:300]))

            @pytest.hookimpl(tryfirst=True)
            def pytest_runtestloop(self, session):
                work([items.Item(item) for item in session.items])
                return True
        return pytest.main([*OPTIONS, *self.plan["options"], *names], plugins=[Plugin()])

    # --- all that needs no import of a mutant's text

    def first(self):
        """In a child."""
        self.watch = tracing.Watch(self.plan["root"], self.plan["modules"], [], judging.NoCalls)
        self.watch.start()
        self.imports = imports.Imports(self.plan["root"], self.watch)
        if self.plan["pytest"]:
            self.imports.follow_pytest()
        self.collect(self.plan["tests"], self.judged, lambda text: self.tell(trouble=text), self.imports.collected)

    def judged(self, tests):
        self.imports.end()
        self.watch.stop()
        files = {test.name.split("::")[0] for test in tests}
        judge = judging.Judge(self.plan, tests, self.tell, renewals.Renewals(self.plan["root"], self.imports, files))
        imported = {path: self.imports.lines(path) for path in self.plan["cover"]}
        collecting = time.process_time()
        found, cpu, _ = children.one(judge.baseline, self.plan["seconds"])
        judge.measured = (found or {}).get("measured")
        self.tell(preparation=collecting + cpu, collected=len(tests),
                  failing=[name for name, found in (judge.measured or {}).items() if found[2] == "failed"])
        if not judge.measured:
            return
        judge.make_ready(found["modules"], found["patterns"])
        mutants = [m for m in map(lambda m: self.prepared(judge, m, imported), self.plan["mutants"]) if m]
        names = [name for name, found in judge.measured.items() if found[2] == "passed"]
        for mutant in mutants:
            mutant["near"] = mutant["tests"]
            if mutant["renewed"]:
                mutant["tests"] = names
        judge.find()
        gc.collect()
        gc.freeze()
        left = [m for m in mutants if m["imported"] and not m["renewed"]]
        for mutant in self.swap(judge, [m for m in mutants if m["renewed"] or not m["imported"]]):
            if time.time() < self.plan["deadline"] and not self.fork(judge, mutant):
                left.append(mutant)
        self.tell(later=[[m["index"], m["near"]] for m in left], names=names, others=[name for name in judge.measured if name not in names],
                  modules=general_modules(), collecting=collecting, testing=sum(found[0] for found in judge.measured.values()))
        children.finish(True)

    def prepared(self, judge, mutant, imported):
        """A mutant with its codes and the tests that run its lines; None where that says already what becomes of it."""
        started = time.process_time()
        try:
            mutant["codes"] = judge.file(mutant).compiled(mutant)
        except (SyntaxError, ValueError, RecursionError):
            self.tell(index=mutant["index"], outcome="unviable", tier="", cpu=time.process_time() - started)
            return None
        mutant["compiling"] = time.process_time() - started
        first, last = judge.file(mutant).statement_lines(mutant)
        mutant["imported"] = bool(set(range(first, last + 1)) & imported[mutant["path"]])
        mutant["imported"] = mutant["imported"] or mutant["codes"] is None
        if mutant["codes"] == []:
            self.tell(index=mutant["index"], outcome="equivalent", tier="", cpu=mutant["compiling"])
            return None
        if mutant["codes"] and any(after is None or before.co_freevars != after.co_freevars for before, after in mutant["codes"]):
            mutant["codes"] = None
            mutant["imported"] = True
        mutant["renewed"] = mutant["imported"] and judge.renewals.of(judge.file(mutant)) is not None
        mutant["tests"] = judge.covering(mutant)
        if not mutant["tests"] and not mutant["imported"]:
            self.tell(index=mutant["index"], outcome="notCovered", tier="", cpu=mutant["compiling"])
            return None
        return mutant

    def swap(self, judge, mutants):
        """Judges in one process; what is left open goes to forks."""
        left, opened = [m for m in mutants if m["tests"]], [m for m in mutants if not m["tests"]]
        while left and time.time() < self.plan["deadline"]:
            found, current, dirty = {}, None, []
            for record in children.stream(lambda send: judge.swapping(left, send), 20 + 4 * judge.longest()):
                if "begin" in record:
                    current = record["begin"]
                elif "dirty" in record:
                    dirty = record["dirty"]
                    judge.touchy.update(record["tests"])
                elif "index" in record:
                    found[record["index"]] = record
            for mutant in left:
                record = found.get(mutant["index"])
                if record and record["outcome"] == "survived":
                    mutant["spent"] = record["cpu"]
                    opened.append(mutant)
                elif record:
                    self.tell(**record)
                elif mutant["index"] in dirty or mutant["index"] == current:
                    opened.append(mutant)
            done = set(found) | set(dirty) | {current}
            left = [m for m in left if m["index"] not in done]
            if current is None:
                return opened + left
        return opened

    def fork(self, judge, mutant):
        limit = 3 + 20 * sum(judge.measured[name][0] for name in mutant["tests"])
        found, cpu, slow = children.one(lambda: judge.forked(mutant), limit * 4)
        found = found or ({"outcome": "timedOut"} if slow else {"outcome": "killed", "by": mutant["tests"][0]})
        if found["outcome"] == "unknown":
            return False
        self.tell(index=mutant["index"], tier="forked", cpu=cpu + mutant["compiling"] + mutant.get("spent", 0), **found)
        return True

    # --- what runs at import

    def later(self, mutant, tests, every, others, collecting, testing):
        """A mutant whose text a child imports: the file whose test killed last is asked alone, then all of them."""
        order = [*tests, *[name for name in every if name not in set(tests)]]
        first = (self.last or (order or [""])[0]).split("::")[0]
        near = [name for name in order if name.split("::")[0] == first]
        stages = [([first], near)] if first and len(near) < len(order) else []
        spent = 0
        for files, names in [*stages, (self.plan["tests"], order)]:
            limit = 2 + 4 * collecting + 8 * testing
            found, cpu, slow = children.one(lambda: self.imported(mutant, files, names, others, limit), limit * 4)
            found = found or ({"outcome": "timedOut"} if slow else {"outcome": "killed", "by": (order or ["import"])[0]})
            spent += cpu
            if found["outcome"] != "survived":
                break
        self.last = found.get("by", self.last)
        self.tell(index=mutant["index"], tier="imported", cpu=spent, **found)

    def imported(self, mutant, files, names, others, limit):
        """In a child: the tests of these names and those that are new, from files that are collected with the mutant's text in place."""
        limit = int(limit + time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 2))
        mutated = mutations.File(self.plan["root"], mutant["path"])
        judging.late(mutated.whole, mutated.mutated(mutant))

        failing = []

        def run(collected):
            known = {test.name: test for test in collected}
            missing = [name for name in names if name not in known]
            if missing and failing:
                children.finish({"outcome": "killed", "by": missing[0]})
            new = [test for test in collected if test.name not in others and test.name not in names]
            children.finish(judging.first_failure([known[name] for name in names if name in known] + new))
        self.collect(files, run, failing.append)
        return {"outcome": "killed", "by": (names or ["import"])[0]}


def general_modules():
    """Modules of Python's own library and of the test framework: no target's code is in them, and every child needs them."""
    library = os.path.dirname(os.__file__)
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        own = isinstance(file, str) and file.startswith(library + os.sep) and "site-packages" not in file
        if (own or name.split(".")[0] in FRAMEWORK) and not name.startswith(("__", "test", "idlelib", "turtle", "antigravity")):
            found.append(name)
    return found


def main():
    with open(os.environ["NEVERMORE_PLAN"], encoding="utf-8") as file:
        plan = json.load(file)
    session = Session(plan)
    sys.dont_write_bytecode = False  # the tree is a copy: what one child has compiled serves the next
    if plan["pytest"]:
        import pytest  # noqa: F401
    children.one(session.first, plan["deadline"] - time.time() + 5)
    with open(plan["report"], encoding="utf-8") as file:
        records = [json.loads(line) for line in file if line.endswith("\n")]
    last = next((record for record in records if "later" in record), None)
    mutants = {mutant["index"]: mutant for mutant in plan["mutants"]}
    for name in last["modules"] if last and last["later"] else []:
        try:
            importlib.import_module(name)
        except BaseException:  # a child meets it again, if it needs it
            continue
    for index, tests in last["later"] if last else []:
        if time.time() < plan["deadline"]:
            session.later(mutants[index], tests, last["names"], set(last["others"]), last["collecting"], last["testing"])
    session.tell(end=True)


if __name__ == "__main__":
    main()
