"""Rows of a database and arrays of numbers, read by the C code of their own types, and only where the service has loaded it."""
from . import reading


def reader_of(kind):
    row = reading.loaded("sqlite3", "Row")
    if row is not None and reading.is_kind_of(kind, row):
        return sqlite_row(row)
    array = reading.loaded("numpy", "ndarray")
    if array is not None and reading.is_kind_of(kind, array):
        return numpy_array(array)
    scalar = reading.loaded("numpy", "generic")
    if scalar is not None and reading.is_kind_of(kind, scalar):
        return numpy_scalar(scalar)
    return None


def slots(kind):
    """Those of a connection of sqlite3 hold the classes of its errors; only how it makes rows and texts says something."""
    found = reading.slots(kind)
    connection = reading.loaded("sqlite3", "Connection")
    if connection is None or not reading.is_kind_of(kind, connection):
        return found
    return [(name, member) for name, member in found if member.__objclass__ is not connection or name.endswith("_factory")]


def sqlite_row(row):
    def write(writer, value, place):
        names = row.keys(value)
        fields = [(name, row.__getitem__(value, at)) for at, name in enumerate(names)]
        return ["object", reading.type_name(type(value)), writer.fields(fields, place), {"kind": "row"}]

    return write


def numpy_array(array):
    shape, dtype, flat, base = [array.__dict__[name].__get__ for name in ("shape", "dtype", "flat", "base")]

    def write(writer, value, place):
        kind = dtype(value)
        fields = [["shape", writer.node(["tuple", [*shape(value)]])], ["dtype", type(kind).str.__get__(kind)]]
        rest = {}
        if is_in_memory(value):
            rest["content"] = content(writer, value, place)
        writer.used += 60
        return ["object", reading.type_name(type(value)), fields, rest]

    def is_in_memory(value):
        """Whether the numbers are its own; those of a mapped file may be slow to read, or gone."""
        while value is not None and reading.is_kind_of(type(value), array):
            value = base(value)
        return value is None or type(value) is bytes

    def content(writer, value, place):
        count = 1
        for size in shape(value):
            count *= size
        part = flat(value)[0:writer.most(place)]
        found = writer.items(array.tolist(part), place)
        return writer.node(["list", found] if len(found) >= count else ["list", found, count])

    return write


def numpy_scalar(scalar):
    def write(writer, value, place):
        return ["object", reading.type_name(type(value)), [], {"content": writer.value(scalar.item(value), place)}]

    return write
