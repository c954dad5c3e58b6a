"""SQLAlchemy and Django come through sqlite3: their rows and types are the same with and without the recorder."""
import decimal
import sqlite3
import unittest

from .recording import Recording, work

try:
    import django
    import sqlalchemy
    import sqlalchemy.orm
    import django.conf
except ImportError:
    django = sqlalchemy = None


@unittest.skipIf(sqlalchemy is None, "needs sqlalchemy and django")
class FrameworksTest(Recording):
    def ordered(self):
        """What an application of SQLAlchemy gets to see."""
        shop = sqlalchemy.orm.declarative_base()

        class Line(shop):
            __tablename__ = "line"
            id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
            price = sqlalchemy.Column(sqlalchemy.Numeric(10, 2, asdecimal=False))
            at = sqlalchemy.Column(sqlalchemy.Date)
        engine = sqlalchemy.create_engine("sqlite://")
        shop.metadata.create_all(engine)
        with sqlalchemy.orm.Session(engine) as session:
            session.add_all([Line(price=1.5), Line(price=2.5)])
            session.commit()
            rows = session.execute(sqlalchemy.select(Line.id, Line.price, Line.at)).all()
            found = session.scalars(sqlalchemy.select(Line).where(Line.id == 2)).one()
            told = [tuple(row) for row in rows], type(rows[0]).__name__, found.price
        engine.dispose()
        return told

    def test_sqlalchemy_sees_the_same(self):
        recorded = self.ordered()
        self.assertEqual(self.taken("database")[-1]["rows"], [(2, 2.5, None)])
        work.uninstall()
        self.assertEqual(self.ordered(), recorded)

    def test_django_sees_the_same(self):
        if not django.conf.settings.configured:
            django.conf.settings.configure(CURRENCY="EUR", UNREAD=1)
        django.setup()
        from django.db import models
        from django.db.backends.sqlite3.base import DatabaseWrapper, SQLiteCursorWrapper
        self.assertTrue(models)
        wrapper = DatabaseWrapper({"NAME": ":memory:", "OPTIONS": {}, "ENGINE": "", "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
                                   "TIME_ZONE": None, "CONN_MAX_AGE": 0, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False,
                                   "CONN_HEALTH_CHECKS": False, "TEST": {}}, "default")
        with wrapper.cursor() as cursor:
            cursor.execute("create table line (n integer, price decimal)")
            cursor.executemany("insert into line values (%s, %s)", [(1, decimal.Decimal("1.5")), (2, None)])
            cursor.execute("select n from line where n > %s", [1])
            self.assertEqual(cursor.fetchall(), [(2,)])
            self.assertIsInstance(cursor.cursor, SQLiteCursorWrapper)
        self.assertIsInstance(wrapper.connection, sqlite3.Connection)
        entry = self.taken("database")[-1]
        self.assertEqual((entry["statement"], entry["parameters"], entry["rows"]), ("select n from line where n > %s", [1], [(2,)]))
        wrapper.connection.close()


if __name__ == "__main__":
    unittest.main()
