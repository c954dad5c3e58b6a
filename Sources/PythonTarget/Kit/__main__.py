"""The kit's conversation: one JSON object a line comes in, one goes out, until standard input ends.

The kit observes, runs and applies; it decides nothing. It runs in the target's own interpreter, inside the sandbox.
"""
import os
import sys

KIT = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [p for p in sys.path if p and os.path.abspath(p) != KIT]
sys.path.insert(0, os.path.dirname(KIT))

import json  # noqa: E402

import nevermore_kit.observing as observing  # noqa: E402
import nevermore_kit.run as run  # noqa: E402
import nevermore_kit.source as source  # noqa: E402
import nevermore_kit.spans as spans  # noqa: E402
import nevermore_kit.suite as suite  # noqa: E402
import nevermore_kit.suites as suites  # noqa: E402
import nevermore_kit.syntax as syntax  # noqa: E402

sys.path.pop(0)

SCHEMA = 1


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout = open(os.devnull, "w", encoding="utf-8")
    setting = json.loads(sys.stdin.readline())
    tree = source.Tree(setting["root"], setting["paths"])
    runner = run.Runner(tree, setting.get("contained", False))
    runner.settle()
    tests = suite.Suite(tree, runner)
    observer = observing.Observer(tree, runner)
    verbs = {
        "hello": lambda ask: {"schema": SCHEMA, "python": list(sys.version_info[:3]), "pytest": tests.version()},
        "locate": lambda ask: [tree.locate(**position) for position in ask["positions"]],
        "parse": lambda ask: syntax.fragment(ask["lines"], ask["focus"]),
        "syntax": lambda ask: spans.syntax(tree, ask["path"], ask["lines"]),
        "resolve": lambda ask: runner.resolve(ask["names"], ask["nearby"]),
        "clocks": lambda ask: runner.clocks(ask["modules"]),
        "types": lambda ask: runner.find_types(ask["name"]),
        "warm": lambda ask: runner.warm(ask["modules"]),
        "run": lambda ask: runner.run(ask["source"], ask["seconds"], ask.get("days", 0)),
        "test": lambda ask: tests.run(ask["files"], ask["path"], ask["framework"], ask["seconds"], ask["marked"]),
        "trial": lambda ask: tests.trial(ask["files"], ask["path"], ask["framework"], ask["seconds"], ask["marked"],
                                            ask.get("days", 0)),
        "observe": lambda ask: observer.observe(ask["sources"], ask["changes"], ask["seconds"]),
        "imports": lambda ask: observing.imports(tree, runner, ask["modules"]),
        "replace": lambda ask: tests.replace(ask["files"]),
        "suite": lambda ask: suites.Suites(tree, tests).run(ask),
        "mutate": lambda ask: suites.Suites(tree, tests).mutate(ask),
        "rerun": lambda ask: suites.Suites(tree, tests).rerun(ask),
        "style": lambda ask: tests.style(ask.get("folder")),
        "applications": lambda ask: tree.applications(),
        "search": lambda ask: tree.search(ask["text"]),
        "handlers": lambda ask: tree.handlers(ask["names"]),
    }
    for line in iter(sys.stdin.readline, ""):
        ask = json.loads(line)
        try:
            answer = {"answer": verbs[ask["op"]](ask)}
        except Exception as error:  # our fault, told to the other side
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
