"""The values of a module, and those that it would have with another text: how the living ones take that over in place."""
import functools
import re
import struct
import types

PLAIN = (int, float, complex, bool, str, bytes, type(None), type(Ellipsis), type(NotImplemented), range, re.Pattern)
DESCRIPTORS = (types.MemberDescriptorType, types.GetSetDescriptorType, types.WrapperDescriptorType, types.MethodDescriptorType)
OWN = ("__dict__", "__weakref__", "_abc_impl", "__firstlineno__", "__static_attributes__", "__annotations__", "__annotate__")
MISSING = object()
POINTER, HEAP = struct.calcsize("P"), 1 << 9  # of a type that is no part of the interpreter


class Unpatchable(Exception):
    """Why the living values would not be as if the other text had been imported."""


class Comparison:
    """Values in pairs. `patches` are (keys on the way from the module, what to do, what to undo)."""

    def __init__(self, living, other):
        self.living, self.other, self.patches, self.keys = living, other, [], []
        self.known, self.reverse, self.kept = {}, {}, []

    def module(self):
        for name in [*self.living, *[name for name in self.other if name not in self.living]]:
            before, after = self.living.get(name, MISSING), self.other.get(name, MISSING)
            if name == "__annotations__" and repr(before) != repr(after):
                raise Unpatchable("other annotations")
            if name in ("__builtins__", "__annotations__") or after is MISSING and isinstance(before, types.ModuleType):
                continue
            self.keys = [name]
            if before is MISSING or after is MISSING or not self.same(before, after):
                self.demand_plain(after)
                self.put_item(self.living, name, before, after)
        return self.patches

    # --- patches

    def put_item(self, home, key, before, after):
        self.patches.append(([*self.keys, key], (set_item, home, key, after), (set_item, home, key, before)))

    def put_attribute(self, home, key, before, after):
        self.patches.append(([*self.keys, key], (set_attribute, home, key, after), (set_attribute, home, key, before)))

    def put_content(self, home, content):
        before = home.copy()
        self.patches.append((list(self.keys), (fill, home, content), (fill, home, before)))

    def demand_plain(self, value):
        if value is not MISSING and not is_plain(value):
            raise Unpatchable("a new %s" % type(value).__name__)

    # --- pairs

    def same(self, old, new):
        """Whether they are alike, or will be with the patches; if not, the caller puts the new one, a plain one, in its place."""
        if old is new:
            return True
        if is_plain(old) and is_plain(new):
            return exact(old) == exact(new)
        if id(old) in self.known or id(new) in self.reverse:
            if self.known.get(id(old)) != id(new) or self.reverse.get(id(new)) != id(old):
                raise Unpatchable("values are shared otherwise")
            return True
        if type(old) is not type(new) and self.known.get(id(type(old))) != id(type(new)):
            self.demand_plain(old)
            return False
        self.known[id(old)], self.reverse[id(new)] = id(new), id(old)
        self.kept.append((old, new))
        compare = next((getattr(self, name) for kinds, name in KINDS if isinstance(old, kinds)), self.instances)
        compare(old, new)
        return True

    def inside(self, key, old, new):
        """Whether an inner pair is alike, or will be."""
        self.keys.append(key)
        try:
            return self.same(old, new)
        finally:
            self.keys.pop()

    def demand(self, key, old, new):
        if not self.inside(key, old, new):
            raise Unpatchable("`%s` cannot be changed where it is" % key)

    def lists(self, old, new):
        if is_flat(old) and is_flat(new):
            if exact(old) != exact(new):
                self.put_content(old, new)
            return
        if len(old) != len(new):
            raise Unpatchable("a list of another length")
        for before, after in zip(old, new):
            self.demand("", before, after)

    def tuples(self, old, new):
        if len(old) != len(new):
            raise Unpatchable("a tuple of another length")
        for before, after in zip(old, new):
            self.demand("", before, after)

    def sets(self, old, new):
        if isinstance(old, frozenset) or not (is_flat(old) and is_flat(new)):
            raise Unpatchable("a set of values that are no plain ones")
        if exact(old) != exact(new):
            self.put_content(old, new)

    def dicts(self, old, new):
        if type(old) is not dict and type(old).__module__ != "collections":
            raise Unpatchable("another kind of dict")
        if is_flat(old) and is_flat(new):
            if exact(old) != exact(new):
                self.put_content(old, new)
            return
        if [exact(key) if is_plain(key) else id(key) for key in old] != [exact(key) if is_plain(key) else id(key) for key in new]:
            raise Unpatchable("other keys")
        for key, after in new.items():
            if not self.inside(str(key), old[key], after):
                self.demand_plain(after)
                self.put_item(old, key, old[key], after)

    def functions(self, old, new):
        is_own = old.__globals__ is self.living and new.__globals__ is self.other
        if not (is_own or old.__globals__ is new.__globals__) or old.__qualname__ != new.__qualname__ or not noted_alike(old, new) \
                or old.__code__.co_freevars != new.__code__.co_freevars:
            raise Unpatchable("another function")
        if old.__code__ != new.__code__:
            self.put_attribute(old, "__code__", old.__code__, new.__code__)
        if old.__doc__ != new.__doc__:
            self.put_attribute(old, "__doc__", old.__doc__, new.__doc__)
        self.defaults(old, new)
        self.dicts(old.__dict__, new.__dict__)
        for name, before, after in zip(old.__code__.co_freevars, old.__closure__ or (), new.__closure__ or ()):
            before_value, after_value = content(before), content(after)
            if MISSING in (before_value, after_value) and before_value is not after_value:
                raise Unpatchable("an empty cell")
            if not self.inside(name, before_value, after_value):
                self.demand_plain(after_value)
                self.put_attribute(before, "cell_contents", before_value, after_value)

    def defaults(self, old, new):
        for name in ("__defaults__", "__kwdefaults__"):
            before, after = getattr(old, name), getattr(new, name)
            if before is None and after is None:
                continue
            if is_plain(before) and is_plain(after):
                if exact(before) != exact(after):
                    self.put_attribute(old, name, before, after)
            elif type(before) is type(after):
                (self.dicts if isinstance(before, dict) else self.tuples)(before, after)
            else:
                raise Unpatchable("other defaults")

    def classes(self, old, new):
        if (old.__name__, old.__qualname__, old.__module__) != (new.__name__, new.__qualname__, new.__module__) \
                or len(old.__bases__) != len(new.__bases__) or self.living.get("__name__") != old.__module__:
            raise Unpatchable("another class")
        if not noted_alike(old, new):
            raise Unpatchable("other annotations")
        for pair in zip(old.__bases__, new.__bases__):
            self.demand("", *pair)
        before, after = ({key: value for key, value in vars(kind).items() if key not in OWN} for kind in (old, new))
        if list(before) != list(after):
            raise Unpatchable("a class of other members")
        count = len(self.patches)
        for key, value in after.items():
            if not self.inside(key, before[key], value):
                if key.startswith("__") and key != "__doc__":
                    raise Unpatchable("`%s` of a class" % key)
                self.demand_plain(value)
                self.put_attribute(old, key, before[key], value)
        if len(self.patches) > count and type(old).__module__ != "builtins" and type(old).__name__ != "ABCMeta":
            raise Unpatchable("a class that is made in its own way")

    def codes(self, old, new):
        if old != new:
            raise Unpatchable("other code")

    def descriptors(self, old, new):
        if old.__name__ != new.__name__:
            raise Unpatchable("another slot")

    def properties(self, old, new):
        for name in ("fget", "fset", "fdel", "__doc__"):
            self.demand(name, getattr(old, name), getattr(new, name))

    def methods(self, old, new):
        self.demand("__func__", old.__func__, new.__func__)

    def partials(self, old, new):
        self.demand("func", old.func, new.func)
        self.tuples(old.args, new.args)
        self.dicts(old.keywords, new.keywords)

    def caches(self, old, new):
        if hasattr(old, "cache_parameters") and old.cache_parameters() != new.cache_parameters() or not hasattr(old, "cache_parameters"):
            raise Unpatchable("another cache")
        self.dicts(old.__dict__, new.__dict__)

    def instances(self, old, new):
        if type(old) is object:
            return
        homes = type(old).__mro__[:-1]
        slots = sum(isinstance(member, types.MemberDescriptorType) for kind in homes for member in vars(kind).values())
        if type(old).__basicsize__ > object.__basicsize__ + (slots + 2) * POINTER or not all(kind.__flags__ & HEAP for kind in homes):
            raise Unpatchable("a %s at `%s`" % (type(old).__name__, ".".join(self.keys)))
        if hasattr(old, "__dict__"):
            self.dicts(vars(old), vars(new))
        for name, member in (pair for kind in homes for pair in vars(kind).items()):
            if isinstance(member, types.MemberDescriptorType):
                self.slot(old, name, member.__get__(old) if has(member, old) else MISSING, member, new)

    def slot(self, old, name, before, member, new):
        after = member.__get__(new) if has(member, new) else MISSING
        if before is MISSING and after is MISSING:
            return
        if MISSING in (before, after) or not self.inside(name, before, after):
            raise Unpatchable("another `%s`" % name)


KINDS = [(list, "lists"), (tuple, "tuples"), ((set, frozenset), "sets"), (dict, "dicts"), (types.FunctionType, "functions"),
         (types.CodeType, "codes"), (type, "classes"), (DESCRIPTORS, "descriptors"), (property, "properties"),
         ((staticmethod, classmethod), "methods"), (functools.partial, "partials"), (functools._lru_cache_wrapper, "caches")]


def noted_alike(old, new):
    before, after = (getattr(item, "__annotations__", None) or {} for item in (old, new))
    return list(before) == list(after) and all(one is after[name] or repr(one) == repr(after[name]) for name, one in before.items())


def has(member, value):
    try:
        member.__get__(value)
    except AttributeError:
        return False
    return True


def content(cell):
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def is_plain(value):
    """A value that nothing can change and whose identity says nothing."""
    return type(value) in PLAIN or type(value) in (tuple, frozenset) and all(map(is_plain, value))


def is_flat(value):
    """A container of plain values alone."""
    if type(value) in (list, set, frozenset):
        return all(map(is_plain, value))
    return type(value) is dict and all(map(is_plain, value)) and all(map(is_plain, value.values()))


def exact(value):
    if type(value) in (tuple, list):
        return type(value), [exact(item) for item in value]
    if type(value) in (set, frozenset):
        return type(value), sorted(repr(exact(item)) for item in value)
    if type(value) is dict:
        return dict, [(exact(key), exact(item)) for key, item in value.items()]
    if type(value) is re.Pattern:
        return re.Pattern, value.pattern, value.flags
    return type(value), repr(value)


# --- what patches do


def set_item(home, key, value):
    if value is MISSING:
        home.pop(key, None)
    else:
        home[key] = value


def set_attribute(home, key, value):
    setattr(home, key, value)


def fill(home, content):
    content = content.copy()
    if isinstance(home, list):
        home[:] = content
    else:
        home.clear()
        home.update(content)


def run(steps):
    for step in steps:
        step[0](*step[1:])
