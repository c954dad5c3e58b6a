"""What calls of watched functions took, gave, changed and did, in digests; a test's first two hundred a function."""
import re
import time

from . import digests

A_FUNCTION, ALL, YIELDED, LARGEST = 200, 5_000, 100, 2_000
VAIN = 8  # calls in a row whose inputs cannot be told, after which a function's are not asked for any more
SECONDS = 4  # of CPU that reading values may take in all
GENERATOR = 0x20 | 0x200  # of generators and asynchronous generators


class Calls:
    """Opened, paused and closed by a tracer; what is finished is handed to `write`."""

    def __init__(self, root, write):
        self.root = root
        self.write = write
        self.open = {}
        self.active = []  # what runs now, outermost first
        self.counts = {}
        self.total = 0
        self.spent = 0.0
        self.vain = {}
        self.test = None

    def begin(self, test):
        self.test, self.counts = test, {}

    def end(self):
        """What a test left unfinished is told as far as it came."""
        for call in list(self.open.values()):
            call.exact = False
            self.close(call, None)
        self.open, self.active, self.test = {}, [], None

    def is_enough(self, place):
        """What is left out is left out on both sides of a patch: calls are matched by what they took."""
        return self.total >= ALL or self.spent > SECONDS or self.vain.get(place, 0) >= VAIN

    # --- of a tracer

    def is_open(self, frame):
        return id(frame) in self.open

    def enter(self, frame, place):
        if self.test is None or self.counts.get(place, 0) >= A_FUNCTION or self.is_enough(place):
            return
        self.counts[place] = self.counts.get(place, 0) + 1
        self.total += 1
        started = time.process_time()
        call = Call(frame, place)
        self.spent += time.process_time() - started
        self.vain[place] = 0 if call.exact else self.vain.get(place, 0) + 1
        self.open[id(frame)] = call
        self.active.append(call)

    def resume(self, frame):
        call = self.open.get(id(frame))
        if call:
            self.active.append(call)

    def pause(self, frame, value):
        call = self.open.get(id(frame))
        if call:
            self.leave(call)
            call.gave(value)

    def give(self, frame, value):
        call = self.open.pop(id(frame), None)
        if call:
            self.leave(call)
            result, exact = digests.digest(value, LARGEST)
            call.exact = call.exact and exact
            call.result = digests.joined(*call.yielded, result)[:16] if call.is_lazy else result
            self.close(call, "generator" if call.is_lazy else digests.type_name(type(value)))

    def fail(self, frame, error):
        call = self.open.pop(id(frame), None)
        if call:
            self.leave(call)
            call.raised = shape(error)
            call.exact = call.exact and not isinstance(error, GeneratorExit)
            self.close(call, None)

    def leave(self, call):
        if call in self.active:
            self.active.remove(call)

    def close(self, call, kind):
        after, exact = call.arguments()
        path, name = call.place
        self.write({"call": name, "path": path, "test": self.test, "input": call.input, "result": call.result, "type": kind,
                    "raised": call.raised, "after": after, "effects": call.effects, "exact": call.exact and exact})

    # --- of the interpreter's audit

    def __len__(self):
        return 0

    def append(self, effect):
        for call in self.active:
            if len(call.effects) < 20:
                call.effects.append(effect)


class Call:
    def __init__(self, frame, place):
        code = frame.f_code
        names = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)]
        local = frame.f_locals
        self.taken = {name: local[name] for name in names if name in local}
        self.place = place
        self.is_lazy = bool(code.co_flags & GENERATOR)
        self.result, self.raised, self.effects, self.yielded = None, None, [], []
        self.input, self.exact = self.arguments()

    def arguments(self):
        return digests.digest(self.taken, LARGEST)

    def gave(self, value):
        """A generator's result is what it yielded; a coroutine's pauses are its event loop's."""
        if self.is_lazy:
            if len(self.yielded) < YIELDED:
                found, exact = digests.digest(value, LARGEST)
                self.yielded.append(found)
                self.exact = self.exact and exact
            else:
                self.exact = False


def shape(error):
    """The type of an exception, and its message with its numbers and quoted texts left out."""
    words = [item for item in BaseException.args.__get__(error) if type(item) is str] if error is not None else []
    return "%s: %s" % (digests.type_name(type(error)), re.sub(r"'[^']*'|\"[^\"]*\"|0x[0-9a-f]+|\d+", "#", " ".join(words))[:200])
