"""Secrets whose names stand apart from their values do not come out of an entry."""
import os
import sqlite3
import types
import unittest
from unittest import mock

from .recording import Recording, work
from nevermore_probe import secrets

NAMES = types.SimpleNamespace(kind_of_name=lambda name: "password" if "password" in name.lower() else None,
                              without_credentials=lambda url: url)


class SecretsTest(Recording):
    def setUp(self):
        super().setUp()
        here = mock.patch.object(secrets, "redaction", NAMES)  # the rule is told here, so that the test does not hang on the list of names
        here.start()
        self.addCleanup(here.stop)
        self.connection = sqlite3.connect(":memory:")
        self.addCleanup(self.connection.close)
        self.connection.execute("create table client (name text, password text)")

    def test_columns_and_parameters_under_a_secret_name_stay_here(self):
        self.connection.execute("insert into client (name, password) values (?, ?)", ("ada", "hunter2"))
        self.connection.execute("update client set password = :password", {"password": "hunter2"})
        self.connection.row_factory = sqlite3.Row
        self.assertEqual(self.connection.execute("select * from client where name = ?", ("ada",)).fetchone()["password"], "hunter2")
        inserted, _, selected = self.taken("database")[1:]
        self.assertIsInstance(inserted["parameters"][1], work.Secret)
        self.assertEqual((selected["parameters"], selected["rows"][0][0], selected["rows"][0][1].kind), (("ada",), "ada", "password"))
        self.assertNotIn("hunter2", repr(inserted) + repr(selected))

    def test_variables_of_the_environment_under_a_secret_name_stay_here(self):
        with mock.patch.dict(os.environ, {"SHOP_PASSWORD": "hunter2"}):
            work.begin()
            os.getenv("SHOP_PASSWORD")
            entry = next(entry for entry in self.taken("environment") if entry["name"] == "SHOP_PASSWORD" and entry["at"] >= 0)
        self.assertIsInstance(entry["value"], work.Secret)

    def test_commands_that_carry_a_password_are_cut(self):
        self.assertEqual(len(secrets.of_command(["AUTH", "shop", "hunter2"])), 3)
        self.assertNotIn("hunter2", secrets.of_command(["AUTH", "shop", "hunter2"]))
        self.assertEqual(secrets.of_command(["GET", "cart"]), ["GET", "cart"])


if __name__ == "__main__":
    unittest.main()
