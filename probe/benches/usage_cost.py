"""What usage costs a loop of calls after each function's first, what a first call costs, and what a new window costs. Bar since 3.12:
nothing after the first call.

    python benches/usage_cost.py          # of this interpreter
"""
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from nevermore_probe import usage  # noqa: E402

ROUNDS, CALLS, FUNCTIONS = 30, 20_000, 2_000


class Settings:
    usage, release = True, None


def add(a, b):
    return a + b


def loop():
    start = time.perf_counter()
    for n in range(CALLS):
        add(n, n)
    return (time.perf_counter() - start) / CALLS * 1e9


def first_calls(functions):
    start = time.perf_counter()
    for function in functions:
        function()
    return (time.perf_counter() - start) / len(functions) * 1e6


def many():
    namespace = {}
    exec(compile("\n".join(f"def f{n}(): pass" for n in range(FUNCTIONS)), __file__, "exec"), namespace)
    return [namespace[f"f{n}"] for n in range(FUNCTIONS)]


def main():
    off, on = [], []
    for _ in range(ROUNDS):
        off.append(loop())
        usage.install(Settings, lambda sent: None)
        loop()
        on.append(loop())
        usage.remove()
    off, on = statistics.median(off), statistics.median(on)
    print(sys.version.split()[0], f"a call: {off:.1f} ns, with usage: {on:.1f} ns", sep="\n  ")
    if usage.MONITORING:
        functions = many()
        plain = first_calls(functions)
        usage.install(Settings, lambda sent: None)
        print(f"  a first call: {first_calls(functions) - plain:.2f} µs")
        start = time.perf_counter()
        usage.current.refresh()
        print(f"  a new window: {(time.perf_counter() - start) * 1e3:.1f} ms for {len(usage.current.codes)} functions")
        usage.remove()


if __name__ == "__main__":
    main()
