"""Methods that note that they were called, and classes of nothing else."""

CALLS = []
KEPT = []  # what must live as long as the tests, so that no end of an object falls into a measurement

SPECIAL = [
    "repr", "str", "eq", "ne", "lt", "gt", "le", "ge", "hash", "bool", "len", "length_hint", "iter", "next", "getitem", "setitem",
    "delitem", "contains",
    "getattr", "getattribute", "setattr", "delattr", "dir", "format", "bytes", "int", "float", "index", "complex", "add", "radd", "call",
    "enter", "exit", "reduce", "reduce_ex", "getstate", "copy", "deepcopy", "sizeof", "instancecheck", "fspath", "missing", "reversed",
    "get", "set", "delete", "await", "aiter", "anext", "neg", "trunc", "round", "buffer", "release_buffer", "class_getitem", "mul", "or"]


def trap(name):
    def called(*arguments, **named):
        CALLS.append(name)
        raise RuntimeError("called " + name)

    return called


def traps(*left):
    members = {"__%s__" % name: trap(name) for name in SPECIAL if name not in left}
    members.update({name: trap(name) for name in (
        "items", "keys", "values", "get", "copy", "tell", "getvalue", "read", "seek", "isoformat", "utcoffset", "tzname", "dst", "tolist",
        "popitem", "pop", "hex", "as_tuple", "__str__", "getbuffer")})
    members["__class__"] = property(trap("__class__"))
    members["prop"] = property(trap("prop"))
    return members


def hostile(base=object, **more):
    return type("Hostile", (base,), {**traps("setattr"), "__init__": base.__init__, **more}) if base is object \
        else type("Hostile", (base,), {**traps(), **more})
