"""Collections that note what is read of them: they answer as plain ones do, and tell the positions."""
import json
import random
import unittest

import kit  # noqa: F401
from nevermore_kit import touch

DATA = {"orders": [{"id": 7, "lines": [1, 2, 3]}, {"id": 8, "lines": []}], "name": ("a", {"b": [None]})}


class ReadsOfACollection(unittest.TestCase):
    def setUp(self):
        touch.latest.clear()
        self.addCleanup(touch.latest.clear)

    def read(self, use):
        use(touch.traced(5, DATA))
        return touch.taken()

    def test_a_key_and_a_position_are_told_the_latest_last(self):
        self.assertEqual(self.read(lambda data: (data["orders"][1]["id"], data["orders"][0])),
                         [[5, 0, 1], [5, 0, 1, 0], [5, 0], [5, 0, 0]])

    def test_a_loop_that_ends_early_has_read_no_more(self):
        self.assertEqual(self.read(lambda data: next(each for each in data["orders"][0]["lines"] if each == 2))[-2:],
                         [[5, 0, 0, 1, 0], [5, 0, 0, 1, 1]])

    def test_a_key_that_is_not_there_is_nothing_that_was_read(self):
        self.assertEqual(self.read(lambda data: (data.get("x"), "y" in data, data.setdefault("z", 1), data["z"])), [])

    def test_it_answers_as_a_plain_one_does(self):
        uses = [lambda d: json.dumps(d), repr, len, sorted, lambda d: d == DATA, lambda d: DATA == d, lambda d: dict(d), lambda d: {**d},
                lambda d: list(d.items()), lambda d: d["orders"][::-1], lambda d: d["orders"][-1], lambda d: [*d["name"]],
                lambda d: d["orders"][0]["lines"] + [4], lambda d: sum(d["orders"][0]["lines"]), lambda d: d.copy(),
                lambda d: d["orders"][0]["lines"].index(2), lambda d: 3 in d["orders"][0]["lines"], lambda d: isinstance(d, dict),
                lambda d: list(reversed(d["orders"])), lambda d: d["orders"].pop(), lambda d: d.pop("name"), lambda d: d["x"],
                lambda d: max(d["orders"][1]["lines"]), lambda d: d["orders"][9], lambda d: bool(d["orders"][1]["lines"])]
        for use in uses:
            self.assertEqual(self.outcome(use, touch.traced(0, DATA)), self.outcome(use, eval(repr(DATA))))

    def outcome(self, use, data):
        try:
            return use(data)
        except Exception as error:
            return type(error), str(error)

    def test_paths_lead_to_what_was_read(self):
        for seed in range(50):
            numbers = random.Random(seed)
            data = self.made(numbers, 4)
            touch.latest.clear()
            found = touch.traced(0, data)
            while isinstance(found, (dict, list)) and found:
                found = found[numbers.choice(list(dict.keys(found)))] if isinstance(found, dict) else found[numbers.randrange(len(found))]
            self.assertEqual(found, self.at(data, touch.taken()[-1][1:]) if touch.latest else data)

    def made(self, numbers, depth):
        if depth == 0 or numbers.random() < 0.2:
            return numbers.randrange(100)
        kept = [self.made(numbers, depth - 1) for _ in range(numbers.randrange(4))]
        return kept if numbers.random() < 0.5 else {"k%d" % position: each for position, each in enumerate(kept)}

    def at(self, data, path):
        for position in path:
            data = list(data.values())[position] if isinstance(data, dict) else data[position]
        return data


if __name__ == "__main__":
    unittest.main()
