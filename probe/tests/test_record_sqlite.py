"""sqlite3 is recorded, and is what it was."""
import contextlib
import inspect
import sqlite3
import unittest

from .recording import Recording, work


class SqliteTest(Recording):
    def setUp(self):
        super().setUp()
        self.connection = sqlite3.connect(":memory:")
        self.addCleanup(self.connection.close)
        self.connection.execute("create table line (sku text, quantity integer)")
        self.connection.executemany("insert into line values (?, ?)", [("a", 1), ("b", 2), ("c", 3)])
        work.end(self.token)
        work.begin()

    def test_a_query_is_recorded_as_it_was_asked_and_answered(self):
        rows = self.connection.execute("select * from line where quantity > ?", (1,)).fetchall()
        entry = self.only("database")
        self.assertEqual(rows, [("b", 2), ("c", 3)])
        self.assertEqual((entry["module"], entry["database"], entry["statement"], entry["parameters"], entry["columns"], entry["rows"]),
                         ("sqlite3", ":memory:", "select * from line where quantity > ?", (1,), ["sku", "quantity"], rows))
        self.assertEqual(entry["caller"][0::2], [__file__, "test_a_query_is_recorded_as_it_was_asked_and_answered"])
        self.assertEqual(entry["caller"][1], inspect.currentframe().f_lineno - 6)
        self.assertNotIn("count", entry)

    def test_only_rows_that_the_service_fetched_are_recorded(self):
        cursor = self.connection.execute("select sku from line")
        self.assertEqual(cursor.fetchone(), ("a",))
        self.assertEqual(self.only("database")["rows"], [("a",)])
        self.assertEqual(cursor.fetchmany(1), [("b",)])
        self.assertEqual(list(cursor), [("c",)])
        self.assertIsNone(cursor.fetchone())
        self.assertEqual(self.only("database")["rows"], [("a",), ("b",), ("c",)])

    def test_a_list_that_the_service_changes_stays_recorded_as_it_was(self):
        rows, parameters = self.connection.execute("select sku from line").fetchall(), [2]
        rows.clear()
        self.connection.execute("select sku from line where quantity = ?", parameters).fetchone()
        parameters.append(3)
        first, second = self.taken("database")
        self.assertEqual((len(first["rows"]), second["parameters"]), (3, [2]))

    def test_many_rows_are_cut_and_the_count_says_so(self):
        numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select i from n"
        self.assertEqual(len(self.connection.execute(numbers).fetchall()), 500)
        entry = self.only("database")
        self.assertEqual((len(entry["rows"]), entry["count"]), (100, 500))

    def test_a_loop_gets_all_rows_where_only_the_first_are_kept(self):
        numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select i from n"
        cursor = self.connection.cursor()
        for _ in range(2):
            self.assertIs(iter(cursor.execute(numbers)), cursor)
            self.assertEqual([row[0] for row in cursor], list(range(1, 501)))
        for entry in self.taken("database"):
            self.assertEqual((len(entry["rows"]), entry["count"]), (100, None))
        self.assertIsInstance(cursor, sqlite3.Cursor)

    def test_a_failure_is_recorded_and_is_the_same(self):
        with self.assertRaises(sqlite3.OperationalError) as caught:
            self.connection.execute("select absent from line")
        self.assertEqual(str(caught.exception), "no such column: absent")
        self.assertEqual(self.only("database")["failure"], ["sqlite3.OperationalError", "no such column: absent"])

    def test_a_long_value_is_cut_and_its_length_is_kept(self):
        self.connection.execute("select ?", ("x",)).fetchall()
        self.assertEqual(len(self.connection.execute("select zeroblob(100000)").fetchone()[0]), 100_000)
        value = self.taken("database")[1]["rows"][0][0]
        self.assertEqual((len(value.value), value.count), (65536, 100_000))

    def test_types_and_attributes_are_what_they_were(self):
        cursor = self.connection.execute("select sku, quantity from line")
        self.assertIsInstance(self.connection, sqlite3.Connection)
        self.assertIsInstance(cursor, sqlite3.Cursor)
        self.assertIs(cursor.connection, self.connection)
        self.assertTrue(repr(cursor).startswith("<sqlite3.Cursor object"))
        self.assertEqual([column[0] for column in cursor.description], ["sku", "quantity"])
        self.assertEqual(self.connection.execute("update line set quantity = 0").rowcount, 3)
        with self.assertRaises(AttributeError):
            cursor.note = 1
        self.assertEqual(sqlite3.connect.__name__, "connect")
        self.assertIs(sqlite3.connect, sqlite3.dbapi2.connect)

    def test_row_factories_and_text_factories_work(self):
        self.connection.row_factory = sqlite3.Row
        row = self.connection.execute("select * from line").fetchone()
        self.assertIs(type(row), sqlite3.Row)
        self.connection.row_factory = lambda cursor, row: {"sku": row[0]}
        rows = self.connection.execute("select sku from line").fetchall()
        rows[0]["sku"] = "changed"
        self.assertEqual(self.taken("database")[1]["rows"][0], {"sku": "a"})
        self.connection.text_factory = bytes
        self.connection.row_factory = None
        self.assertEqual(self.connection.execute("select sku from line").fetchone(), (b"a",))

    def test_transactions_and_context_managers_work(self):
        self.connection.commit()
        with self.assertRaises(ZeroDivisionError), self.connection:
            self.connection.execute("delete from line")
            1 // 0
        self.assertEqual(self.connection.execute("select count(*) from line").fetchone(), (3,))
        with contextlib.closing(self.connection.cursor()) as cursor:
            cursor.executescript("create table a (x); create table b (y);")
        with self.assertRaises(sqlite3.ProgrammingError):
            cursor.execute("select 1")

    def test_an_iterator_of_parameters_is_the_drivers_to_read(self):
        self.connection.executemany("insert into line values (?, ?)", ((str(n), n) for n in range(5)))
        self.assertEqual(self.connection.execute("select count(*) from line").fetchone(), (8,))
        self.assertIsNone(self.taken("database")[0]["parameters"])

    def test_the_services_own_factories_are_kept(self):
        class Shop(sqlite3.Connection):
            def total(self):
                return self.execute("select 7").fetchone()[0]

        class Lines(sqlite3.Cursor):
            def fetchall(self):
                return [self.fetchone(), "end"]
        shop = sqlite3.connect(":memory:", factory=Shop)
        self.addCleanup(shop.close)
        self.assertIsInstance(shop, Shop)
        self.assertEqual(shop.total(), 7)
        cursor = shop.cursor(Lines)
        self.assertIsInstance(cursor, Lines)
        self.assertEqual(cursor.execute("select 8").fetchall(), [(8,), "end"])
        self.assertEqual([entry["rows"] for entry in self.taken("database")], [[(7,)], [(8,), "end"]])

    def test_a_class_that_counts_its_subclasses_is_left_alone(self):
        class Counting(sqlite3.Connection):
            seen = []

            def __init_subclass__(cls):
                Counting.seen.append(cls)
        one = sqlite3.connect(":memory:", factory=Counting)
        self.addCleanup(one.close)
        self.assertIs(type(one), Counting)
        self.assertEqual(Counting.seen, [])

    def test_a_connection_that_opens_cursors_while_it_is_made_works(self):
        class Early(sqlite3.Connection):
            def __init__(self, *arguments, **named):
                super().__init__(*arguments, **named)
                self.execute("create table early (x)")
        one = sqlite3.connect(":memory:", factory=Early)
        self.addCleanup(one.close)
        self.assertEqual(one.execute("select * from early").fetchall(), [])
        self.assertEqual(type(one.cursor())(one).execute("select 3").fetchall(), [(3,)])

    def test_wrong_calls_fail_as_they_did(self):
        for call in (lambda: self.connection.execute(), lambda: self.connection.cursor(None), lambda: self.connection.cursor().fetchmany("x")):
            with self.assertRaises(TypeError):
                call()

    def test_a_fault_of_ours_is_not_seen(self):
        def broken():
            raise RuntimeError("ours")
        work.rings.SCOPE = broken
        try:
            self.assertEqual(self.connection.execute("select 1").fetchall(), [(1,)])
        finally:
            work.rings.SCOPE = None
        self.assertGreater(work.faults, self.faults)
        self.faults = work.faults

    def test_after_uninstalling_connections_go_on_and_nothing_is_noted(self):
        work.uninstall()
        self.assertTrue(inspect.isbuiltin(sqlite3.connect))
        self.assertTrue(inspect.isbuiltin(sqlite3.dbapi2.connect))
        self.assertEqual(self.connection.execute("select 1").fetchall(), [(1,)])
        self.assertEqual(self.taken("database"), [])


if __name__ == "__main__":
    unittest.main()
