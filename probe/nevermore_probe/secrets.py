"""Secrets of entries whose names stand apart from their values: columns, headers, variables of the environment, words of a statement."""
import re
import sys

from . import redaction, work

COMMANDS = ("AUTH", "HELLO", "ACL", "CONFIG", "MIGRATE")  # of Redis, that may carry a password
WORDS = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
LITERAL = re.compile(r"'(?:[^']|'')*'?")
LITERAL_OF_MYSQL = re.compile(r"""'(?:[^'\\]|''|\\.)*'?|"(?:[^"\\]|""|\\.)*"?""", re.S)
TEXTS = (str, bytes, bytearray)
LEAST, MOST, COUNT, DEPTH = 6, 512, 1000, 5  # of texts that are looked for elsewhere: shorter ones are ordinary words


def kind_of(name):
    if type(name) is bytes:
        name = name[:256].decode("latin-1")
    return redaction.kind_of_name(name, work.REDACT) if type(name) is str else None


def named(name, value):
    """The value, or only the kind of secret that its name says it is; numbers stay, and what is inside a container is found later."""
    kind = kind_of(name)
    return hidden(value, kind) if kind else value


def hidden(value, kind):
    if type(value) is work.Cut and type(value.value) is not list:
        value = value.value
    if type(value) in TEXTS:
        return work.Secret(kind, type(value).__name__, value) if value else value
    if type(value) in (tuple, list):
        return tuple(hidden(one, kind) for one in value)
    if type(value) is dict:  # names that are no texts might be asked for their hashes
        if any(type(name) not in TEXTS for name in value):
            return work.Secret(kind, "dict")
        return {name: hidden(one, kind) for name, one in value.items()}
    if type(value) is work.Cut:
        return work.Cut([hidden(one, kind) for one in value.value], value.count, value.type)
    return value


def known(part, found, depth=0):
    """Adds the texts that stand behind secrets of entries, with their kinds: a row that was fetched is in a variable too."""
    kind = type(part)
    if kind is work.Secret:
        if type(part.held) in (str, bytes) and LEAST <= len(part.held) <= MOST and len(found) < COUNT:
            found[part.held] = part.kind
    elif depth < DEPTH and kind in (list, tuple, dict, work.Cut):
        inside = part.values() if kind is dict else part.value if kind is work.Cut else part
        if type(inside) in (list, tuple) or kind is dict:
            for each in list(inside)[:COUNT]:
                known(each, found, depth + 1)
    return found


def address(url):
    """A URL without credentials."""
    return redaction.without_credentials(url)


# --- databases

def of_statement(made):
    """Columns say what rows hold. Where a statement names a secret, none of the texts that it has, or was given by position, leaves."""
    kinds = {number: kind for number, kind in enumerate(map(kind_of, made.get("columns") or ())) if kind}
    if kinds and "rows" in made:
        made["rows"] = [without(row, kinds) for row in made["rows"]]
    kind = named_in(made["statement"])
    if kind:
        made["parameters"] = parameters(made.get("parameters"), kind)
        made["statement"] = literals(made["statement"], made.get("module"))


def parameters(held, kind):
    """Those that have names of which one says that it is the secret are told apart by these."""
    if type(held) is dict and any(map(kind_of, held)):
        return held
    return hidden(held, kind)


def literals(statement, module):
    literal = LITERAL_OF_MYSQL if module in ("MySQLdb", "pymysql") else LITERAL
    text = statement.decode("utf-8", "replace") if type(statement) is bytes else statement
    return literal.sub("'redacted'", text) if type(text) is str else statement


def without(row, kinds):
    """Read by the built-in type's own slots: a class of rows may be the service's."""
    bases = type.__getattribute__(type(row), "__mro__")
    driver = sys.modules.get("sqlite3")
    step = next((kind.__iter__ for kind in (tuple, list, driver.Row if driver else tuple) if kind in bases), None)
    if step is None:
        return row
    return tuple(hidden(value, kinds[number]) if number in kinds else value for number, value in enumerate(step(row)))


def named_in(statement):
    """The kind of the first secret that the part with parameters names: what a query only selects is no parameter."""
    text = statement if type(statement) is str else statement.decode("utf-8", "replace") if type(statement) is bytes else ""
    if text.lstrip()[:6].lower() == "select":
        found = re.search(r"\swhere\s", text, re.I)
        text = text[found.start():] if found else ""
    return next(filter(None, map(kind_of, WORDS.findall(LITERAL.sub("''", text)))), None)


# --- Redis

def of_command(made):
    """A key or field that announces a secret says so of what stands behind it in the command, and of the answer."""
    command = list(made["command"])
    if command and type(command[0]) is str and command[0].upper().partition(" ")[0] in COMMANDS:
        made["command"] = [command[0], *(hidden(part, "password") for part in command[1:])]
        return
    kind = None
    for at, part in enumerate(command[1:], 1):
        if kind:
            command[at] = hidden(part, kind)
        else:
            kind = kind_of(part)
    made["command"] = command
    if kind and "answer" in made:
        made["answer"] = hidden(made["answer"], kind)
