"""What the operands of a failing line were, read without calling anything of the target."""
import ast
import inspect


def operand(node, frame):
    """What a name, an attribute of plain state, or an item of a builtin container was; nothing of the target is called."""
    try:
        value = looked_up(node, frame)
    except LookupError:
        return {"condition": "missing", "type": ""}
    except Exception:
        return {"condition": "value", "type": "unknown"}
    kind = type(value)
    if value is None:
        condition = "null"
    elif kind in (int, float, complex) and value == 0:
        condition = "zero"
    elif kind in (str, bytes, list, tuple, dict, set, frozenset, bytearray) and len(value) == 0:
        condition = "empty"
    else:
        condition = "value"
    return {"condition": condition, "type": kind.__name__}


def looked_up(node, frame):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        for space in (frame.f_locals, frame.f_globals, vars(__import__("builtins"))):
            if node.id in space:
                return space[node.id]
        raise LookupError(node.id)
    if isinstance(node, ast.Attribute):
        base = looked_up(node.value, frame)
        state = base.__dict__ if inspect.ismodule(base) else object.__getattribute__(base, "__dict__")
        if node.attr in state:
            return state[node.attr]
        if inspect.getattr_static(base, node.attr, frame) is frame:
            raise LookupError(node.attr)
        raise TypeError("computed")
    if isinstance(node, ast.Subscript):
        base, key = looked_up(node.value, frame), looked_up(node.slice, frame)
        if type(base) in (list, tuple, str, bytes, dict) and type(key) in (int, str, bytes, bool, type(None)):
            return base[key]
    raise TypeError("computed")
