"""What the probe has copied itself, as it was: the starts of something long, secrets that stay here, arguments of armed functions."""
import collections

from . import atoms, containers, forms, freezing, objects, reading
from .marks import Cut, Secret


def secret(writer, value, place):
    return atoms.redacted(writer, value.type, value.kind)


# --- the start of something long

def start(writer, value, place):
    held, count = value.value, value.count
    if type(held) is str:
        return atoms.redacted(writer, "str", place.secret) if place.secret else atoms.cut_text(writer, held, count, place)
    if type(held) is bytes:
        return atoms.redacted(writer, "bytes", place.secret) if place.secret else atoms.short_bytes(writer, held, count)
    if type(held) is not list:
        return writer.value(held, place)
    return writer.refer(value, START, place)


def listed_start(writer, value, place):
    if value.type is dict:
        return ["map", writer.pairs(value.value, place), value.count]
    return ["set" if value.type is set else "list", writer.items(value.value, place), value.count]


class Start:
    """The form of a container of which only the start is known."""

    name = "builtins:list"
    write = staticmethod(listed_start)


START = Start()


# --- objects as they came in

def copied(writer, value, place):
    return writer.refer(value, Copy(writer, value.type), place)


class Copy:
    """The form of a copied object: that of its type, as far as a copy knows it."""

    def __init__(self, writer, kind):
        self.kind, self.of = kind, writer.form(kind)
        self.name = self.of.name

    def write(self, writer, value, place):
        if value.lost and (value.lost != "size" or value.content is None and not value.fields):
            return writer.lost(value.lost, kind=self.name)
        fields = [pair for pair in value.fields if type(pair[0]) is str and not objects.is_hidden(pair[0])]
        word = WORDS.get(id(self.kind))
        if word is not None:
            return container(writer, word, value, place)
        if reading.is_kind_of(self.kind, BaseException):
            arguments = writer.items(value.content or (), place)
            return ["exception", self.name, arguments, writer.fields([pair for pair in fields if pair[0] != "args"], place)]
        names = containers.field_names(self.kind) if type(value.content) is tuple else None
        if names is not None:
            return ["named-tuple", self.name, writer.fields(zip(names, value.content), place)]
        return self.instance(writer, value, fields, place)

    def instance(self, writer, value, fields, place):
        rest = {}
        if value.content is not None:
            rest["content"] = content(writer, self.kind, value, place)
        if getattr(self.of, "marker", None):
            rest["kind"] = self.of.marker
        if self.of.application:
            rest["inApp"] = True
        if value.field_count:
            rest["fieldCount"] = value.field_count
        writer.used += 40
        return ["object", self.name, writer.fields(fields, place), rest]


WORDS = {id(kind): word for kind, word in (
    (dict, "map"), (collections.OrderedDict, "ordered-map"), (collections.defaultdict, "default-map"), (collections.Counter, "counter"),
    (collections.deque, "deque"), (list, "list"), (tuple, "tuple"), (set, "set"), (frozenset, "frozenset"))}
MAPS = ("map", "ordered-map", "default-map", "counter")


def container(writer, word, value, place):
    held = value.content or ()
    found = writer.pairs(held, place) if word in MAPS else writer.items(held, place)
    more = [value.count] if value.count else []
    if word == "default-map":
        return [word, writer.value(dict(value.fields).get("default_factory"), place.below()), found, *more]
    return [word, found, *more]


def content(writer, kind, value, place):
    """Written as its nearest built-in base: a map's as a map."""
    word = next((WORDS[id(base)] for base in reading.MRO(kind) if id(base) in WORDS), None)
    return writer.node(container(writer, word, value, place)) if word else writer.value(value.content, place)


forms.INLINE.update({id(Cut): start, id(Secret): secret, id(freezing.Copied): copied})
