"""What names mean: hop by hop, and where the last thing really lives."""
import sys
import unittest

import kit

FILES = {
    "shop/__init__.py": "from .pricing import total\nfrom subprocess import run as launch\nimport os\nimport subprocess as sp\n"
                        "from os import system as quiet\nfrom functools import partial\nbound = partial(quiet)\n",
    "shop/pricing.py": "import os\n\nRATE = 2\n\nclass Basket:\n    kind = 1\n    def total(self): return 1\n\ndef total(b): return 1\n"
                       "def keep(f): return f\n\nDEFAULT = Basket()\n",
    "shop/tasks.py": "import shop.pricing as p\nfrom shop.pricing import Basket as B\nEVAL = eval\n",
    "shop/broken.py": "raise SystemExit(1)\n",
    "shop/errors.py": "import enum\n\nclass Refused(ValueError):\n    def __init__(self, code: int, *, note: 'str' = ''): pass\n\n"
                      "class Colour(enum.Enum):\n    RED = 1\n\nclass Outer:\n    class Inner: pass\n",
    "tests/test_it.py": "class Basket: pass\n",
    "worker.py": "from shop.tasks import p\n",
}


class Names(kit.TreeCase):
    FILES = FILES

    def resolve(self, *names, nearby=("shop", "shop.pricing")):
        return self.runner.resolve(list(names), list(nearby))

    def test_a_function_is_where_it_was_asked_for_and_its_home_is_where_it_lives(self):
        found = self.resolve("shop.total", "shop.pricing.total", "total", "Basket.total", "shop.tasks.B")
        self.assertEqual((found["shop.total"]["module"], found["shop.total"]["home"]), ("shop", "shop.pricing"))
        self.assertEqual(found["shop.pricing.total"]["path"], ["total"])
        self.assertEqual(found["Basket.total"]["path"], ["Basket", "total"])
        self.assertEqual(found["shop.tasks.B"]["home"], "shop.pricing")
        self.assertTrue(all(item["tree"] for item in found.values()))

    def test_a_module_behind_a_module_is_named_by_itself(self):
        found = self.resolve("shop.os", "shop.os.system", "shop.pricing.os.path.join", "shop.sp.run", "shop.tasks.p.os.system",
                             "worker.p.os.system")
        for name, item in found.items():
            with self.subTest(name):
                self.assertFalse(item["tree"])
                self.assertNotIn("shop", item["module"])
                self.assertNotIn("shop", item["home"])
        self.assertIn("shop.os.system", found)

    def test_a_function_from_elsewhere_does_not_become_the_repository_s_by_being_imported_there(self):
        found = self.resolve("shop.launch", "shop.quiet", "shop.tasks.EVAL", "launch", "quiet", "EVAL",
                             nearby=("shop", "shop.tasks"))
        for name, item in found.items():
            with self.subTest(name):
                self.assertFalse(item["tree"])

    def test_values_and_instances_of_the_repository_are_its_own(self):
        found = self.resolve("shop.pricing.RATE", "shop.pricing.DEFAULT", "shop.pricing.Basket.kind")
        self.assertEqual([found[n]["tree"] for n in sorted(found)], [True] * 3)
        self.assertEqual({found[n]["kind"] for n in found}, {"value"})

    def test_names_with_leading_underscores_on_both_sides_mean_nothing(self):
        names = ["shop.__builtins__", "shop.pricing.__builtins__", "shop.__loader__", "shop.pricing.__spec__", "__builtins__",
                 "shop.total.__globals__", "shop.pricing.Basket.__subclasses__", "shop.pricing.Basket.__class__",
                 "shop.pricing.Basket.total.__globals__", "shop.__dict__", "__import__", "shop.pricing.__loader__.load_module"]
        self.assertEqual(self.resolve(*names), {})

    def test_what_is_not_there_means_nothing(self):
        self.assertEqual(self.resolve("shop.none", "shop.total.none", "nothing", "shop.broken.x", "shop..total", ".", "shop.",
                                      "a b", "1", "", "\0", "\ud800", "é" * 300), {})

    def test_an_import_that_ends_the_process_ends_only_the_fork(self):
        self.write("shop/ending.py", "import os; os._exit(0)\n")
        self.assertEqual(self.resolve("shop.ending.x"), {})
        self.assertIn("shop.total", self.resolve("shop.total"))

    def test_types_come_with_their_lineage_and_parameters(self):
        (found,) = self.runner.find_types("Refused")
        self.assertEqual((found["module"], found["path"], found["exception"], found["tree"]),
                         ("shop.errors", ["Refused"], True, True))
        self.assertEqual(found["lineage"][:2], ["shop.errors.Refused", "builtins.ValueError"])
        self.assertEqual([(p["name"], p["kind"], p["required"], p["annotation"]) for p in found["parameters"]],
                         [("code", "POSITIONAL_OR_KEYWORD", True, "int"), ("note", "KEYWORD_ONLY", False, "str")])

    def test_a_type_of_a_test_does_not_stand_for_one_of_the_code(self):
        self.assertEqual([t["module"] for t in self.runner.find_types("Basket")], ["shop.pricing"])
        self.assertEqual(self.runner.find_types("shop.errors.Colour")[0]["members"], ["RED"])
        self.assertEqual(self.runner.find_types("no.such.Type"), [])


if __name__ == "__main__":
    sys.exit(unittest.main())
