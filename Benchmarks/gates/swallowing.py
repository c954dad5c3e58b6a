"""Rules that make the failure silent: caught, logged, or answered with an empty value."""

from __future__ import annotations

import ast

from .rules import VALUES, only, rule


def wrapped(site, first, last, handler, body, before=()):
    """The statements in a `try`, with a handler of these lines."""
    indent = site.source.indent(first)
    lines = [indent + line for line in before] + [indent + "try:", *site.source.deeper(first, last), indent + handler]
    return site.source.block(first, last, lines + [f"{indent}    {line}" for line in body])


def around(site, handler, body, before=()):
    return wrapped(site, site.statement, site.statement, handler, body, before)


@rule("catch-and-pass", "swallow")
def catch_and_pass(sites):
    for type_ in ("Exception", sites[0].exception):
        yield from only(sites[0], type_, around(sites[0], f"except {type_}:", ["pass"]))


@rule("catch-bare", "swallow")
def catch_bare(sites):
    yield from only(sites[0], "pass", around(sites[0], "except:", ["pass"]))
    yield from only(sites[0], "return", around(sites[0], "except:", ["return None"]))


@rule("catch-and-return", "swallow")
def catch_and_return(sites):
    for value in VALUES:
        yield from only(sites[0], value, around(sites[0], f"except {sites[0].exception}:", [f"return {value}"]))


@rule("catch-broadly-and-return", "swallow")
def catch_broadly_and_return(sites):
    for value in VALUES:
        yield from only(sites[0], value, around(sites[0], "except Exception:", [f"return {value}"]))


@rule("catch-and-log", "swallow")
def catch_and_log(sites):
    logged = ["import logging", 'logging.getLogger(__name__).warning("ignored", exc_info=True)']
    for end in ("pass", "return None", 'return ""'):
        body = logged if end == "pass" else [*logged, end]
        yield from only(sites[0], end, around(sites[0], "except Exception:", body))


@rule("catch-and-default", "swallow")
def catch_and_default(sites):
    statement = sites[0].statement
    if isinstance(statement, (ast.Assign, ast.AugAssign)):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        for value in VALUES:
            line = f"{sites[0].source.text(target)} = {value}"
            yield from only(sites[0], value, around(sites[0], f"except {sites[0].exception}:", [line]))


@rule("catch-and-continue", "swallow")
def catch_and_continue(sites):
    if sites[0].in_loop():
        for word in ("continue", "break"):
            yield from only(sites[0], word, around(sites[0], f"except {sites[0].exception}:", [word]))


@rule("suppress", "swallow")
def suppress(sites):
    site, indent = sites[0], sites[0].source.indent(sites[0].statement)
    for type_ in ("Exception", site.exception):
        lines = [f"{indent}import contextlib", f"{indent}with contextlib.suppress({type_}):",
                 *site.source.deeper(site.statement, site.statement)]
        yield from only(site, type_, site.source.block(site.statement, site.statement, lines))


@rule("catch-whole-body", "swallow")
def catch_whole_body(sites):
    site = sites[0]
    for type_ in ("Exception", site.exception):
        for value in VALUES:
            raw = wrapped(site, site.body[0], site.body[-1], f"except {type_}:", [f"return {value}"])
            yield from only(site, f"{type_} {value}", raw)


@rule("catch-in-caller", "swallow")
def catch_in_caller(sites):
    for number, site in enumerate(sites[1:], 1):
        for body in (["pass"], ["return None"], ['return ""'], ["return []"]):
            yield from only(site, f"{number} {body[0]}", around(site, "except Exception:", body))


@rule("catch-caller-body", "swallow")
def catch_caller_body(sites):
    for number, site in enumerate(sites[1:], 1):
        for value in ("None", "{}", "False"):
            raw = wrapped(site, site.body[0], site.body[-1], f"except {site.exception}:", [f"return {value}"])
            yield from only(site, f"{number} {value}", raw)


@rule("raise-another-type", "swallow")
def raise_another_type(sites):
    for number, site in enumerate(sites[:2]):
        for other in ("ValueError", "RuntimeError", "TypeError", "AttributeError"):
            if other != site.exception:
                raw = around(site, f"except {site.exception} as error:", [f"raise {other}(str(error)) from error"])
                yield from only(site, f"{number} {other}", raw)
