"""Digests of values: equal for equal values in whatever process, and nothing of the target is called to make them.

An object is its type and what its slots and its dictionary hold; sets and maps have no order; a value inside itself is told by
how far above it stands. What cannot be read (an iterator, a file, a state that C keeps to itself) or is cut is not exact.
"""
import hashlib
import types

from . import plain

DEEPEST, LARGEST = 60, 20_000
MRO, DICT = type.__dict__["__mro__"].__get__, type.__dict__["__dict__"].__get__
BASE, SIZE = type.__dict__["__base__"].__get__, type.__dict__["__basicsize__"].__get__
MODULE, NAME = type.__dict__["__module__"].__get__, type.__dict__["__qualname__"].__get__
# types are told by their identities: a metaclass may define what `==` and `hash` do
ATOMS = {id(kind) for kind in (type(None), bool, int, float, complex, type(Ellipsis), type(NotImplemented), range)}
STRING, BYTES = id(str), id(bytes)


def digest(value, largest=LARGEST):
    """(digest, whether it is exact)."""
    walk = Walk(largest)
    return walk.of(value)[:16], walk.exact


def type_name(kind):
    """A type's qualified name, without asking its metaclass."""
    module, name = MODULE(kind), NAME(kind)
    return "%s.%s" % (module if type(module) is str else "", name if type(name) is str else "")


class Walk:
    def __init__(self, largest):
        self.left = largest
        self.exact = True
        self.above = []  # identities of what is being read
        self.known = {}  # what was read whole: (digest, the value, so that its identity stays its own)
        self.reach = 0  # the outermost position in `above` that was met again

    def of(self, value):
        kind = type(value)
        if id(kind) in ATOMS:
            return joined(kind.__name__, repr(value))
        if id(kind) == STRING:
            return joined("str", value)
        if id(kind) == BYTES:
            return joined("bytes", hashlib.sha256(value).hexdigest())
        if id(value) in self.known:
            return self.known[id(value)][0]
        if id(value) in self.above:
            place = self.above.index(id(value))
            self.reach = min(self.reach, place)
            return joined("above", len(self.above) - place)
        self.left -= 1
        if self.left < 0 or len(self.above) >= DEEPEST:
            self.exact = False
            return joined("cut", type_name(kind))
        return self.inside(value, kind)

    def inside(self, value, kind):
        """What refers to nothing above it is read once."""
        place, outer = len(self.above), self.reach
        self.reach = place
        self.above.append(id(value))
        try:
            found = joined(type_name(kind), *self.parts(value, kind))
        finally:
            self.above.pop()
            whole, self.reach = self.reach >= place, min(outer, self.reach)
        if whole:
            self.known[id(value)] = (found, value)
        return found

    def opaque(self, word="opaque"):
        self.exact = False
        return [word]

    def parts(self, value, kind):
        """What a value consists of, as digests in an order of their own."""
        for base in MRO(kind):
            if id(base) in plain.NAMED:
                return plain.NAMED[id(base)](self, value)
            if id(base) in plain.READERS:
                return plain.READERS[id(base)](self, value) + (self.state(value, kind) if base is not kind else [])
        return self.state(value, kind) if self.is_open(kind) else self.buffer(value, kind)

    def state(self, value, kind):
        """What slots and dictionaries hold, by name."""
        found = {}
        for base in MRO(kind):
            for name, member in DICT(base).items():
                if type(member) is types.MemberDescriptorType and name not in found:
                    try:
                        found[name] = self.of(member.__get__(value, kind))
                    except AttributeError:
                        continue
                elif name == "__dict__" and type(member) is types.GetSetDescriptorType and base is not type:
                    for key, held in dict.items(member.__get__(value, kind)):
                        if type(key) is str:
                            found["." + key] = self.of(held)
        return [joined(*pair) for pair in sorted(found.items())]

    def is_open(self, kind):
        """Whether slots and dictionaries are all that the type adds to an object's memory."""
        while kind is not object:
            own = DICT(kind)
            seen = sum(type(m) is types.MemberDescriptorType for m in own.values()) + ("__dict__" in own) + ("__weakref__" in own)
            if SIZE(kind) - SIZE(BASE(kind)) > 8 * seen:
                return False
            kind = BASE(kind)
        return True

    def buffer(self, value, kind):
        """The bytes and the shape of what lends its memory, like an array."""
        if any(type(DICT(base).get("__buffer__")) is types.FunctionType for base in MRO(kind)):
            return self.opaque()
        try:
            with memoryview(value) as view:
                if "O" not in view.format:
                    return [joined(view.format, view.shape, hashlib.sha256(view.tobytes()).hexdigest())]
        except (TypeError, ValueError, BufferError, NotImplementedError):
            pass
        return self.opaque()

    def all(self, values):
        return [self.of(value) for value in values]


def joined(*parts):
    """One digest of several texts; their borders count."""
    texts = [str(part).encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.sha256(b"".join(b"%d:%s" % (len(text), text) for text in texts)).hexdigest()
