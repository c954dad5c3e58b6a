"""The laws of code with a prologue: nothing but the three instructions is new, in every function of much of the standard library."""
import dis
import glob
import os
import sys
import types
import unittest

from nevermore_probe import prologue

FILES = sorted(glob.glob(os.path.join(os.path.dirname(os.__file__), "[a-e]*.py")))


class Hook:
    def __init__(self):
        self.calls = 0

    def __pos__(self):
        self.calls += 1


def functions(code):
    if code.co_flags & 1:
        yield code
    for item in code.co_consts:
        if isinstance(item, types.CodeType):
            yield from functions(item)


def steps(code):
    return [step for step in dis.get_instructions(code) if step.opname != "EXTENDED_ARG"]


def told(found, code):
    """[(name, argument or the number of the step that it jumps to, line)]"""
    starts = [step.offset for step in found]
    lines, line = [], None
    ranges = list(code.co_lines()) if hasattr(code, "co_lines") else [(start, 1 << 30, line) for start, line in dis.findlinestarts(code)]
    for step in found:
        for start, end, at in ranges:
            if start <= step.offset < end:
                line = at
        lines.append(line)

    def target(step):
        if step.opcode not in dis.hasjabs and step.opcode not in dis.hasjrel:
            return step.arg
        return next((n for n, start in enumerate(starts) if start >= step.argval), None)
    return [(step.opname, target(step), line) for step, line in zip(found, lines)]


@unittest.skipUnless(prologue.IS_SUPPORTED, "the interpreter has monitoring")
class Prologues(unittest.TestCase):
    def test_every_other_instruction_its_line_and_its_jump_stay(self):
        hook, count = Hook(), 0
        for path in FILES:
            with open(path, "rb") as file:
                module = compile(file.read(), path, "exec", dont_inherit=True)
            for code in functions(module):
                after = steps(prologue.hooked(code, hook))
                at = next(n for n, step in enumerate(after) if step.argval is hook)
                self.assertEqual([step.opname for step in after[at:at + 3]], ["LOAD_CONST", "UNARY_POSITIVE", "POP_TOP"])
                self.assertEqual(told(after[:at] + after[at + 3:], prologue.hooked(code, hook)), told(steps(code), code), (path,
                    code.co_name))
                count += 1
        self.assertGreater(count, 1000)

    @unittest.skipUnless(sys.version_info >= (3, 11), "handlers have a table since 3.11")
    def test_handlers_stand_where_they_stood(self):
        for path in FILES:
            with open(path, "rb") as file:
                module = compile(file.read(), path, "exec", dont_inherit=True)
            for code in functions(module):
                new = prologue.hooked(code, Hook())
                shift = len(new.co_code) - len(code.co_code)
                place = new.co_code.index(bytes([prologue.UNARY, 0])) if shift else 0
                for old, now in zip(dis._parse_exception_table(code), dis._parse_exception_table(new)):
                    moved = [x + shift if x + shift > place else x for x in (old.start, old.end, old.target)]
                    self.assertEqual([now.start, now.end, now.target, now.depth, now.lasti], moved + [old.depth, old.lasti])
                self.assertEqual(len(list(new.co_positions())), len(list(code.co_positions())) + shift // 2)

    def test_long_functions_with_many_constants_and_far_jumps_still_run(self):
        body = "\n".join(f"        total += {n} if item != {n} else 0" for n in range(2000))
        namespace = {}
        exec(f"def long(items):\n    total = 0\n    for item in items:\n"
             f"{body}\n        if item == 7: continue\n    return total", namespace)
        long, hook = namespace["long"], Hook()
        before = long([1, 7, 3])
        long.__code__ = prologue.hooked(long.__code__, hook)
        self.assertEqual((long([1, 7, 3]), hook.calls), (before, 1))

    def test_a_jump_over_the_limit_of_an_argument_grows(self):
        for count in range(100, 140):
            namespace = {}
            body = "\n".join("        total += item" for _ in range(count // 4))
            exec(f"def near(items):\n    total = 0\n    for item in items:\n"
                 f"{body}\n        if item > 2: break\n    else:\n        return -1\n    return total", namespace)
            near, hook = namespace["near"], Hook()
            before = near([1, 2, 3]), near([1])
            near.__code__ = prologue.hooked(near.__code__, hook)
            self.assertEqual((near([1, 2, 3]), near([1]), hook.calls), (*before, 2))


if __name__ == "__main__":
    unittest.main()
