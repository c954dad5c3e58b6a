"""Cheap copies of arguments. The C pickler copies plain data at its own speed; every other object is intercepted before anything of it
is called, and its state is read through its type."""
import io
import itertools

from . import guard, object_plans

try:
    from _pickle import Pickler, Unpickler
except ImportError:  # an interpreter without the C pickler: nothing is armed there
    Pickler = Unpickler = None

BYTES = 128 * 1024  # of one snapshot; checked where the pickler writes, every 64 KiB
OBJECTS = 200
CUT = 1000  # objects that are only marked, before it is too large
LEVELS = 2
FIELDS = 200
known = object_plans.plans
PLAIN = frozenset(map(id, (int, float, str, bytes, bool, type(None))))


class TooLarge(ValueError):
    """The arguments are larger than a snapshot may be."""


class Copied:
    """An object as it was: `fields` are pairs, `content` is what a subclass of a built-in type holds (a map as pairs); `lost` says
    why it is not whole, `count` and `field_count` how many there were of what was cut."""
    __slots__ = ("type", "fields", "content", "lost", "count", "field_count")

    def __init__(self, type, lost=None):
        self.type, self.fields, self.content, self.lost = type, [], None, lost
        self.count = self.field_count = None


class Frozen:
    """A copy that takes no space of the service's objects but for what cannot change: bytes, and what they refer to by number."""
    __slots__ = ("written", "kept")

    def __init__(self, written, kept):
        self.written, self.kept = written, kept


def revive(number):
    """Stands for the look into `kept`. The writer knows it from the start, so that no name is written; `PREAMBLE` tells the reader."""
    return number


known_to_writer = {id(revive): (0, revive)}
PREAMBLE = b"\x80\x05ckept\nrevive\n\x94."  # a name, which the reader looks up, becomes its number 0


class Room:
    """Takes what a pickler writes, up to a limit."""
    __slots__ = ("pieces", "left")

    def __init__(self):
        self.pieces, self.left = [], BYTES

    def write(self, piece):
        self.left -= len(piece)
        if self.left < 0:
            raise TooLarge
        self.pieces.append(piece if type(piece) is bytes else bytes(piece))


if Pickler is not None:
    class Writer(Pickler):
        def reducer_override(self, x):
            kept = self.kept
            number = len(kept)
            if number >= OBJECTS:
                self.cut += 1
                if self.cut > CUT:
                    raise TooLarge
                return revive, (0,)
            kept.append(x)
            return revive, (number,)

    class Reader(Unpickler):
        def find_class(self, module, name):
            return self.kept.__getitem__


def frozen(values):
    """A copy of a list of values, as they are now. Raises `TooLarge`, or what goes wrong when another thread changes them meanwhile."""
    room = Room()
    writer = Writer(room, 5)
    writer.cut = 0
    writer.memo = known_to_writer
    kept = writer.kept = [Copied(object, "size")]
    writer.dump(values)
    done = 1
    for _ in range(LEVELS):
        if done == len(kept):
            break
        done = freeze_level(writer, kept, done)
    for number in range(done, len(kept)):
        kind = type(kept[number])
        if not (known.get(id(kind)) or object_plans.of(kind)).live:
            kept[number] = Copied(kind, "depth")
    return Frozen(room.pieces, kept)


def freeze_level(writer, kept, start):
    """Writes the state of what was met since `start`; gives where the next level starts."""
    end = len(kept)
    states = []
    for number in range(start, end):
        x = kept[number]
        kind = type(x)
        plan = known.get(id(kind)) or object_plans.of(kind)
        if plan.live:
            continue
        kept[number] = copy = Copied(kind)
        if plan.has_only_fields:
            fields = plan.fields(x)
            if type(fields) is dict and len(fields) <= FIELDS:
                states.append((number, fields, None, None))
                continue
        fields, slots, content = state(plan, x, copy)
        if fields or slots or content is not None:
            states.append((number, fields, slots, content))
        elif plan.is_opaque:
            copy.lost = "opaque"
    if states:
        writer.dump(states)
    return end


def state(plan, x, copy):
    """What the object holds, uncopied: (its `__dict__`, pairs of its slots, what it contains)."""
    fields = slots = content = None
    try:
        if plan.fields is not None:
            fields = plan.fields(x)
            if type(fields) is not dict or len(fields) > FIELDS:
                if dict.__len__(fields) > FIELDS:
                    copy.lost, copy.field_count = "size", dict.__len__(fields)
                fields = list(itertools.islice(dict.items(fields), FIELDS))
        if plan.slots:
            slots = plan.read_slots(x)
        if plan.content is not None:
            content, count = plan.content(x)
            if count is not None and count > len(content):
                copy.lost, copy.count = "size", count
    except Exception as error:
        guard.swallow(error)
        copy.lost = "failed"
    return fields, slots, content


def lost(values, why):
    """In place of a copy: what cannot change as it is, and the kind of everything else."""
    return [x if id(type(x)) in PLAIN else Copied(type(x), why) for x in values]


def thawed(frozen):
    """The values as they were when they were frozen."""
    if type(frozen) is list:
        return frozen
    reader = Reader(io.BytesIO(PREAMBLE + b"".join(frozen.written)))
    kept = reader.kept = frozen.kept
    reader.load()
    values = reader.load()
    while True:
        try:
            states = reader.load()
        except EOFError:
            return values
        for number, fields, slots, content in states:
            copy = kept[number]
            copy.fields = [*(fields.items() if type(fields) is dict else fields or ()), *(slots or ())]
            copy.content = content
