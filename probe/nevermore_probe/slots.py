"""Reads the service's objects through the built-in types' own slots; nothing that a class of the service defines is run."""
import types

MRO = type.__dict__["__mro__"]
NAMESPACE = type.__dict__["__dict__"]
NAME = type.__dict__["__qualname__"]
MODULE = type.__dict__["__module__"]
ABSENT = object()


def mro(cls):
    return MRO.__get__(cls)


def type_name(cls):
    """`shop.cart.Cart`; without the module where it is built in, or lies about itself."""
    name, module = NAME.__get__(cls), type_module(cls)
    return name if module in (None, "builtins") else "%s.%s" % (module, name)


def type_module(cls):
    try:
        module = MODULE.__get__(cls)
    except Exception:
        return None
    return module if type(module) is str else None


def class_attribute(cls, name):
    """What a class or its bases hold under a name, without asking descriptors or metaclasses."""
    for part in mro(cls):
        namespace = NAMESPACE.__get__(part)
        if name in namespace:
            return namespace[name]
    return ABSENT


def fields(value):
    """The instance's own dictionary, or an empty one where there is none of the interpreter's making."""
    descriptor = class_attribute(type(value), "__dict__")
    if type(descriptor) is not types.GetSetDescriptorType:
        return {}
    try:
        found = descriptor.__get__(value)
    except Exception:
        return {}
    return found if type(found) is dict else {}


def field(value, name, default=None):
    return dict.get(fields(value), name, default)


def text(value):
    """An exact text of a text of any class."""
    return value if type(value) is str else str.__str__(value)


def is_a(value, cls):
    return issubclass(type(value), cls)
