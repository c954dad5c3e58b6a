"""Objects of well-known libraries, where they are installed: fields as they lie in memory, and nothing loaded for us."""
import datetime
import unittest

from .graph import Graph, node, value


def library(name):
    try:
        return __import__(name, fromlist=["_"])
    except ImportError:
        raise unittest.SkipTest("no " + name)


class TestLibraries(unittest.TestCase):
    def test_models_of_pydantic_have_their_fields(self):
        pydantic = library("pydantic")
        model = pydantic.create_model("Item", name=(str, ...), password=(str, "x"))
        _, _, fields, rest = node(model(name="a"))
        self.assertEqual(rest["kind"], "pydantic")
        self.assertEqual(dict(fields)["name"], "a")
        self.assertEqual(dict(fields)["password"][:2], ["lost", "redacted"])

    def test_classes_of_attrs_are_marked(self):
        attr = library("attr")
        for slots in (True, False):
            _, _, fields, rest = node(attr.make_class("Item", ["x", "y"], slots=slots)(1, 2))
            self.assertEqual((fields, rest["kind"]), ([["x", 1], ["y", 2]], "attrs"))

    def test_columns_of_a_row_that_were_not_loaded_are_unread(self):
        sqlalchemy = library("sqlalchemy")
        orm = library("sqlalchemy.orm")
        base = orm.declarative_base()
        person = type("Person", (base,), {
            "__tablename__": "person", "id": sqlalchemy.Column(sqlalchemy.Integer, primary_key=True),
            "name": sqlalchemy.Column(sqlalchemy.String)})
        engine = sqlalchemy.create_engine("sqlite://")
        base.metadata.create_all(engine)
        with orm.Session(engine) as session:
            held = person(id=1, name="a")
            session.add(held)
            self.assertEqual(dict(node(held)[2])["name"], "a")
            session.commit()
            queries = []
            sqlalchemy.event.listen(engine, "before_cursor_execute", lambda *given: queries.append(given))
            _, _, fields, rest = node(held)
            self.assertEqual((rest["kind"], queries), ("row", []))
            self.assertEqual(sorted(fields), [["id", ["lost", "unread", None, None]], ["name", ["lost", "unread", None, None]]])

    def test_models_of_django_are_rows(self):
        library("django")
        from django.conf import settings
        if not settings.configured:
            settings.configure(INSTALLED_APPS=[], DATABASES={})
        import django
        from django.db import models
        django.setup()
        made = type("Item", (models.Model,), {
            "__module__": __name__, "id": models.IntegerField(primary_key=True), "name": models.CharField(max_length=9),
            "size": models.IntegerField(),
            "Meta": type("Meta", (), {"app_label": "shop"})})
        held = made.from_db(None, ["id", "name"], [1, "a"])
        _, _, fields, rest = node(held)
        self.assertEqual((rest["kind"], dict(fields)), ("row", {"id": 1, "name": "a", "size": ["lost", "unread", None, None]}))

    def test_zones_of_pytz_and_dateutil_are_values_without_their_tables(self):
        pytz, tz = library("pytz"), library("dateutil.tz")
        for zone in (pytz.timezone("Europe/Berlin"), tz.gettz("Europe/Berlin")):
            if zone is None:
                continue
            graph = Graph(datetime.datetime(2026, 1, 2, tzinfo=zone))
            self.assertEqual(graph.values[0][0], "datetime")
            self.assertIn("Europe/Berlin", graph.text)
            self.assertLess(graph.size, 2000)
        self.assertIn("UTC", Graph(pytz.utc).text)

    def test_arrays_of_numpy_have_shape_and_content(self):
        numpy = library("numpy")
        graph = Graph(numpy.arange(6).reshape(2, 3))
        _, kind, fields, rest = graph.node(graph.values[0])
        self.assertEqual((kind, graph.node(fields[0][1]), fields[1][1]), ("numpy:ndarray", ["tuple", [2, 3]], "<i8"))
        self.assertEqual(graph.node(rest["content"]), ["list", [0, 1, 2, 3, 4, 5]])
        large = Graph(numpy.zeros(10_000_000))
        self.assertEqual(large.node(large.node(large.values[0])[3]["content"])[2], 10_000_000)
        self.assertEqual(node(numpy.int64(5))[3]["content"], 5)
        self.assertNotEqual(value(numpy.float64(1.5)), 1.5)


if __name__ == "__main__":
    unittest.main()
