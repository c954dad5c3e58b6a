"""Code that does one thing more before its body, for interpreters without `sys.monitoring`: the frame, its names and its lines stay as they
were. Three instructions are put where the body starts (`+hook`, dropped), and what is counted in offsets moves behind them."""
import dis
import sys

UNIT = 2
RELATIVE, ABSOLUTE = set(dis.hasjrel), set(dis.hasjabs)
EXTENDED, LOAD_CONST, UNARY, POP = (dis.opmap.get(name) for name in ("EXTENDED_ARG", "LOAD_CONST", "UNARY_POSITIVE", "POP_TOP"))
SCALE = 2 if sys.version_info < (3, 10) else 1  # what a jump's argument counts: bytes once, units since
IS_SUPPORTED = (3, 9) <= sys.version_info < (3, 12) and sys.implementation.name == "cpython"


class Unfit(ValueError):
    """Code that is left alone."""


def hooked(code, hook):
    """The code with `hook.__pos__()` called on entry: of a generator or coroutine, when its body starts."""
    consts = code.co_consts + (hook,)
    extra = encoded(LOAD_CONST, len(consts) - 1) + bytes([UNARY, 0, POP, 0])
    changes = moved_311(code, extra) if sys.version_info >= (3, 11) else moved(code, extra)
    return code.replace(co_consts=consts, co_stacksize=max(1, code.co_stacksize), **changes)


def with_constants(code, changes):
    """The code with other nested codes: {id(old): new}."""
    return code.replace(co_consts=tuple(changes.get(id(item), item) for item in code.co_consts))


def encoded(op, argument):
    high = [part for shift in (24, 16, 8) if (part := argument >> shift & 255) or argument >> shift]
    return bytes(byte for part in high for byte in (EXTENDED, part)) + bytes([op, argument & 255])


# 3.11: jumps are relative and none crosses the place, so that nothing but the tables moves


def moved_311(code, extra):
    old = code.co_code
    resume = dis.opmap["RESUME"]
    place = next((at + UNIT for at in range(0, len(old), UNIT) if old[at] == resume and old[at + 1] == 0), None)
    if place is None:
        raise Unfit
    return {"co_code": old[:place] + extra + old[place:], "co_linetable": moved_locations(code.co_linetable, place // UNIT,
        len(extra) // UNIT),
            "co_exceptiontable": moved_handlers(code.co_exceptiontable, place // UNIT, len(extra) // UNIT)}


def moved_locations(table, place, count):
    """With an entry that has no location, for the instructions that are new."""
    units = at = 0
    while at < len(table) and units < place:
        units += (table[at] & 7) + 1
        at += 1
        while at < len(table) and not table[at] & 128:
            at += 1
    if units != place or not 0 < count <= 8:
        raise Unfit
    return table[:at] + bytes([128 | 15 << 3 | count - 1]) + table[at:]


def moved_handlers(table, place, count):
    numbers, value = [], 0
    for byte in table:
        value = value << 6 | byte & 63
        if not byte & 64:
            numbers.append(value)
            value = 0
    if len(numbers) % 4:
        raise Unfit
    written = bytearray()
    for start, length, target, depth in zip(*[iter(numbers)] * 4):
        end = start + length
        start, end, target = (x + count if x >= place else x for x in (start, end, target))
        for n, x in enumerate((start, end - start, target, depth)):
            written += varint(x, 128 if n == 0 else 0)
    return bytes(written)


def varint(x, mark):
    parts = [x & 63]
    while x := x >> 6:
        parts.append(x & 63 | 64)
    parts.reverse()
    parts[0] |= mark
    return bytes(parts)


# 3.9 and 3.10: some jumps are absolute, and an argument that no longer fits makes its own instruction longer


def moved(code, extra):
    old = code.co_code
    place = UNIT if old[0] == dis.opmap.get("GEN_START") else 0
    steps, heads = unpacked(old)
    sizes = [step[2] for step in steps]
    while True:
        starts, end = starts_of(heads, sizes, place, len(extra)), None
        pieces = [encoded_to(step[0], argument_of(step, heads, starts, sizes, n), sizes[n]) for n, step in enumerate(steps)]
        grown = [max(size, len(piece)) for size, piece in zip(sizes, pieces)]
        if grown == sizes:
            break
        sizes = grown
    at = next((n for n, head in enumerate(heads) if head >= place), len(heads))
    return {"co_code": b"".join(pieces[:at]) + extra + b"".join(pieces[at:]), **moved_lines(code, heads, starts, place, len(extra))}


def unpacked(old):
    """([(op, argument, length, target or None)], where each starts)."""
    steps, heads, argument, head = [], [], 0, 0
    for at in range(0, len(old), UNIT):
        op = old[at]
        argument = argument << 8 | old[at + 1]
        if op == EXTENDED:
            continue
        size = at + UNIT - head
        target = None
        if op in ABSOLUTE:
            target = argument * UNIT // SCALE
        elif op in RELATIVE:
            target = at + UNIT + argument * UNIT // SCALE
        steps.append((op, argument, size, target))
        heads.append(head)
        head, argument = at + UNIT, 0
    return steps, heads


def starts_of(heads, sizes, place, count):
    """{old offset: new offset}, also of the end; a jump to the place goes behind what is new."""
    starts, at = {}, 0
    for head, size in zip(heads, sizes):
        if head == place:
            at += count
        starts[head] = at
        at += size
    starts[heads[-1] + UNIT if heads else 0] = at
    return starts


def argument_of(step, heads, starts, sizes, n):
    op, argument, _, target = step
    if target is None:
        return argument
    if target not in starts:
        raise Unfit
    new = starts[target] if op in ABSOLUTE else starts[target] - starts[heads[n]] - sizes[n]
    if new < 0:
        raise Unfit
    return new * SCALE // UNIT


def encoded_to(op, argument, size):
    piece = encoded(op, argument)
    while len(piece) < size:
        piece = bytes([EXTENDED, 0]) + piece
    return piece


def moved_lines(code, heads, starts, place, count):
    """The new instructions belong to the first line of the body, so that a tracer sees no line more."""
    if sys.version_info >= (3, 10):
        ranges = [(starts.get(start), line) for start, _, line in code.co_lines()]
    else:
        ranges = [(starts.get(start), line) for start, line in dis.findlinestarts(code)]
    if any(start is None for start, _ in ranges) or not ranges:
        raise Unfit
    ranges = [(0 if start == count and place == 0 else start - count if n and start == place + count else start, line)
              for n, (start, line) in enumerate(ranges)]
    end = max(starts.values())
    if sys.version_info >= (3, 10):
        return {"co_linetable": line_table(ranges, end, code.co_firstlineno)}
    return {"co_lnotab": line_pairs(ranges, code.co_firstlineno)}


def line_table(ranges, end, line):
    """3.10: how many bytes, and by how much the line differs from the last that was known (-128: no line)."""
    written = bytearray()
    for (start, now), stop in zip(ranges, [start for start, _ in ranges[1:]] + [end]):
        length = stop - start
        if now is None:
            step = None
        else:
            step, line = now - line, now
        while step is not None and not -127 <= step <= 127:
            part = max(-127, min(127, step))
            written += bytes([0, part & 255])
            step -= part
        first = True
        while length > 0 or first:
            part = min(length, 254)
            written += bytes([part, 128 if step is None else (step if first else 0) & 255])
            length -= part
            first = False
    return bytes(written)


def line_pairs(ranges, line):
    """3.9: how many bytes until the next line, and by how much it differs."""
    written, at = bytearray(), 0
    for start, now in ranges:
        length, step = start - at, now - line
        at, line = start, now
        while length > 255:
            written += bytes([255, 0])
            length -= 255
        while not -128 <= step <= 127:
            part = max(-128, min(127, step))
            written += bytes([length, part & 255])
            length, step = 0, step - part
        written += bytes([length, step & 255])
    return bytes(written)
