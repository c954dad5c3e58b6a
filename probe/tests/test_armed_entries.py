"""A failure of an armed function has the arguments as they came in, in whatever way it was called."""
import asyncio
import gc
import os
import threading
import unittest

from nevermore_probe import armed

from .armed_shop import Settings, Shop


class Entries(Shop):
    def test_a_failure_has_the_arguments_as_they_came_in(self):
        shop = self.arm("add")
        found = self.entries(shop.add, ["a"], 2, "r", extra={"k": (1, 2)}, colour="red")
        self.assertEqual(found, {"add": [[("lines", ["a"]), ("tax", 2), ("rest", ("r",)), ("extra", {"k": (1, 2)}), ("options",
            {"colour": "red"})]]})

    def test_the_receiver_is_copied_with_its_state(self):
        shop = self.arm("Cart.total")
        [[(name, cart), discount]] = self.entries(shop.Cart("Ada").total, 0)["total"]
        self.assertEqual((name, cart.type, cart.fields, discount), ("self", shop.Cart, [("owner", "Ada"), ("lines", [])], ("discount", 0)))

    def test_decorated_static_class_and_property_functions_are_found(self):
        shop = self.arm("Cart.decorated", "Cart.fixed", "Cart.made", "Cart.weight", "remembered")
        cart = shop.Cart("Ada")
        self.assertEqual(self.entries(cart.decorated, 7)["decorated"][0][1], ("amount", 7))
        self.assertEqual(self.entries(cart.fixed, 7)["fixed"], [[("amount", 7)]])
        self.assertEqual(self.entries(cart.made, 7)["made"], [[("cls", shop.Cart), ("amount", 7)]])
        self.assertEqual(self.entries(lambda: cart.weight)["weight"][0][0][1].fields[0], ("owner", "Ada"))
        self.assertEqual(self.entries(shop.remembered, 7)["remembered"], [[("amount", 7)]])

    def test_nested_functions_are_found_whether_they_live_already_or_not(self):
        for name in ("outer.inner", "outer.<locals>.inner"):
            with self.subTest(name):
                shop = self.arm(name)
                self.assertEqual(self.entries(shop.living, 5), {"inner": [[("item", 5)]]})
                self.assertEqual(self.entries(shop.outer("b"), 6), {"inner": [[("item", 6)]]})
                self.forget()

    def test_functions_of_modules_that_are_imported_later_are_armed(self):
        self.list("add")
        Settings.armed = self.path
        armed.install(Settings)
        shop = self.shop()
        self.look()
        self.assertIn("add", self.entries(shop.add, []))

    def test_each_call_of_a_recursion_has_its_own_entry(self):
        shop = self.arm("depth")
        found = self.entries(shop.depth, 3, [])
        self.assertEqual(found["depth"], [[("count", 3), ("seen", [])], [("count", 2), ("seen", [3])], [("count", 1), ("seen", [3, 2])],
                                          [("count", 0), ("seen", [3, 2, 1])]])

    def test_threads_have_their_own_entries(self):
        shop = self.arm("depth", rate=1000)
        found = {}
        threads = [threading.Thread(target=lambda n=n: found.update({n: self.entries(shop.depth, 1, [n])})) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for n in range(8):
            self.assertEqual(found[n]["depth"][1], [("count", 0), ("seen", [n, 1])])

    def test_a_generator_is_entered_when_its_body_starts(self):
        shop = self.arm("lines")
        start = []
        generator = shop.lines(start)
        start.append("before the first next")
        next(generator)
        generator.send(1)
        self.assertEqual(self.entries(next, generator)["lines"], [[("start", ["before the first next"])]])

    def test_a_generator_that_never_started_has_no_entry(self):
        shop = self.arm("lines")
        self.assertEqual(self.entries(shop.lines([]).throw, ValueError("early")), {})

    def test_tasks_have_their_own_entries(self):
        shop = self.arm("fetch", "stream")

        async def main():
            return await asyncio.gather(*(shop.fetch([n], 0.01 * (3 - n)) for n in range(3)), return_exceptions=True)

        async def read():
            async for _ in shop.stream(["x"]):
                pass
        for n, error in enumerate(asyncio.run(main())):
            self.assertEqual(self.entries_of(error)["fetch"], [[("key", [n]), ("pause", 0.01 * (3 - n))]])
        self.assertEqual(self.entries(asyncio.run, read())["stream"], [[("items", ["x"])]])

    def test_an_argument_that_a_closure_holds_is_there(self):
        shop = self.arm("captured")
        self.assertEqual(self.entries(shop.captured, 1)["captured"], [[("amount", 1)]])

    def test_a_later_call_never_shows_the_entry_of_an_earlier_one(self):
        shop = self.arm("add", rate=1)
        self.assertIn("add", self.entries(shop.add, [1]))
        for n in range(200):
            self.assertEqual(self.entries(shop.add, [n]), {})

    @unittest.skipUnless(hasattr(os, "fork"), "no fork")
    def test_a_forked_child_has_entries_and_sees_the_file_change(self):
        shop = self.arm("add")
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                first = self.entries(shop.add, [1])["add"][0][0]
                self.write("{}")
                self.look()
                os.write(writing, repr((first, self.entries(shop.add, [1]))).encode())
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        os.close(writing)
        with open(reading) as pipe:
            self.assertEqual(pipe.read(), "(('lines', [1]), {})")

    def test_the_collector_drives_the_look(self):
        shop = self.arm("depth")
        self.list("add")
        armed.armed.due = armed.armed.file_due = 0.0
        gc.collect()
        self.assertIn("add", self.entries(shop.add, []))


if __name__ == "__main__":
    unittest.main()
