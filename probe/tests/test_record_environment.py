"""Reads of the environment, draws, and settings: noted, and nothing that the service can see changes."""
import inspect
import os
import pickle
import random
import subprocess
import sys
import unittest
import uuid
from uuid import uuid4 as make_uuid

from .recording import Recording, work

try:
    import django.conf
    import flask
except ImportError:
    flask = None


class EnvironmentTest(Recording):
    def setUp(self):
        super().setUp()
        os.environ["NEVERMORE_SHOP"] = "Bremen"
        self.addCleanup(os.environ.pop, "NEVERMORE_SHOP", None)
        work.end(self.token)
        work.begin()

    def read(self):
        return {entry["name"]: entry["value"] for entry in self.taken("environment") if entry["at"] >= 0}

    def test_names_that_were_read_are_recorded_with_their_values(self):
        self.assertEqual((os.environ["NEVERMORE_SHOP"], os.getenv("NEVERMORE_NONE", "x")), ("Bremen", "x"))
        self.assertEqual(self.read(), {"NEVERMORE_SHOP": "Bremen", "NEVERMORE_NONE": None})

    def test_the_first_value_that_a_unit_read_is_kept(self):
        os.getenv("NEVERMORE_SHOP")
        os.environ["NEVERMORE_SHOP"] = "Kiel"
        os.getenv("NEVERMORE_SHOP")
        self.assertEqual(self.read(), {"NEVERMORE_SHOP": "Bremen"})

    def test_reading_everything_names_nothing(self):
        os.environ.copy(), dict(os.environ.items()), list(os.environ.values()), list(os.environ)
        self.assertEqual(self.read(), {})

    def test_what_was_read_before_the_unit_is_there_with_a_time_before_it(self):
        os.getenv("NEVERMORE_SHOP")
        work.begin()
        entry = [entry for entry in self.taken("environment") if entry["name"] == "NEVERMORE_SHOP"]
        self.assertEqual([one["value"] for one in entry], ["Bremen"])
        self.assertLess(entry[0]["at"], 0)

    def test_the_environment_is_the_same_object_of_the_same_type(self):
        with self.assertRaises(KeyError) as caught:
            os.environ["NEVERMORE_NONE"]
        self.assertEqual(caught.exception.args, ("NEVERMORE_NONE",))
        with self.assertRaises(TypeError):
            os.environ[7]
        self.assertEqual((type(os.environ).__name__, os._Environ.__getitem__.__qualname__), ("_Environ", "_Environ.__getitem__"))
        self.assertEqual(subprocess.run([sys.executable, "-c", "import os; print(os.environ['NEVERMORE_SHOP'])"],
                                        capture_output=True, text=True, env=os.environ).stdout, "Bremen\n")

    def test_uninstalling_leaves_nothing_behind(self):
        getter, ours = os._Environ.__getitem__, os.environ.encodekey
        self.assertFalse(hasattr(getter, "__wrapped__"))
        work.uninstall()
        self.assertIs(os.environ.encodekey, ours.__wrapped__)
        self.assertEqual(os.environ["NEVERMORE_SHOP"], "Bremen")

    def test_what_steers_telemetry_is_left_alone(self):
        for _ in range(2):
            self.assertIsNone(os.environ.get("OTEL_NEVERMORE"))
        self.addCleanup(os.environ.pop, "OTEL_NEVERMORE", None)
        os.environ["OTEL_NEVERMORE"] = "7"
        self.assertEqual(os.environ["OTEL_NEVERMORE"], "7")
        self.assertNotIn("OTEL_NEVERMORE", self.read())


class DrawsTest(Recording):
    def drawn(self):
        return [(entry["function"], entry["value"]) for entry in self.taken("random")]

    def test_uuids_that_are_made_are_recorded_and_those_that_are_read_are_not(self):
        made = uuid.uuid4()
        self.assertEqual(uuid.UUID(str(made)), made)
        self.assertEqual(pickle.loads(pickle.dumps(made)), made)
        self.assertIs(pickle.loads(pickle.dumps(uuid.uuid4)), uuid.uuid4)
        self.assertEqual(self.drawn(), [("uuid.uuid4", made)])

    def test_a_function_that_makes_uuids_looks_as_it_did_and_is_noted_under_every_name(self):
        made = make_uuid(), uuid.uuid1(clock_seq=7)
        self.assertEqual(self.drawn(), [("uuid.uuid4", made[0]), ("uuid.uuid1", made[1])])
        self.assertEqual(str(inspect.signature(uuid.uuid1)), "(node=None, clock_seq=None)")
        code = make_uuid.__code__
        self.assertEqual((code.co_name, os.path.basename(code.co_filename), code.co_freevars), ("uuid4", "uuid.py", ()))
        self.assertIn(code, {code})
        with self.assertRaisesRegex(TypeError, r"^uuid4\(\) takes 0 positional arguments but 1 was given$"):
            make_uuid(1)
        work.uninstall()
        self.assertIsNot(make_uuid.__code__, code)

    def test_draws_are_recorded_and_stay_those_of_the_seed(self):
        random.seed(7)
        values = [random.randint(1, 100), random.choice("abc"), random.sample(range(9), 2), random.choices("ab", k=2), random.randrange(5)]
        own = random.Random(7)
        drawn = [own.randint(1, 100), own.choice("abc"), own.sample(range(9), 2), own.choices("ab", k=2), own.randrange(5)]
        self.assertEqual(values, drawn)
        self.assertEqual([value for _, value in self.drawn()], values)

    def test_functions_look_as_before(self):
        plain = random.Random.randint
        self.assertTrue(inspect.ismethod(random.randint))
        self.assertEqual((random.randint.__name__, random.randint.__qualname__, random.randint.__module__),
                         ("randint", "Random.randint", "random"))
        self.assertEqual(inspect.signature(random.randint), inspect.signature(plain.__get__(random._inst)))
        self.assertTrue(1 <= pickle.loads(pickle.dumps(random.randint))(1, 6) <= 6)

        class Shop:
            draw = random.randint
        self.assertTrue(1 <= Shop().draw(1, 6) <= 6)

    def test_a_simulation_does_not_fill_the_ring(self):
        work.note("note", value=1)
        for _ in range(1000):
            random.randint(1, 6)
        self.assertEqual((len(self.drawn()), len(self.taken("note"))), (50, 1))


@unittest.skipIf(flask is None, "needs flask and django")
class SettingsTest(Recording):
    def test_what_flask_was_given_is_recorded(self):
        app = flask.Flask("shop")
        app.config["CURRENCY"] = "EUR"
        with app.app_context():
            told = {entry["name"]: (entry["module"], entry["value"]) for entry in self.taken("setting")}
        self.assertEqual(told["CURRENCY"], ("flask:current_app.config", "EUR"))
        self.assertNotIn("SESSION_COOKIE_NAME", told)

    def test_what_was_read_of_django_is_recorded(self):
        if not django.conf.settings.configured:
            django.conf.settings.configure()
        django.conf.settings.CURRENCY, django.conf.settings.UNREAD = "EUR", 1
        self.assertEqual(django.conf.settings.CURRENCY, "EUR")
        told = {entry["name"]: entry["value"] for entry in self.taken("setting")}
        self.assertEqual(told.get("CURRENCY"), "EUR")
        self.assertNotIn("UNREAD", told)


if __name__ == "__main__":
    unittest.main()
