"""The graph of values: each container and object is one node, whatever refers to it, and the nearest ones are written first.

`drain` ends when everything is written or a limit is met; what was left is marked as lost. Nothing of the service is called.
"""
import collections
import time

from . import atoms, copies, forms, guard, origins, redaction  # noqa: F401, for `copies` adds its forms

# What the thread itself spends: a busy machine makes no snapshot shorter. In a dictionary, because tools that freeze clocks replace
# the names of modules.
CLOCK = {"now": getattr(time, "thread_time", time.perf_counter)}

PACKAGE_LEVELS, PACKAGE_HANDICAP, PACKAGE_ITEMS = 2, 6, 50
MOST_ITEMS, DEEP_ITEMS = 10_000, 1_000
SHARE = 0.75  # of the time; marking what was left, and packing, take the rest
PENDING = 56  # what a node that is not written yet may cost at least: the mark of its loss
# items far down a long list wait for what is nearer
STEPS = ((64, 1), (512, 2), (4096, 3), (1 << 62, 4))


class Limits:
    def __init__(self, max_bytes=1 << 20, seconds=0.012, redact=(), application=()):
        self.max_bytes, self.seconds, self.redact, self.application = max_bytes, seconds, redact, application

    @classmethod
    def of(cls, settings):
        return cls(settings.max_bytes, settings.seconds, settings.redact, settings.application)


class Place:
    """Where a value stands: how far from a frame, how many objects of packages above it, and under which kind of secret."""

    __slots__ = ("level", "packages", "secret")

    def __init__(self, level=0, packages=0, secret=None):
        self.level, self.packages, self.secret = level, packages, secret

    def below(self, steps=1, secret=None):
        return Place(self.level + steps, self.packages, secret or self.secret)


class Pending:
    """A node that is referred to and not written yet; it keeps the object alive, so that its identity stays its own."""

    __slots__ = ("value", "form", "reference", "place", "done")

    def __init__(self, value, form, place):
        self.value, self.form, self.place = value, form, place
        self.reference, self.done = ["@", -1], False


class Writer:
    def __init__(self, limits=None):
        self.limits = limits or Limits()
        self.origins = origins.of(self.limits.application)
        self.nodes = []
        self.cut = None
        self.filled = False
        self.used = 0
        # the last value that is begun may be as long as the longest text
        self.most_bytes = self.limits.max_bytes * 7 // 8 - 3500
        self.waiting = 0
        self.deadline = CLOCK["now"]() + self.limits.seconds * SHARE
        self.queues = collections.defaultdict(collections.deque)
        self.known = {}
        self.forms = {}
        self.texts = {}
        self.secrets = {}  # texts that are known to be secrets, with their kinds

    def value(self, value, place=None):
        """The JSON of a value; references in it get their numbers when `drain` ends."""
        write = atoms.ATOMS.get(id(type(value)))
        try:
            if write is not None:
                return write(self, value, place or Place())
            return self.reference(value, place or Place())
        except Exception as trouble:
            if not guard.is_ours(trouble):
                raise
            return self.lost("failed", value)

    def named(self, name, value, place):
        """The value under a name, which may announce a secret."""
        return self.value(value, self.under(name, place))

    def under(self, name, place):
        if type(name) is bytes:
            name = name[:256].decode("latin-1")
        secret = redaction.kind_of_name(name, self.limits.redact) if type(name) is str else None
        return Place(place.level, place.packages, secret) if secret else place

    # --- references

    def reference(self, value, place):
        known = self.met(value, place)
        if known is not None:
            return known
        form = self.form(type(value))
        if form.inline is not None:
            return form.inline(self, value, place)
        if not form.application and form.is_object:
            place = self.inside_package(place)
            if place is None:
                return self.lost("depth", value)
        if self.is_full():
            return self.lost("size", value)
        return self.enqueue(Pending(value, form, place))

    def inside_package(self, place):
        """The place for what is in an object of a package, a few of which are written below one another; None beyond these."""
        if place.packages >= PACKAGE_LEVELS:
            return None
        return Place(place.level + (0 if place.packages else PACKAGE_HANDICAP), place.packages + 1, place.secret)

    def refer(self, value, form, place):
        """The reference to what has a form of its own."""
        known = self.met(value, place)
        if known is not None:
            return known
        return self.lost("size", value) if self.is_full() else self.enqueue(Pending(value, form, place))

    def met(self, value, place):
        """The reference to what was met before; what is nearer this time is written earlier."""
        known = self.known.get((id(value), place.secret))
        if known is None:
            return None
        self.used += 8
        if not known.done and place.level < known.place.level:
            known.place = place
            self.queues[place.level].append(known)
        return known.reference

    def enqueue(self, pending):
        self.known[id(pending.value), pending.place.secret] = pending
        self.queues[pending.place.level].append(pending)
        self.waiting += 1
        self.used += 8
        return pending.reference

    def node(self, node):
        """A node that is written already, and belongs to no object that could be met again."""
        reference = ["@", len(self.nodes)]
        self.nodes.append(node)
        self.used += 12
        return reference

    def form(self, kind):
        found = self.forms.get(id(kind))
        if found is None:
            found = forms.of(self, kind)
            self.forms[id(kind)] = found
        return found

    # --- the queue

    def drain(self):
        """Writes what is nearest first, until all is written or a limit is met; then marks what was left."""
        while self.queues:
            level = min(self.queues)
            queue = self.queues[level]
            while queue and self.cut is None:
                self.write(queue.popleft())
                self.is_late()
            if self.cut is not None:
                break
            if not queue:
                del self.queues[level]
        self.give_up()
        return self.nodes

    def write(self, pending):
        if pending.done:
            return
        if self.is_full():
            self.cut = "size"
            return
        pending.done = True
        self.waiting -= 1
        try:
            node = pending.form.write(self, pending.value, pending.place)
        except Exception as trouble:
            if not guard.is_ours(trouble):
                raise
            node = self.lost("failed", pending.value)
        self.used += 14
        self.nodes.append(node)
        pending.reference[1] = len(self.nodes) - 1

    def give_up(self):
        why = self.cut or "size"
        for pending in self.known.values():
            if not pending.done:
                pending.reference[:] = ["lost", why, pending.form.name, None]
        self.queues.clear()

    def taken(self):
        return self.used + self.waiting * PENDING

    def ceiling(self):
        """One container gets no more than a share of what is left, so that a long one leaves room for the others."""
        return self.taken() + max(0, self.most_bytes - self.taken()) // 4

    def is_full(self):
        if self.taken() <= self.most_bytes:
            return False
        self.filled = True
        return True

    def why_cut(self):
        return self.cut or ("size" if self.filled else None)

    def is_late(self):
        if self.cut is None and CLOCK["now"]() > self.deadline:
            self.cut = "time"
        return self.cut is not None

    # --- parts of nodes

    def items(self, values, place):
        """The JSON of values in order, as many as fit."""
        found, start, ceiling = [], 0, self.ceiling()
        for until, steps in STEPS:
            if start >= len(values):
                break
            below = place.below(steps)
            for value in values[start:until]:
                if self.taken() > ceiling or not len(found) & 255 and found and self.is_late():
                    self.filled = True
                    return found
                found.append(self.value(value, below))
                self.used += 1
            start = until
        return found

    def pairs(self, entries, place):
        """The JSON of keys and values in order, as many as fit; a key that announces a secret decides over its value."""
        found, start, ceiling = [], 0, self.ceiling()
        for until, steps in STEPS:
            if start >= len(entries):
                break
            below = place.below(steps)
            for key, value in entries[start:until]:
                if self.taken() > ceiling or not len(found) & 255 and found and self.is_late():
                    self.filled = True
                    return found
                name = self.value(key, Place(below.level, below.packages))
                found.append([name, self.value(value, self.under(key, below))])
                self.used += 4
            start = until
        return found

    def fields(self, entries, place):
        """Names and values; names are texts that stand for themselves."""
        found, below = [], place.below()
        for name, value in entries:
            if self.is_full():
                break
            found.append(self.field(name, value, below))
        return found

    def field(self, name, value, place):
        self.used += len(name) + 6
        return [plain(name), self.named(name.rpartition(".")[2] or name, value, place)]

    def most(self, place):
        if place.packages:
            return PACKAGE_ITEMS
        return MOST_ITEMS if place.level < 3 else DEEP_ITEMS

    def lost(self, why, value=None, note=None, kind=None):
        self.used += 40
        return ["lost", why, plain(kind or forms.kind_name(type(value))), note]


def plain(text):
    """A text that is well-formed whatever it was."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
