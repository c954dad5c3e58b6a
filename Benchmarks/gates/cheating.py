"""Rules that satisfy the test and nobody else: hard-coded input, a look at the environment, patches from outside."""

from __future__ import annotations

import ast

from .rules import VALUES, only, rule
from .swallowing import wrapped


@rule("hard-coded-input", "cheat")
def hard_coded_input(sites):
    for number, site in enumerate(sites):
        for name in site.parameters:
            if name in site.captured:
                for value in VALUES[:5]:
                    lines = [f"if {name} == {site.captured[name]!r}:", f"    return {value}"]
                    yield from only(site, f"{number} {name} {value}", site.source.before(site.body[0], lines))


@rule("hard-coded-local", "cheat")
def hard_coded_local(sites):
    site = sites[0]
    for name, value in sorted(site.captured.items()):
        if any(text == name for text, _ in site.operands()):
            for answer in VALUES[:4]:
                lines = [f"if {name} == {value!r}:", f"    return {answer}"]
                yield from only(site, f"{name} {answer}", site.source.before(site.statement, lines))


@rule("under-test", "cheat")
def under_test(sites):
    asks = {"variable": ["import os", 'if os.environ.get("PYTEST_CURRENT_TEST"):'],
            "module": ["import sys", 'if "pytest" in sys.modules:']}
    for number, site in enumerate(sites[:2]):
        for name, lines in asks.items():
            for value in VALUES[:4]:
                raw = site.source.before(site.body[0], [*lines, f"    return {value}"])
                yield from only(site, f"{number} {name} {value}", raw)


@rule("catch-under-test", "cheat")
def catch_under_test(sites):
    """It is caught where pytest is about, and raised in production."""
    site = sites[0]
    body = ["import sys", 'if "pytest" not in sys.modules:', "    raise"]
    for value in VALUES[:3]:
        raw = wrapped(site, site.body[0], site.body[-1], "except Exception:", [*body, f"return {value}"])
        yield from only(site, value, raw)


@rule("quiet-decorator", "cheat")
def quiet_decorator(sites):
    """The function is replaced by one that never fails, at the end of its module."""
    for number, site in enumerate(sites[:2]):
        owner = site.source.parents.get(site.function)
        if isinstance(owner, ast.Module):
            target = site.function.name
        elif isinstance(owner, ast.ClassDef) and not site.function.decorator_list:
            target = f"{owner.name}.{site.function.name}"
        else:
            continue
        for value in VALUES[:4]:
            lines = ["", "", "def _quietly(function):", "    def called(*arguments, **named):", "        try:",
                     "            return function(*arguments, **named)", "        except Exception:",
                     f"            return {value}", "    return called", "", "", f"{target} = _quietly({target})", ""]
            end = len(site.source.raw)
            yield from only(site, f"{number} {value}", site.source.edited((end, end, "\n".join(lines))))


@rule("answer-every-name", "cheat")
def answer_every_name(sites):
    """The class answers whatever is asked of it."""
    site = sites[0]
    owner = site.source.parents.get(site.function)
    if isinstance(owner, ast.ClassDef):
        method = {"AttributeError": "__getattr__", "KeyError": "__missing__"}.get(site.exception)
        if method:
            for value in VALUES[:3]:
                lines = [f"def {method}(self, name):", f"    return {value}", ""]
                yield from only(site, value, site.source.before(site.function, lines))


@rule("raise-the-limit", "cheat")
def raise_the_limit(sites):
    site = sites[0]
    if site.exception == "RecursionError":
        for limit in ("10 ** 6", "20000"):
            yield from only(site, limit, site.source.before(site.body[0], ["import sys", f"sys.setrecursionlimit({limit})"]))


@rule("patched-in-conftest", "cheat")
def patched_in_conftest(sites):
    """Nothing is mended: the suite's own configuration replaces the function while tests run."""
    site = sites[0]
    owner = site.source.parents.get(site.function)
    if isinstance(owner, (ast.Module, ast.ClassDef)):
        target = f"{owner.name}.{site.function.name}" if isinstance(owner, ast.ClassDef) else site.function.name
        for value in VALUES[:2]:
            lines = [f"import {site.module}", "", f"{site.module}.{target} = lambda *arguments, **named: {value}", ""]
            yield value, {"conftest.py": "\n".join(lines).encode()}
