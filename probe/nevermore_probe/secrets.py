"""Secrets of entries whose names stand apart from their values: columns, headers, variables of the environment, words of a statement."""
import re
import sys

from . import work

try:
    from . import redaction
except ImportError:  # a part of the package alone
    redaction = None

COMMANDS = ("AUTH", "HELLO", "ACL", "CONFIG", "MIGRATE")  # of Redis, that may carry a password
WORDS = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def kind_of(name):
    return redaction.kind_of_name(name) if redaction is not None and type(name) is str else None


def named(name, value):
    """The value, or only the kind of secret that its name says it is."""
    kind = kind_of(name) if value is not None else None
    return work.Secret(kind) if kind else value


def address(url):
    """A URL without credentials."""
    if redaction is not None:
        return redaction.without_credentials(url)
    head, mark, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return head + mark + place.rpartition("@")[2] + slash + path if mark else url


def of_statement(made):
    """Columns say what rows hold. Where a statement names a secret, none of the texts that it was given by position leaves."""
    kinds = {number: kind for number, kind in enumerate(map(kind_of, made.get("columns") or ())) if kind}
    if kinds and "rows" in made:
        made["rows"] = [without(row, kinds) for row in made["rows"]]
    parameters = made.get("parameters")
    if type(parameters) in (tuple, list):
        kind = named_in(made["statement"])
        if kind:
            made["parameters"] = [hidden(one, kind) for one in parameters]


def without(row, kinds):
    """Read by the built-in type's own slots: a class of rows may be the service's."""
    bases = type.__getattribute__(type(row), "__mro__")
    driver = sys.modules.get("sqlite3")
    step = next((kind.__iter__ for kind in (tuple, list, driver.Row if driver else tuple) if kind in bases), None)
    if step is None:
        return row
    return tuple(work.Secret(kinds[number]) if number in kinds and value is not None else value for number, value in enumerate(step(row)))


def hidden(value, kind):
    if type(value) in (tuple, list):
        return tuple(hidden(one, kind) for one in value)
    return work.Secret(kind) if type(value) in (str, bytes, bytearray) else value


def named_in(statement):
    """The kind of the first secret that the part with parameters names: what a query only selects is no parameter."""
    text = statement if type(statement) is str else statement.decode("utf-8", "replace") if type(statement) is bytes else ""
    if text.lstrip()[:6].lower() == "select":
        text = text[max(0, text.lower().find(" where ")):] if " where " in text.lower() else ""
    return next(filter(None, map(kind_of, WORDS.findall(text))), None)


def of_command(command):
    first = command[0] if command else None
    if type(first) is str and first.upper().partition(" ")[0] in COMMANDS:
        return [first, *(work.Secret("password") for _ in command[1:])]
    return command
