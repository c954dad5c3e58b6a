"""Objects by their fields: what lies in the instance's dictionary and its slots, beside what a built-in base holds."""
import datetime
import enum

from . import reading

PYDANTIC = ("__pydantic_extra__", "__pydantic_private__", "__pydantic_fields_set__", "__fields_set__")
ARGUMENTS = BaseException.__dict__["args"].__get__
ENUM_DICTIONARY = reading.dictionary_getter(enum.Enum)
ROW_STATE = ("_sa_instance_state", "_state")


def is_hidden(name):
    return name.startswith("__") and name.endswith("__")


def fields_of(form, value):
    """(name, value) of slots and dictionary; a slot that was never set is no field."""
    found = []
    for name, member in form.slots:
        if is_hidden(name) and name not in PYDANTIC:
            continue
        try:
            found.append((name, member.__get__(value)))
        except AttributeError:
            continue
    if form.dictionary is not None:
        held = form.dictionary(value)
        if held is not None:
            found += [(name, each) for name, each in dict.items(held) if type(name) is str]
    return found


def with_form(form):
    def write(writer, value, place):
        return written(writer, form, value, place)

    return write


def instance(writer, value, place):
    return written(writer, Plain.of(type(value)), value, place)


class Plain:
    """The form of a standard type that is read by its members."""

    known = {}

    def __init__(self, kind):
        self.slots, self.dictionary = reading.slots(kind), reading.dictionary_getter(kind)
        self.content, self.marker, self.application = None, None, False

    @classmethod
    def of(cls, kind):
        return cls.known.setdefault(kind, cls(kind))


def written(writer, form, value, place):
    found, missing = fields_of(form, value), []
    if form.marker == "row":
        found = [(name, each) for name, each in found if name not in ROW_STATE]
        missing = unread(type(value), {name for name, _ in found})
    if is_zone_of_package(form, type(value)):
        found = [pair for pair in found if reading.is_one_of(type(pair[1]), SIMPLE)] + class_texts(type(value), ("zone",))
    most = writer.most(place)
    fields = writer.fields(found[:most], place)
    rest = rest_of(writer, form, value, place)
    if len(fields) < len(found):
        rest["fieldCount"] = len(found)
    fields += [[name, ["lost", "unread", None, None]] for name in missing]
    writer.used += 40 + len(missing) * 40
    return ["object", reading.type_name(type(value)), fields, rest]


def rest_of(writer, form, value, place):
    rest = {}
    if form.content is not None:
        rest["content"] = form.content(writer, value, place)
    if form.marker:
        rest["kind"] = form.marker
    if form.application:
        rest["inApp"] = True
    return rest


def marker_of(kind):
    for name, marker in (("__pydantic_fields__", "pydantic"), ("__pydantic_fields_set__", "pydantic"),
                         ("__fields_set__", "pydantic"), ("__attrs_attrs__", "attrs"), ("__dataclass_fields__", "dataclass")):
        if reading.member(kind, name) is not reading.MISSING:
            return marker
    if reading.member(kind, "_sa_class_manager") is not reading.MISSING:
        return "row"
    model = reading.loaded("django.db.models.base", "Model")
    return "row" if model is not None and reading.is_kind_of(kind, model) else None


def unread(kind, present):
    """The columns of a row that were not loaded; asking the row for them would ask the database."""
    found = []
    for base in reading.MRO(kind):
        for name, member in reading.NAMESPACE(base).items():
            if type(name) is str and name not in present and name not in found and is_column(type(member)):
                found.append(name)
    return found


def is_column(kind):
    for module, name in (("sqlalchemy.orm.attributes", "QueryableAttribute"), ("django.db.models.query_utils", "DeferredAttribute")):
        known = reading.loaded(module, name)
        if known is not None and reading.is_kind_of(kind, known):
            return True
    return False


# --- zones of pytz and dateutil: their transitions follow from their names

SIMPLE = (str, int, float, bool, type(None), datetime.timedelta)


def is_zone_of_package(form, kind):
    return not form.application and reading.is_kind_of(kind, datetime.tzinfo)


def class_texts(kind, names):
    found = [(name, reading.member(kind, name)) for name in names]
    return [(name, text) for name, text in found if type(text) is str]


# --- exceptions, enumerations, and what cannot be read

def exception(form):
    def write(writer, value, place):
        fields = [pair for pair in fields_of(form, value) if pair[0] != "args"]
        arguments = writer.items(ARGUMENTS(value), place)
        return ["exception", reading.type_name(type(value)), arguments, writer.fields(fields[:writer.most(place)], place)]

    return write


def enumeration(writer, value, place):
    held = ENUM_DICTIONARY(value) if ENUM_DICTIONARY else reading.dictionary_getter(type(value))(value)
    name, raw = dict.get(held, "_name_"), dict.get(held, "_value_")
    writer.used += 30
    return ["enum", reading.type_name(type(value)), name if type(name) is str else None, writer.value(raw, place.below())]


def logger(form):
    """By its name, which is all that it takes to have it again; what hangs on it is the logging of the whole process."""
    def write(writer, value, place):
        held = form.dictionary(value) if form.dictionary is not None else {}
        named = [(name, dict.get(held, name)) for name in ("name", "level", "disabled")]
        return ["object", reading.type_name(type(value)), writer.fields(named, place), {}]

    return write


def opaque(writer, value, place):
    return writer.lost("opaque", value)


lost = opaque
