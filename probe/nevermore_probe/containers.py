"""Built-in containers, read by their own slots: what a subclass overrides is never asked."""
import array
import collections

from . import atoms, reading

FACTORY = collections.defaultdict.__dict__["default_factory"].__get__
SAFE_KEYS = (str, int, float, bool, bytes, type(None))


def listed(word, kind):
    length, take = kind.__len__, kind.__getitem__

    def write(writer, value, place):
        count = length(value)
        if count == 2 and not place.secret:
            return [word, pair(writer, *take(value, slice(0, 2)), place.below())]
        found = writer.items(take(value, slice(0, writer.most(place))), place)
        return [word, found] if len(found) >= count else [word, found, count]

    return write


def pair(writer, first, second, place):
    """Headers and options are pairs in many libraries: the first of two may announce that the second is a secret."""
    writer.used += 2
    return [writer.value(first, place), writer.value(second, writer.under(first, place))]


def members(word, kind):
    def write(writer, value, place):
        held, count = reading.first_members(kind, value, writer.most(place))
        found = writer.items(held, place)
        return [word, found] if len(found) >= count else [word, found, count]

    return write


def entries(writer, value, place):
    """(pairs, count or nothing) of a dictionary."""
    held, count = reading.first_items(value, writer.most(place))
    found = writer.pairs(held, place)
    return (found,) if len(found) >= count else (found, count)


def mapping(writer, value, place):
    return ["map", *entries(writer, value, place)]


def ordered_mapping(writer, value, place):
    """In its own order where asking for it hashes nothing but built-in keys, else in the order of insertion."""
    held, count = reading.first_items(value, writer.most(place))
    if count == len(held) and all(reading.is_one_of(type(key), SAFE_KEYS) for key, _ in held):
        held = list(collections.OrderedDict.items(value))
    found = writer.pairs(held, place)
    return ["ordered-map", found] if len(found) >= count else ["ordered-map", found, count]


def default_mapping(writer, value, place):
    return ["default-map", writer.value(FACTORY(value), place.below()), *entries(writer, value, place)]


def counter(writer, value, place):
    return ["counter", *entries(writer, value, place)]


def bytes_array(writer, value, place):
    count = bytearray.__len__(value)
    content = bytes(bytearray.__getitem__(value, slice(0, atoms.longest(writer, place))))
    known = atoms.short_bytes(writer, content, count) if not place.secret else atoms.redacted(writer, "bytearray", place.secret)
    return ["bytearray", *known[1:]] if known[0] == "bytes" else known


def numbers_array(writer, value, place):
    count = array.array.__len__(value)
    part = array.array.__getitem__(value, slice(0, writer.most(place)))
    found = writer.items(array.array.tolist(part), place)
    content = writer.node(["list", found] if len(found) >= count else ["list", found, count])
    return ["object", "array:array", [["typecode", array.array.typecode.__get__(value)]], {"content": content}]


def view(writer, value, place):
    """A view of a dictionary, with what it stands on."""
    return ["object", reading.type_name(type(value)), [], {"content": writer.value(reading.held_by(value), place.below())}]


def iterator(writer, value, place):
    """An iterator of a list or a tuple, with where it stands; one that has ended holds nothing."""
    held = reading.held_by(value)
    if not reading.is_one_of(type(held), (list, tuple)):
        return ["object", reading.type_name(type(value)), [], {}]
    position = type(held).__len__(held) - type(value).__length_hint__(value)
    return ["object", reading.type_name(type(value)), [["position", position]], {"content": writer.value(held, place.below())}]


def memory(writer, value, place):
    """What a view of bytes shows; views of other memory, like mapped files, are not touched."""
    try:
        held = value.obj
        if not reading.is_one_of(type(held), (bytes, bytearray)) or value.ndim != 1 or value.itemsize != 1:
            return writer.lost("opaque", value)
        with value[:atoms.longest(writer, place)] as part:
            return atoms.binary(writer, part.tobytes(), place) if value.nbytes <= 512 else known_part(writer, value, part)
    except ValueError:  # it was released
        return writer.lost("opaque", value, "released")


def known_part(writer, value, part):
    return atoms.short_bytes(writer, part.tobytes(), value.nbytes)


def field_names(kind):
    names = reading.member(kind, "_fields")
    if type(names) is not tuple or not names or any(type(name) is not str for name in names):
        return None
    return names


def named_tuple(writer, value, place):
    held = tuple.__getitem__(value, slice(None))
    return ["named-tuple", reading.type_name(type(value)), writer.fields(zip(field_names(type(value)), held), place)]
