"""Variables in Sentry's own form: containers are JSON, leaves Python's notation, and what was cut is annotated as in Sentry's `_meta`."""
import collections
import datetime
import decimal
import enum
import fractions
import pathlib
import types
import uuid

from . import slots
from .scrubbing import MASK

ITEMS, DEPTH, LENGTH, NODES = 10, 5, 8192, 4000
EXACT = {datetime.date, datetime.timedelta, decimal.Decimal, fractions.Fraction, uuid.UUID, range, complex, float, bool, type(None),
         type(Ellipsis), pathlib.PosixPath, pathlib.WindowsPath, pathlib.PurePosixPath, pathlib.PureWindowsPath, datetime.timezone}
SEQUENCES = (list, tuple, set, frozenset, collections.deque)
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType)


class Notation:
    """Of one event: what it writes in all is limited."""

    def __init__(self, scrubber):
        self.scrubber = scrubber
        self.left = NODES
        self.open = set()

    def variables(self, pairs):
        """The value and the `_meta` of a frame's variables."""
        return self._entries(((name, value) for name, value in pairs), None, most=50)

    def value(self, value, name=None, depth=0):
        """A pair: JSON, and its annotation or nothing."""
        self.left -= 1
        if name is not None and self.scrubber.kind(name) and not slots.is_a(value, (bool, int, float, type(None))):
            return MASK, {"": {"rem": [["!config", "s"]]}}
        is_container = slots.is_a(value, SEQUENCES) or slots.is_a(value, dict)
        if not is_container:
            return self._leaf(value)
        if id(value) in self.open:
            return "<cyclic>", None
        if depth >= DEPTH or self.left <= 0:
            return opaque(value), {"": {"rem": [["!limit", "x"]]}}
        self.open.add(id(value))
        try:
            if slots.is_a(value, dict):
                pairs = ((self._key(key), item) for key, item in dict.items(value))
                return self._entries(pairs, dict.__len__(value), depth + 1)
            return self._items(value, depth + 1)
        finally:
            self.open.discard(id(value))

    def _items(self, value, depth):
        cls = next(cls for cls in SEQUENCES if slots.is_a(value, cls))
        count, items, meta = cls.__len__(value), [], {}
        for position, item in enumerate(cls.__iter__(value)):
            if position == ITEMS:
                break
            written, note = self.value(item, None, depth)
            items.append(written)
            if note:
                meta[str(position)] = note
        return items, counted(meta, count, ITEMS)

    def _entries(self, pairs, count, depth=0, most=ITEMS):
        entries, meta = {}, {}
        for name, item in pairs:
            if len(entries) == most:
                count = count if count is not None else most + 1
                break
            entries[name], note = self.value(item, name, depth)
            if note:
                meta[name] = note
        return entries, counted(meta, count, most)

    def _key(self, key):
        return slots.text(key)[:200] if slots.is_a(key, str) else self.notation(key)[:200]

    def _leaf(self, value):
        if slots.is_a(value, str):
            count, kept = str.__len__(value), str.__getitem__(value, slice(0, LENGTH))
            kept = repr(self.scrubber.text(kept))
        elif slots.is_a(value, (bytes, bytearray)):
            cls = bytes if slots.is_a(value, bytes) else bytearray
            count, kept = cls.__len__(value), cls.__getitem__(value, slice(0, LENGTH))
            kept = cls.__repr__(kept)
        else:
            return self.scrubber.text(self.notation(value)), None
        return kept, ({"": {"len": count, "rem": [["!limit", "x", LENGTH, LENGTH]]}} if count > LENGTH else None)

    def notation(self, value, depth=0):
        """As `repr` would say it, for the types whose `repr` is the interpreter's; `<shop.Basket object at 0x…>` for others."""
        cls = type(value)
        if cls is str or cls is bytes or cls is bytearray:
            return repr(self.scrubber.text(value) if cls is str else value)[:LENGTH]
        if cls is int:
            return repr(value) if value.bit_length() < 10000 else hex(value)
        if cls in EXACT or cls is datetime.datetime and is_known_zone(value.tzinfo) or cls is datetime.time and is_known_zone(value.tzinfo):
            return repr(value)
        if cls in (list, tuple) and depth < 3 and len(value) <= ITEMS:
            inner = ", ".join(self.notation(item, depth + 1) for item in value)
            return "[%s]" % inner if cls is list else "(%s,)" % inner if len(value) == 1 else "(%s)" % inner
        if cls in FUNCTIONS:
            return "<function %s at 0x%x>" % (function_name(value), id(value))
        if issubclass(cls, type):
            return "<class '%s'>" % slots.type_name(value)
        if cls is types.ModuleType:
            return "<module '%s'>" % types.ModuleType.__getattribute__(value, "__dict__").get("__name__", "?")
        return self._instance(value, cls, depth)

    def _instance(self, value, cls, depth):
        if issubclass(cls, BaseException):
            inner = ", ".join(self.notation(item, depth + 1) for item in ARGUMENTS(value)[:ITEMS]) if depth < 3 else "…"
            return "%s(%s)" % (slots.type_name(cls).rpartition(".")[2], inner)
        if issubclass(type(cls), enum.EnumMeta):
            return "<%s.%s: %s>" % (short(cls), plain(slots.field(value, "_name_")), self.notation(slots.field(value, "_value_"), 3))
        if depth < 3 and type(slots.class_attribute(cls, "__dataclass_fields__")) is dict:
            return self._dataclass(value, cls, depth)
        for builtin in (int, float):
            if issubclass(cls, builtin):
                return builtin.__repr__(value) if builtin is float or int.bit_length(value) < 10000 else opaque(value)
        return opaque(value)

    def _dataclass(self, value, cls, depth):
        found = slots.fields(value)
        names = [name for name in slots.class_attribute(cls, "__dataclass_fields__") if type(name) is str and name in found]
        if not names or len(names) > 30:
            return opaque(value)
        shown = []
        for name in names:
            hidden = self.scrubber.kind(name)
            shown.append("%s=%s" % (name, repr(MASK) if hidden else self.notation(found[name], depth + 1)))
        return "%s(%s)" % (short(cls), ", ".join(shown))


ARGUMENTS = BaseException.__dict__["args"].__get__


def counted(meta, count, most):
    if count is not None and count > most:
        meta[""] = {"len": count}
    return meta or None


def short(cls):
    return slots.NAME.__get__(cls)


def plain(value):
    return value if type(value) is str else "?"


def opaque(value):
    return "<%s object at 0x%x>" % (slots.type_name(type(value)), id(value))


def function_name(value):
    return plain(type(value).__dict__["__qualname__"].__get__(value))


def is_known_zone(zone):
    cls = type(zone)
    return zone is None or cls is datetime.timezone or (cls.__module__ == "zoneinfo" and cls.__name__ == "ZoneInfo")
