"""MySQLdb and pymysql against a real MariaDB."""
import importlib
import shutil
import unittest

from . import servers
from .recording import Recording

DRIVERS = [name for name in ("pymysql", "MySQLdb") if importlib.util.find_spec(name)]


@unittest.skipIf(not DRIVERS or not shutil.which("mariadb-install-db"), "needs pymysql or mysqlclient, and MariaDB")
class MysqlTest(Recording):
    @classmethod
    def setUpClass(cls):
        cls.server = servers.Mariadb()
        cls.addClassCleanup(cls.server.close)

    def each(self):
        """Each driver, with a connection, in a unit of its own."""
        for name in DRIVERS:
            with self.subTest(name):
                driver = importlib.import_module(name)
                importlib.import_module(name + ".cursors")
                connection = driver.connect(host="127.0.0.1", port=self.server.port, user="root", password="")
                self.setUp()
                try:
                    yield driver, connection
                finally:
                    connection.close()

    def test_statements_and_rows_are_recorded(self):
        for driver, connection in self.each():
            with connection.cursor() as cursor:
                self.assertEqual(cursor.execute("select %s + 1 as n", (6,)), 1)
                self.assertEqual(list(cursor.fetchall()), [(7,)])
                self.assertIs(type(cursor), driver.cursors.Cursor)
            entry = self.only("database")
            self.assertEqual((entry["module"], entry["statement"], entry["parameters"], entry["columns"], entry["rows"]),
                             (driver.__name__, "select %s + 1 as n", (6,), ["n"], [(7,)]))
            self.assertNotIn("root", entry["database"])

    def test_loops_and_streams_give_every_row_once(self):
        for driver, connection in self.each():
            for kind in (driver.cursors.Cursor, driver.cursors.DictCursor, driver.cursors.SSCursor):
                with connection.cursor(kind) as cursor:
                    cursor.execute("select 1 as n union select 2 union select 3")
                    self.assertEqual(len([cursor.fetchone(), *cursor]), 3)
            self.assertEqual([len(entry["rows"]) for entry in self.taken("database")], [3, 3, 3])

    def test_many_statements_are_one_and_failures_are_theirs(self):
        for driver, connection in self.each():
            with connection.cursor() as cursor:
                cursor.execute("create temporary table mysql.line (n int)")
                self.assertEqual(cursor.executemany("insert into mysql.line values (%s)", [(1,), (2,)]), 2)
                with self.assertRaises(driver.ProgrammingError):
                    cursor.execute("select * from mysql.absent")
            entries = self.taken("database")
            self.assertEqual(([entry["statement"][:6] for entry in entries], entries[1]["parameters"]),
                             (["create", "insert", "select"], [(1,), (2,)]))
            self.assertIn("absent", entries[2]["failure"][1])


if __name__ == "__main__":
    unittest.main()
