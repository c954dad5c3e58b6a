"""How objects are read without a call of their code: through the built-in types' own slots, whatever a class calls by those names."""
import gc
import sys
import types

MRO = type.__dict__["__mro__"].__get__
NAMESPACE = type.__dict__["__dict__"].__get__
MODULE = type.__dict__["__module__"].__get__
QUALIFIED = type.__dict__["__qualname__"].__get__
MODULE_DICTIONARY = types.ModuleType.__dict__["__dict__"].__get__
MISSING = object()
OURS = "_nevermore_"  # slots of the classes that recorders make of those of drivers


def text_or_none(value):
    """A text whatever subclass it is; None for what is none."""
    if type(value) is str:
        return value
    return str.__str__(value) if is_kind_of(type(value), str) else None


def module_of(kind):
    try:
        return text_or_none(MODULE(kind)) or ""
    except Exception:  # a class may have lost its `__module__`
        return ""


def type_name(kind):
    """`module:Qualified.Name`, without asking the metaclass."""
    return "%s:%s" % (module_of(kind), QUALIFIED(kind))


def is_type(value):
    return is_kind_of(type(value), type)


def is_kind_of(kind, other):
    """Whether a type inherits from another; `issubclass` would ask metaclasses."""
    if kind is other:
        return True
    for base in MRO(kind):
        if base is other:
            return True
    return False


def is_one_of(kind, kinds):
    """Whether a type is one of these; `in` would ask metaclasses."""
    return any(kind is each for each in kinds)


def member(kind, name):
    """What the class or the nearest of its bases holds under a name, as it lies there; MISSING where none does."""
    for base in MRO(kind):
        found = NAMESPACE(base).get(name, MISSING)
        if found is not MISSING:
            return found
    return MISSING


def slots(kind):
    """(name, descriptor) of the slots of a class and its bases, the outermost base first; memory that C lays out included."""
    found = {}
    for base in reversed(MRO(kind)):
        if base is object:
            continue
        for name, each in NAMESPACE(base).items():
            if type(each) is types.MemberDescriptorType and type(name) is str and not name.startswith(OURS):
                found[name] = each
    return list(found.items())


def dictionary_getter(kind):
    """What reads the instance's own dictionary; None where its class has put something else in that place, or it has none."""
    for base in MRO(kind):
        if base is type or base is object:
            continue
        each = NAMESPACE(base).get("__dict__", MISSING)
        if type(each) is types.GetSetDescriptorType or type(each) is types.MemberDescriptorType:
            return each.__get__
    return None


def module_dictionary(name):
    """The names of an imported module; None where it is not there."""
    module = dict.get(sys.modules, name) if type(name) is str else None
    if module is None or not is_kind_of(type(module), types.ModuleType):
        return None
    found = MODULE_DICTIONARY(module)
    return found if type(found) is dict else None


def loaded(module, name):
    """A class of a library, if the service has imported it; nothing is ever imported for it."""
    names = module_dictionary(module)
    found = names.get(name) if names else None
    return found if found is not None and is_type(found) else None


def held_by(view):
    """What a view of a mapping, or an iterator, stands on."""
    found = gc.get_referents(view)
    return found[0] if found else None


def first_items(mapping, most):
    """(pairs, length) of a dictionary, at most so many; read again where another thread changes it meanwhile."""
    for _ in range(3):
        try:
            length = dict.__len__(mapping)
            if length <= most:
                return list(dict.items(mapping)), length
            pairs = []
            for pair in dict.items(mapping):
                pairs.append(pair)
                if len(pairs) >= most:
                    break
            return pairs, length
        except RuntimeError:
            continue
    raise RuntimeError("it changes while it is read")


def first_members(kind, members, most):
    """(members, length) of a set or a deque, in its own order, without asking a member for its hash."""
    for _ in range(3):
        try:
            length = kind.__len__(members)
            if length <= most:
                return list(kind.__iter__(members)), length
            found = []
            for each in kind.__iter__(members):
                found.append(each)
                if len(found) >= most:
                    break
            return found, length
        except RuntimeError:
            continue
    raise RuntimeError("it changes while it is read")
