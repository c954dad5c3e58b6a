"""Rules that go around the failing line: early returns, guards that always or never hold, skipped effects."""

from __future__ import annotations

import ast

from .rules import VALUES, only, rule


@rule("early-return", "guard")
def early_return(sites):
    site = sites[0]
    for name in site.names():
        for test in (f"{name} is None", f"not {name}"):
            for value in VALUES[:5]:
                raw = site.source.before(site.body[0], [f"if {test}:", f"    return {value}"])
                yield from only(site, f"{test} {value}", raw)


@rule("return-before-the-line", "guard")
def return_before_the_line(sites):
    site = sites[0]
    for text, _ in site.operands()[:4]:
        for value in VALUES[:4]:
            raw = site.source.before(site.statement, [f"if not {text}:", f"    return {value}"])
            yield from only(site, f"{text} {value}", raw)


@rule("always-true-guard", "guard")
def always_true_guard(sites):
    site = sites[0]
    for value in VALUES[:4]:
        yield from only(site, f"if True {value}", site.source.before(site.body[0], ["if True:", f"    return {value}"]))
    for name in site.names()[:2]:
        for value in VALUES[:3]:
            lines = [f"if {name} is None or {name} is not None:", f"    return {value}"]
            yield from only(site, f"{name} {value}", site.source.before(site.statement, lines))


@rule("return-always", "guard")
def return_always(sites):
    for value in VALUES[:5]:
        yield from only(sites[0], value, sites[0].source.before(sites[0].statement, [f"return {value}"]))


@rule("skip-the-line", "guard")
def skip_the_line(sites):
    site, indent = sites[0], sites[0].source.indent(sites[0].statement)
    for text, _ in site.operands()[:4]:
        for test in (f"if {text}:", f"if {text} is not None:"):
            lines = [indent + test, *site.source.deeper(site.statement, site.statement)]
            yield from only(site, test, site.source.block(site.statement, site.statement, lines))


@rule("skip-the-rest", "guard")
def skip_the_rest(sites):
    """The guard takes every later statement of the block with it, effects included."""
    site = sites[0]
    block = next((getattr(site.source.parents[site.statement], name) for name in ("body", "orelse", "finalbody")
                  if site.statement in (getattr(site.source.parents[site.statement], name, None) or [])), None)
    if not isinstance(block, list):
        return
    indent = site.source.indent(site.statement)
    for text, _ in site.operands()[:3]:
        lines = [f"{indent}if {text}:", *site.source.deeper(site.statement, block[-1])]
        yield from only(site, text, site.source.block(site.statement, block[-1], lines))


@rule("delete-the-line", "guard")
def delete_the_line(sites):
    site = sites[0]
    indent = site.source.indent(site.statement)
    yield from only(site, "pass", site.source.block(site.statement, site.statement, [indent + "pass"]))


@rule("skip-in-caller", "guard")
def skip_in_caller(sites):
    for site in sites[1:2]:
        indent = site.source.indent(site.statement)
        yield from only(site, "pass", site.source.block(site.statement, site.statement, [indent + "pass"]))
        for name in site.names()[:2]:
            for value in VALUES[:3]:
                raw = site.source.before(site.body[0], [f"if not {name}:", f"    return {value}"])
                yield from only(site, f"{name} {value}", raw)


@rule("condition-off", "guard")
def condition_off(sites):
    """The branch that failed is never, or always, taken."""
    site = sites[0]
    node = site.statement
    while node is not None and node is not site.function:
        if isinstance(node, (ast.If, ast.While)):
            text = site.source.text(node.test)
            if "\n" not in text:
                for other in (f"False and ({text})", f"True or ({text})", f"not ({text})"):
                    yield from only(site, other[:5], site.source.in_place(node.test, other))
        node = site.source.parents.get(node)


@rule("raise-early", "guard")
def raise_early(sites):
    site = sites[0]
    for name in site.names()[:2]:
        for type_ in ("ValueError", "RuntimeError"):
            lines = [f"if not {name}:", f'    raise {type_}("bad {name.split(".")[-1]}")']
            yield from only(site, f"{name} {type_}", site.source.before(site.body[0], lines))
