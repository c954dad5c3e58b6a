"""What the unit of work read, and its request, as JSON: names stay texts, and values go through the writer."""
from . import atoms, guard, reading, redaction, values

VALUES = {"parameters", "body", "answer", "value", "state"}
LISTED = {"rows", "command"}
PAIRS = {"headers"}
PLACE = values.Place(1)
MOST_ENTRIES, MOST_ROWS, MOST_TEXT = 200, 1000, 1 << 14


def entries(writer, work):
    """The newest have precedence where there is not room for all."""
    found = []
    for each in reversed(list(work)[-MOST_ENTRIES:]):
        if writer.is_full() or writer.is_late():
            break
        if type(each) is dict:
            found.append(entry(writer, each))
    return found[::-1]


def entry(writer, held):
    found = {}
    for name, value in dict.items(held):
        if type(name) is not str:
            continue
        writer.used += len(name) + 6
        try:
            found[name] = part(writer, name, value, held)
        except Exception as trouble:
            if not guard.is_ours(trouble):
                raise
            found[name] = writer.lost("failed", value)
    return found


def request(writer, held):
    return entry(writer, held) if type(held) is dict else writer.value(held, PLACE)


def part(writer, name, value, held):
    if name == "value":
        return writer.named(text(held.get("name")), value, PLACE)
    if name in VALUES:
        return writer.value(value, PLACE)
    if name == "rows":
        return rows(writer, value, held.get("columns"))
    if name in LISTED:
        return [writer.value(each, PLACE) for each in first(value)]
    if name in PAIRS:
        return [[plain(writer, pair[0]), writer.named(text(pair[0]), pair[1], PLACE)] for pair in first(value)
                if reading.is_one_of(type(pair), (list, tuple)) and len(pair) == 2]
    return plain(writer, value)


def rows(writer, held, columns):
    """A value under a column with a secret name is a secret, though rows have no names themselves."""
    names = [text(name) for name in first(columns)]
    secrets = [redaction.kind_of_name(name, writer.limits.redact) if name else None for name in names]
    found = []
    for row in first(held)[:MOST_ROWS]:
        if writer.is_full():
            break
        kind = type(row)
        if any(secrets) and reading.is_one_of(kind, (list, tuple)) and kind.__len__(row) == len(secrets):
            cells = [writer.value(cell, values.Place(2, 0, secret)) for cell, secret in zip(row, secrets)]
            found.append(writer.node([kind.__name__, cells]))
        else:
            found.append(writer.value(row, PLACE))
    return found


def plain(writer, value):
    """JSON as it is; texts without secrets."""
    kind = type(value)
    if kind is str:
        return atoms.short_text(writer, value[:MOST_TEXT])
    if reading.is_one_of(kind, (int, float, bool, type(None))):
        return writer.value(value)
    if reading.is_one_of(kind, (list, tuple)):
        return [plain(writer, each) for each in first(value)]
    if kind is dict:
        return {name: plain(writer, each) for name, each in dict.items(value) if type(name) is str}
    return writer.value(value, PLACE)


def first(value):
    if reading.is_one_of(type(value), (list, tuple)):
        return list(value[:10_000])
    return []


def text(value):
    return value if type(value) is str else None
