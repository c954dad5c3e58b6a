"""A short text of a value for a reader; nothing of the target is called, so an object is its type and its plain state."""
from . import digests, plain

LEAVES = {id(kind) for kind in (type(None), bool, int, float, complex, str, bytes, type(Ellipsis), range)}
BRACKETS = {id(list): "[]", id(tuple): "()", id(set): "{}", id(frozenset): "{}"}


def shown(value, length=200):
    text = spelled(value, 4)
    return text if len(text) <= length else text[:length] + "…"


def spelled(value, depth):
    kind = type(value)
    if kind is int and abs(value) >= 10 ** 40:
        return "<an integer of %d bits>" % value.bit_length()
    if id(kind) in LEAVES:
        return repr(value[:200] if kind in (str, bytes) else value)
    if depth == 0:
        return "…"
    if id(kind) in BRACKETS:
        some = [spelled(item, depth - 1) for item in list(value)[:12]] + ["…"] * (len(value) > 12)
        return BRACKETS[id(kind)][0] + ", ".join(sorted(some) if kind in (set, frozenset) else some) + BRACKETS[id(kind)][1]
    if kind is dict:
        some = ["%s: %s" % (spelled(k, depth - 1), spelled(v, depth - 1)) for k, v in list(value.items())[:12]]
        return "{" + ", ".join(some + ["…"] * (len(value) > 12)) + "}"
    some = ["%s=%s" % (k, spelled(v, depth - 1)) for k, v in list(dict.items(plain.dictionary(value)))[:6] if type(k) is str]
    return "<%s>" % " ".join([digests.type_name(kind), *some])
