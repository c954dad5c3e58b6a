"""psycopg 3 and psycopg2 against a real PostgreSQL: what was asked and answered is recorded, and the drivers are what they were."""
import asyncio
import unittest

from . import servers
from .recording import Recording, work

try:
    import psycopg
    import psycopg.rows
    import psycopg2
    import psycopg2.extras
except ImportError:
    psycopg = psycopg2 = None


@unittest.skipIf(psycopg is None, "needs psycopg and psycopg2")
class PostgresTest(Recording):
    @classmethod
    def setUpClass(cls):
        cls.server = servers.Postgres()
        cls.addClassCleanup(cls.server.close)
        cls.place = "postgresql://127.0.0.1:%d/postgres" % cls.server.port
        cls.dsn = "postgresql://shop:secret@127.0.0.1:%d/postgres" % cls.server.port

    def told(self):
        return [(entry["module"], entry["database"], entry["statement"], entry["parameters"], entry.get("columns"), entry.get("rows"))
                for entry in self.taken("database")]

    def test_psycopg_is_recorded(self):
        with psycopg.connect(self.dsn) as connection:
            rows = connection.execute("select %s::int as n, 'a' as t", (7,)).fetchall()
        self.assertEqual(rows, [(7, "a")])
        self.assertEqual(self.told(), [("psycopg", self.place, "select %s::int as n, 'a' as t", (7,), ["n", "t"], [(7, "a")])])
        self.assertEqual(self.only("database")["caller"][2], "test_psycopg_is_recorded")

    def test_psycopg_cursors_iterate_and_make_rows_as_before(self):
        with psycopg.connect(self.dsn, row_factory=psycopg.rows.dict_row) as connection, connection.cursor() as cursor:
            self.assertIs(cursor.execute("select n from generate_series(1, 300) n"), cursor)
            self.assertIs(type(cursor), psycopg.Cursor)
            rows = [cursor.fetchone(), *cursor.fetchmany(2), *cursor]
            self.assertEqual(([row["n"] for row in rows], cursor.rowcount), (list(range(1, 301)), 300))
        entry = self.only("database")
        self.assertEqual((entry["rows"][:2], len(entry["rows"]), entry["count"]), ([{"n": 1}, {"n": 2}], 100, 300))

    def test_psycopg_server_side_cursors_are_recorded(self):
        with psycopg.connect(self.dsn) as connection, connection.cursor("lines") as cursor:
            cursor.execute("select n from generate_series(1, 3) n")
            self.assertEqual([cursor.fetchone(), *cursor], [(1,), (2,), (3,)])
        self.assertEqual(self.told()[0][5], [(1,), (2,), (3,)])

    def test_psycopg_executemany_failures_and_transactions(self):
        with psycopg.connect(self.dsn) as connection:
            connection.execute("create temporary table line (n int)")
            with connection.cursor() as cursor:
                cursor.executemany("insert into line values (%s)", [(1,), (2,)])
            with self.assertRaises(psycopg.errors.UndefinedColumn), connection.transaction():
                connection.execute("delete from line")
                connection.execute("select absent from line")
            self.assertEqual(connection.execute("select count(*) from line").fetchone(), (2,))
        self.assertEqual(self.told()[1][2:4], ("insert into line values (%s)", [(1,), (2,)]))
        self.assertIn('column "absent" does not exist', self.taken("database")[3]["failure"][1])

    def test_psycopg_statements_that_were_composed_are_texts(self):
        with psycopg.connect(self.dsn) as connection:
            connection.execute(psycopg.sql.SQL("select 1 as {}").format(psycopg.sql.Identifier("n"))).fetchall()
        self.assertEqual(self.told()[0][2], 'select 1 as "n"')

    def test_psycopg_async_is_recorded(self):
        async def run():
            async with await psycopg.AsyncConnection.connect(self.dsn) as connection:
                cursor = await connection.execute("select n from generate_series(1, 2) n")
                return [row async for row in cursor]
        self.assertEqual(asyncio.run(run()), [(1,), (2,)])
        self.assertEqual(self.told()[0][5], [(1,), (2,)])

    def test_psycopg2_is_recorded(self):
        connection = psycopg2.connect(self.dsn)
        self.addCleanup(connection.close)
        with connection, connection.cursor() as cursor:
            cursor.execute("select %s::int as n", (7,))
            self.assertEqual(cursor.fetchall(), [(7,)])
            self.assertIsInstance(cursor, psycopg2.extensions.cursor)
            self.assertIs(cursor.connection, connection)
        self.assertIsInstance(connection, psycopg2.extensions.connection)
        self.assertEqual(self.told(), [("psycopg2", self.place, "select %s::int as n", (7,), ["n"], [(7,)])])

    def test_psycopg2_cursor_classes_of_others_are_kept(self):
        for kind in (psycopg2.extras.DictCursor, psycopg2.extras.RealDictCursor, psycopg2.extras.NamedTupleCursor):
            with psycopg2.connect(self.dsn, cursor_factory=kind) as connection, connection.cursor() as cursor:
                self.assertIsInstance(cursor, kind)
                cursor.execute("select n from generate_series(1, 3) n")
                first, rest = cursor.fetchone(), list(cursor)
                self.assertEqual((first[0] if kind is not psycopg2.extras.RealDictCursor else first["n"], len(rest)), (1, 2))
            connection.close()
        self.assertEqual([len(told[5]) for told in self.told()], [3, 3, 3])

    def test_psycopg2_named_cursors_failures_and_pages(self):
        connection = psycopg2.connect(self.dsn)
        self.addCleanup(connection.close)
        with connection, connection.cursor("lines") as cursor:
            cursor.itersize = 2
            cursor.execute("select n from generate_series(1, 150) n")
            self.assertEqual([row[0] for row in cursor], list(range(1, 151)))
        with self.assertRaises(psycopg2.errors.UndefinedTable), connection, connection.cursor() as cursor:
            cursor.execute("select * from absent")
        with connection, connection.cursor() as cursor:
            cursor.execute("create temporary table line (n int, t text)")
            psycopg2.extras.execute_values(cursor, "insert into line values %s", [(1, "a"), (2, "b")])
            self.assertEqual(cursor.rowcount, 2)
            psycopg2.extras.register_uuid(conn_or_curs=cursor)
        self.assertIn("absent", self.taken("database")[1]["failure"][1])

    def test_sqlalchemy_and_django_work_and_are_recorded(self):
        try:
            import sqlalchemy
        except ImportError:
            self.skipTest("needs SQLAlchemy")
        for driver in ("psycopg", "psycopg2"):
            engine = sqlalchemy.create_engine(self.dsn.replace("postgresql", "postgresql+" + driver))
            with engine.connect() as connection:
                self.assertEqual(connection.execute(sqlalchemy.text("select :n + 1 as n"), {"n": 6}).mappings().all(), [{"n": 7}])
            engine.dispose()
        self.assertEqual([told[0] for told in self.told() if "+ 1" in told[2]], ["psycopg", "psycopg2"])
        self.assertTrue(all(told[5] == [(7,)] for told in self.told() if "+ 1" in told[2]))


if __name__ == "__main__":
    unittest.main()
