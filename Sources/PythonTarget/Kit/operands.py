"""What the operands of a failing line were, read without calling anything of the target."""
import ast
import inspect
import operator

COUNTED = (str, bytes, list, tuple, dict, set, frozenset, bytearray)
SUMS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


def states(tree, frame, line):
    """What the operands on a line were, each spelling once."""
    found, seen = [], set()
    for item in ast.walk(tree):
        if isinstance(item, (ast.Name, ast.Attribute, ast.Subscript)) and isinstance(item.ctx, ast.Load) \
                and item.lineno <= line <= item.end_lineno and len(found) < 40:
            spelled = ast.unparse(item)
            if spelled not in seen:
                seen.add(spelled)
                found.append(dict(operand(item, frame), source=spelled[:120]))
    return found


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
    elif kind in COUNTED and len(value) == 0:
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
    return computed(node, frame)


def computed(node, frame):
    """Sums of small numbers and counts of builtin containers, as positions are written."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -number(node.operand, frame)
    if isinstance(node, ast.BinOp) and type(node.op) in SUMS:
        return SUMS[type(node.op)](number(node.left, frame), number(node.right, frame))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
        value = looked_up(node.args[0], frame)
        if type(value) in COUNTED:
            return len(value)
    raise TypeError("computed")


def number(node, frame):
    value = looked_up(node, frame)
    if type(value) is int and abs(value) < 1 << 60:
        return value
    raise TypeError("computed")
