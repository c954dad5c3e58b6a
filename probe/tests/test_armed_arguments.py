"""Whatever the arguments of armed functions are, none of their methods is called, and the call goes on as it did."""
import signal
import sys
import unittest

from nevermore_probe import armed, freezing

from .armed_shop import Shop


class Hostile:
    """Says so when anything of it is called."""
    def refuse(self, *arguments, **options):
        CALLED.append("called")
        raise SystemExit("called")
    for name in ("__repr__ __eq__ __hash__ __getattr__ __getattribute__ __len__ __iter__ "
                 "__reduce__ __reduce_ex__ __getstate__ __copy__ __deepcopy__ "
                 "__bool__ __buffer__ __sizeof__ __index__ __str__ __format__ __dir__ __getitem__ __contains__").split():
        locals()[name] = refuse
    __class__ = property(refuse)
    __dict__ = property(refuse)
    __slots__ = ("held",)


class HostileMeta(type):
    def refuse(cls, *arguments):
        CALLED.append("called")
        raise SystemExit("called")
    __hash__ = __eq__ = __getattribute__ = __instancecheck__ = __subclasscheck__ = __repr__ = refuse


HostileList = type("HostileList", (list,), {name: Hostile.refuse
    for name in ("__iter__", "__len__", "__getitem__", "__reduce_ex__", "__eq__")})
HostileDict = type("HostileDict", (dict,), {name: Hostile.refuse
    for name in ("__iter__", "__len__", "keys", "items", "values", "copy", "__reduce_ex__")})
HostileText = type("HostileText", (str,), {name: Hostile.refuse
    for name in ("__str__", "__len__", "__getitem__", "__eq__", "encode", "__reduce_ex__")})
HostileNumber = type("HostileNumber", (int,), {name: Hostile.refuse
    for name in ("__int__", "__index__", "__pos__", "__eq__", "__reduce_ex__")})
CALLED = []


class HostileArguments(Shop):
    def test_nothing_of_an_argument_is_called(self):
        shop = self.arm("captured", "Cart.fixed")
        of_meta = HostileMeta("OfMeta", (), {})
        in_meta = object.__new__(of_meta)
        hostile = [Hostile(), HostileList([1]), HostileDict(a=1), HostileText("text"), HostileNumber(7), in_meta, of_meta]
        del CALLED[:]
        found = self.entries(shop.Cart.fixed, hostile)
        self.assertEqual(CALLED, [])
        [[(_, copies)]] = found["fixed"]
        self.assertTrue(all(type(copy) is freezing.Copied for copy in copies[:6]))
        self.assertEqual([copy.content for copy in copies[1:5]], [[1], [("a", 1)], "text", 7])
        self.assertTrue(copies[6] is of_meta)

    def test_arguments_too_large_are_marked_and_the_call_goes_on(self):
        shop = self.arm("Cart.fixed")
        [[(_, copy)]] = self.entries(shop.Cart.fixed, ["x" * 1000] * 10 + [list(range(200_000))])["fixed"]
        self.assertEqual((copy.type, copy.lost), (list, "size"))
        [[(_, text)]] = self.entries(shop.Cart.fixed, "y" * 500_000)["fixed"]
        self.assertEqual(len(text), 500_000)

    def test_cycles_and_deep_nests_are_survived(self):
        shop = self.arm("Cart.fixed")
        loop = []
        loop.append(loop)
        [[(_, copy)]] = self.entries(shop.Cart.fixed, loop)["fixed"]
        self.assertIs(copy[0], copy)
        for _ in range(100_000):
            loop = [loop]
        [[(_, copy)]] = self.entries(shop.Cart.fixed, loop)["fixed"]
        self.assertEqual(copy.lost, "failed")

    def test_a_recursion_that_is_too_deep_fails_as_it_did(self):
        shop = self.arm("depth", rate=1000)
        self.addCleanup(sys.setrecursionlimit, sys.getrecursionlimit())
        sys.setrecursionlimit(400)
        share, armed.SHARE = armed.SHARE, 1000  # else the machine may have it disarmed before
        self.addCleanup(setattr, armed, "SHARE", share)
        self.addCleanup(setattr, armed, "SLOW_COUNT", armed.SLOW_COUNT)
        armed.SLOW_COUNT = 1 << 30
        for _ in range(2):
            with self.assertRaises(RecursionError):
                shop.depth(10 ** 6, [])

    @unittest.skipUnless(hasattr(signal, "SIGALRM"), "no timers")
    def test_an_error_that_a_signal_handler_raises_is_the_services(self):
        class Late(RuntimeError):
            pass
        shop = self.arm("quiet")

        def late(*given):
            raise Late

        def raising(values):
            signal.raise_signal(signal.SIGALRM)
        self.addCleanup(signal.signal, signal.SIGALRM, signal.signal(signal.SIGALRM, late))
        own, freezing.frozen = freezing.frozen, raising
        self.addCleanup(setattr, freezing, "frozen", own)
        with self.assertRaises(Late):
            shop.quiet(3)


if __name__ == "__main__":
    unittest.main()
