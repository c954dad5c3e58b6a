"""Values that stand for themselves: numbers, texts, moments, and what is named and not taken apart."""
import base64
import datetime
import decimal
import fractions
import json.encoder
import pathlib
import sys
import types
import uuid

from . import reading, redaction

encoded = json.encoder.encode_basestring
MOST_BITS = 14_000
LONG, LONGEST, LONGEST_OF_PACKAGES = 512, 1 << 16, 2000
DATE = [datetime.date.__dict__[name].__get__ for name in ("year", "month", "day")]
MOMENT = [datetime.datetime.__dict__[name].__get__ for name in ("hour", "minute", "second", "microsecond")]
TIME = [datetime.time.__dict__[name].__get__ for name in ("hour", "minute", "second", "microsecond")]
DURATION = [datetime.timedelta.__dict__[name].__get__ for name in ("days", "seconds", "microseconds")]
DATETIME_ZONE, DATETIME_FOLD = datetime.datetime.__dict__["tzinfo"].__get__, datetime.datetime.__dict__["fold"].__get__
TIME_ZONE, TIME_FOLD = datetime.time.__dict__["tzinfo"].__get__, datetime.time.__dict__["fold"].__get__
PATHS = {pathlib.PosixPath: "posix", pathlib.WindowsPath: "windows", pathlib.PurePosixPath: "pure-posix",
         pathlib.PureWindowsPath: "pure-windows"}
UUID_NUMBER = uuid.UUID.__dict__["int"].__get__
NUMERATOR, DENOMINATOR = fractions.Fraction.__dict__["_numerator"].__get__, fractions.Fraction.__dict__["_denominator"].__get__


def constant(writer, value, place):
    writer.used += 5
    return value


def integer(writer, value, place):
    bits = value.bit_length()
    if bits > MOST_BITS or bits > 2000 and beyond_digits(bits):
        return writer.lost("size", value, "%d bits" % bits)
    writer.used += bits // 3 + 2
    return value


def beyond_digits(bits):
    """Whether the interpreter refuses to print so many digits, as a service may have told it to."""
    most = getattr(sys, "get_int_max_str_digits", int)()
    return most and bits > most * 3


def real(writer, value, place):
    writer.used += 20
    if value != value:
        return ["float", "nan"]
    if value in (float("inf"), float("-inf")):
        return ["float", "inf" if value > 0 else "-inf"]
    return value


def text(writer, value, place):
    """A long text is a node, so that it is written once however many refer to it."""
    if place.secret and value:
        return redacted(writer, "str", place.secret)
    if len(value) <= LONG:
        if value in writer.secrets:
            return redacted(writer, "str", writer.secrets[value])
        return short_text(writer, value)
    return shared(writer, value, place, long_text)


def short_text(writer, value):
    kind = redaction.kind_of_token(value)
    if kind:
        return redacted(writer, "str", kind)
    return well_formed(writer, redaction.scrubbed(value, writer.limits.redact))


def well_formed(writer, value):
    if value.isascii():
        writer.used += len(encoded(value)) + 1
        return value
    try:
        writer.used += len(value.encode("utf-8")) + 8
        return value
    except UnicodeEncodeError:
        content = value.encode("utf-16-le", "surrogatepass")
        writer.used += len(content) * 3 + 12
        return ["text", [content[at] | content[at + 1] << 8 for at in range(0, len(content), 2)]]


def long_text(writer, value, place):
    most = longest(writer, place)
    if len(value) <= most and len(encoded(value)) <= most and (value.isascii() or len(value) * 4 <= most):
        return short_text(writer, value)
    known = redaction.scrubbed(value[:most], writer.limits.redact)
    known = known.encode("utf-8", "replace").decode("utf-8")
    size = len(encoded(known).encode("utf-8"))
    if size > most:
        known = known[:len(known) * most // size * 3 // 4]
    writer.used += min(size, most) + 24
    return ["text-cut", known, len(value)]


def cut_text(writer, start, length, place):
    """A text of which only the start is known."""
    known = redaction.scrubbed(start[:longest(writer, place)], writer.limits.redact).encode("utf-8", "replace").decode("utf-8")
    writer.used += len(encoded(known)) + 24
    return ["text-cut", known, length]


def longest(writer, place):
    """How much of a text is kept: never more than a sixteenth of all."""
    return LONGEST_OF_PACKAGES if place.packages else min(LONGEST, writer.limits.max_bytes // 16)


def binary(writer, value, place):
    if place.secret and value:
        return redacted(writer, "bytes", place.secret)
    if len(value) <= LONG:
        if value in writer.secrets:
            return redacted(writer, "bytes", writer.secrets[value])
        return short_bytes(writer, value, len(value))
    return shared(writer, value, place, long_bytes)


def long_bytes(writer, value, place):
    return short_bytes(writer, value[:longest(writer, place)], len(value))


def short_bytes(writer, content, length):
    content = redaction.scrubbed_bytes(content, writer.limits.redact)
    packed = base64.b64encode(content).decode("ascii")
    writer.used += len(packed) + 14
    return ["bytes", packed] if len(content) >= length else ["bytes", packed, length]


def shared(writer, value, place, write):
    """The reference to the node of a long text or bytes; it is written at once, because it refers to nothing."""
    key = id(value)
    known = writer.texts.get(key)
    if known is None:
        if writer.is_full():
            return writer.lost("size", value)
        known = writer.texts[key] = (writer.node(write(writer, value, place)), value)
    writer.used += 8
    return known[0]


def redacted(writer, kind, secret):
    writer.used += 40
    return ["lost", "redacted", kind, secret]


def complex_number(writer, value, place):
    writer.used += 40
    return ["complex", float.__repr__(value.real), float.__repr__(value.imag)]


def decimal_number(writer, value, place):
    word = decimal.Decimal.__str__(value)
    if len(word) > 5000:
        return writer.lost("size", value)
    writer.used += len(word) + 12
    return ["decimal", word]


def fraction(writer, value, place):
    parts = NUMERATOR(value), DENOMINATOR(value)
    if any(type(part) is not int for part in parts):
        return writer.lost("opaque", value)
    if any(part.bit_length() > MOST_BITS or beyond_digits(part.bit_length()) for part in parts):
        return writer.lost("size", value)
    writer.used += 24
    return ["fraction", *map(int.__repr__, parts)]


def numbers(writer, value, place):
    return ["range", *[integer(writer, part, place) for part in (value.start, value.stop, value.step)]]


def identifier(writer, value, place):
    number = UUID_NUMBER(value)
    if type(number) is not int:
        return writer.lost("opaque", value)
    digits = "%032x" % number
    writer.used += 48
    return ["uuid", "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))]


def path(writer, value, place):
    if place.secret:
        return redacted(writer, "path", place.secret)
    return ["path", PATHS[type(value)], short_text(writer, type(value).__str__(value)[:8192])]


def date(writer, value, place):
    writer.used += 24
    return ["date", [get(value) for get in DATE]]


def time_of_day(writer, value, place):
    writer.used += 40
    return ["time", [get(value) for get in TIME], zone(writer, TIME_ZONE(value), place), TIME_FOLD(value)]


def moment(writer, value, place):
    writer.used += 50
    parts = [get(value) for get in DATE + MOMENT]
    return ["datetime", parts, zone(writer, DATETIME_ZONE(value), place), DATETIME_FOLD(value)]


def duration(writer, value, place):
    writer.used += 30
    return ["duration", [get(value) for get in DURATION]]


def zone(writer, value, place):
    """A zone is named where its name is all of it; one of another kind is a value."""
    if value is None:
        return None
    if value is datetime.timezone.utc:
        return "utc"
    if type(value) is datetime.timezone:
        offset, *name = datetime.timezone.__getinitargs__(value)
        seconds = DURATION[0](offset) * 86400 + DURATION[1](offset) + DURATION[2](offset) / 1_000_000
        seconds = int(seconds) if seconds == int(seconds) else seconds
        return ["offset", seconds, short_text(writer, name[0]) if name and type(name[0]) is str else None]
    kind = type(value)
    if kind is reading.loaded("zoneinfo", "ZoneInfo"):
        descriptor = reading.member(kind, "key")
        key = descriptor.__get__(value) if type(descriptor) in (types.MemberDescriptorType, types.GetSetDescriptorType) else None
        if type(key) is str:
            return ["named", key]
    return writer.value(value, place.below())


def zone_value(writer, value, place):
    writer.used += 30
    return ["zone", zone(writer, value, place)]


def singleton(writer, value, place):
    writer.used += 26
    return ["singleton", "Ellipsis" if value is Ellipsis else "NotImplemented"]


def named_type(writer, value, place):
    name = reading.type_name(value)
    writer.used += len(name) + 10
    return ["type", name.encode("utf-8", "replace").decode("utf-8")]


def module(writer, value, place):
    names = reading.MODULE_DICTIONARY(value)
    name = names.get("__name__") if type(names) is dict else None
    writer.used += 30
    return ["module", name if type(name) is str else None]


ATOMS = {id(kind): write for kind, write in {
    type(None): constant, bool: constant, int: integer, float: real, str: text, bytes: binary, complex: complex_number,
    decimal.Decimal: decimal_number, fractions.Fraction: fraction, range: numbers, uuid.UUID: identifier,
    **dict.fromkeys(PATHS, path), datetime.date: date, datetime.time: time_of_day, datetime.datetime: moment,
    datetime.timedelta: duration, datetime.timezone: zone_value, type(Ellipsis): singleton, type(NotImplemented): singleton,
    type: named_type, types.ModuleType: module,
}.items()}
