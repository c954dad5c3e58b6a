"""Which reader a type has: decided once a type, from what it inherits, never from what it says of itself."""
import _thread
import array
import collections
import datetime
import decimal
import enum
import functools
import io
import logging
import re
import types
import uuid
import weakref

from . import atoms, callables, containers, files, objects, reading, requests, rows

KEYS, VALUES, ITEMS = type({}.keys()), type({}.values()), type({}.items())

# of exactly this type: what writes the node
NODES = {id(kind): write for kind, write in {
    list: containers.listed("list", list), tuple: containers.listed("tuple", tuple),
    set: containers.members("set", set), frozenset: containers.members("frozenset", frozenset),
    collections.deque: containers.members("deque", collections.deque), dict: containers.mapping,
    collections.OrderedDict: containers.ordered_mapping, collections.defaultdict: containers.default_mapping,
    collections.Counter: containers.counter, bytearray: containers.bytes_array, array.array: containers.numbers_array,
    types.MappingProxyType: containers.view, KEYS: containers.view, VALUES: containers.view, ITEMS: containers.view,
    type(iter([])): containers.iterator, type(iter(())): containers.iterator, types.SimpleNamespace: objects.instance,
    functools.partial: callables.partial, types.GeneratorType: callables.generator, types.CoroutineType: callables.coroutine,
    types.AsyncGeneratorType: callables.asynchronous, re.Pattern: callables.pattern, slice: objects.instance,
    io.StringIO: files.text_file, io.BytesIO: files.bytes_file,
}.items()}

# of exactly this type: what stands in the place of the value
INLINE = {id(kind): write for kind, write in {
    types.FunctionType: callables.function, types.BuiltinFunctionType: callables.builtin, types.MethodType: callables.method,
    types.WrapperDescriptorType: callables.descriptor, types.MethodDescriptorType: callables.descriptor,
    memoryview: containers.memory,
}.items()}

OWN = ("sentry_sdk.", "nevermore_probe.")  # what reports the failure is no part of it
OPAQUE = (_thread._local, weakref.ref, weakref.ProxyType, weakref.CallableProxyType)

# what a subclass has inside, beside its fields; the nearest base decides
CONTENTS = {id(kind): read for kind, read in {
    str: lambda w, x, p: atoms.text(w, str.__str__(x), p), bytes: lambda w, x, p: atoms.binary(w, bytes.__getitem__(x, slice(None)), p),
    int: lambda w, x, p: atoms.integer(w, int.__add__(x, 0), p), float: lambda w, x, p: atoms.real(w, float.__float__(x), p),
    complex: lambda w, x, p: atoms.complex_number(w, complex.__add__(x, 0j), p),
    decimal.Decimal: atoms.decimal_number, datetime.datetime: atoms.moment, datetime.date: atoms.date,
    datetime.time: atoms.time_of_day, datetime.timedelta: atoms.duration, uuid.UUID: atoms.identifier,
    **{kind: (lambda write: lambda w, x, p: w.node(write(w, x, p)))(NODES[id(kind)]) for kind in (
        list, tuple, set, frozenset, collections.deque, dict, collections.OrderedDict, collections.defaultdict, collections.Counter,
        bytearray, array.array, io.StringIO, io.BytesIO)},
}.items()}


KNOWN = {}  # by the packages that are the application's: the forms of types that live as long as their module does
MOST = 2000


def of(writer, kind):
    known = KNOWN.setdefault(writer.limits.application, {})
    form = known.get(id(kind))
    if form is None:
        form = Form(writer, kind)
        names = reading.module_dictionary(reading.module_of(kind))
        if len(known) < MOST and len(KNOWN) < 10 and names is not None and names.get(reading.QUALIFIED(kind)) is kind:
            known[id(kind)] = form
    return form


class Form:
    """What the writer has to know of a type. It keeps the type alive, so that its identity stays its own."""

    def __init__(self, writer, kind):
        self.kind = kind
        self.name = kind_name(kind)
        self.inline = INLINE.get(id(kind))
        self.write = NODES.get(id(kind))
        self.is_object = False
        self.application = False
        self.content = None
        if self.inline is None and self.write is None:
            self.choose(writer, kind)

    def choose(self, writer, kind):
        bases = reading.MRO(kind)
        self.inline = objects.lost if reading.module_of(kind).startswith(OWN) else inline_of(bases)
        if self.inline is not None:
            return
        self.is_object = True
        self.application = writer.origins.is_application_module(reading.module_of(kind))
        self.slots = rows.slots(kind)
        self.dictionary = reading.dictionary_getter(kind)
        self.marker = objects.marker_of(kind)
        self.content = next((CONTENTS[id(base)] for base in bases if id(base) in CONTENTS), None)
        self.write = self.writer_of(kind)
        self.is_object = self.write is not containers.named_tuple and not reading.is_kind_of(kind, BaseException)

    def writer_of(self, kind):
        if reading.is_kind_of(kind, BaseException):
            return objects.exception(self)
        if reading.is_kind_of(kind, tuple) and containers.field_names(kind) is not None:
            return containers.named_tuple
        if reading.is_kind_of(kind, functools.partial):
            return callables.partial
        if reading.is_kind_of(kind, logging.Logger):
            return objects.logger(self)
        special = requests.reader_of(kind) or rows.reader_of(kind)
        if special is not None:
            return special
        if self.content is None and self.dictionary is None and not self.slots and not is_open(kind):
            return objects.opaque
        return objects.with_form(self)


def inline_of(bases):
    """What is named, and not taken apart."""
    for base in bases:
        if base is type:
            return atoms.named_type
        if base is types.ModuleType:
            return atoms.module
        if base is enum.Enum:
            return objects.enumeration
        if reading.is_one_of(base, OPAQUE):
            return objects.lost
    if bases[0] is reading.loaded("zoneinfo", "ZoneInfo"):
        return atoms.zone_value
    return None


def is_open(kind):
    """Whether a class without fields has no state at all: one written in Python says so by its empty slots."""
    return all(base is object or "__slots__" in reading.NAMESPACE(base) for base in reading.MRO(kind))


def kind_name(kind):
    """Its name, well-formed whatever its author called it."""
    return reading.type_name(kind).encode("utf-8", "replace").decode("utf-8")
