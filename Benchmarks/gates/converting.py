"""Rules that mend the operand at the failing line with a value that nobody asked for."""

from __future__ import annotations

import ast

from .rules import only, rule


def parts(site, kinds):
    return [node for part in site.expressions for node in ast.walk(part) if isinstance(node, kinds)]


def reading(site, kinds):
    return [node for node in parts(site, kinds) if isinstance(node.ctx, ast.Load)]


@rule("or-default", "default")
def or_default(sites):
    site = sites[0]
    for text, node in site.operands()[:5]:
        for value in ("0", '""', "1", "[]", "{}"):
            yield from only(site, f"{text} {value}", site.source.in_place(node, f"({text} or {value})"))


@rule("convert", "default")
def convert(sites):
    site = sites[0]
    for text, node in site.operands()[:5]:
        for to in ("str", "int", "bytes", "list", "repr", "dict"):
            yield from only(site, f"{to} {text}", site.source.in_place(node, f"{to}({text})"))


@rule("get-with-default", "default")
def get_with_default(sites):
    site = sites[0]
    for node in reading(site, ast.Subscript):
        if isinstance(node.slice, ast.Slice) or "\n" in site.source.text(node):
            continue
        of, key = site.source.text(node.value), site.source.text(node.slice)
        for value in ("None", '""', "0", "[]", "{}"):
            yield from only(site, f"{key} {value}", site.source.in_place(node, f"{of}.get({key}, {value})"))
        for other in (f"({of} or {{}}).get({key})", f"{of}[{key}:][:1]", f"next(iter({of}), None)"):
            yield from only(site, other, site.source.in_place(node, other))


@rule("getattr-with-default", "default")
def getattr_with_default(sites):
    site = sites[0]
    for node in reading(site, ast.Attribute)[:4]:
        of = site.source.text(node.value)
        for value in ("None", '""', "0", "lambda *a, **k: None"):
            raw = site.source.in_place(node, f'getattr({of}, "{node.attr}", {value})')
            yield from only(site, f"{node.attr} {value}", raw)


@rule("divisor", "default")
def divisor(sites):
    site = sites[0]
    for node in parts(site, ast.BinOp):
        if isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod)) and "\n" not in site.source.text(node.right):
            text = site.source.text(node.right)
            for other in (f"({text} or 1)", f"max(1, {text})", f"(1e-9 + {text})"):
                yield from only(site, other, site.source.in_place(node.right, other))


@rule("clamp", "default")
def clamp(sites):
    site = sites[0]
    for node in reading(site, ast.Subscript):
        if isinstance(node.slice, ast.Slice):
            continue
        of, key = site.source.text(node.value), site.source.text(node.slice)
        raw = site.source.in_place(node.slice, f"min({key}, len({of}) - 1)")
        yield from only(site, key, raw)


@rule("drop-an-argument", "default")
def drop_an_argument(sites):
    site = sites[0]
    for node in parts(site, ast.Call):
        for keyword in node.keywords:
            rest = [site.source.text(argument) for argument in node.args]
            rest += [f"{k.arg}={site.source.text(k.value)}" if k.arg else f"**{site.source.text(k.value)}"
                     for k in node.keywords if k is not keyword]
            raw = site.source.in_place(node, f"{site.source.text(node.func)}({', '.join(rest)})")
            yield from only(site, keyword.arg or "**", raw)


@rule("ternary", "default")
def ternary(sites):
    """The value is computed only where an operand is true; else it is empty."""
    statement, site = sites[0].statement, sites[0]
    value = getattr(statement, "value", None)
    if isinstance(statement, (ast.Assign, ast.Return, ast.AugAssign)) and value is not None:
        text = site.source.text(value)
        for name, _ in site.operands()[:3]:
            for other in ("None", "0", '""'):
                raw = site.source.in_place(value, f"({text}) if {name} else {other}")
                yield from only(site, f"{name} {other}", raw)
