"""Secrets whose names stand apart from their values do not come out of an entry."""
import os
import sqlite3
import unittest
from unittest import mock

from .recording import Recording, work
from nevermore_probe import secrets


class SecretsTest(Recording):
    def setUp(self):
        super().setUp()
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
        table = [
            (["AUTH", "shop", "hunter2"], True, ["AUTH", "password", "password"]), (["GET", "cart"], b"3", ["GET", "cart", b"3"]),
            (["HSET", "user:1", "password", "hunter2"], 1, ["HSET", "user:1", "password", "password", 1]),
            (["GET", b"session:7"], b"hunter2", ["GET", b"session:7", "session"]),
            (["HGET", "user:1", "token"], None, ["HGET", "user:1", "token", None]),
        ]
        for command, answer, told in table:
            made = {"command": command, "answer": answer}
            secrets.of_command(made)
            held = [*made["command"], made["answer"]]
            self.assertEqual([part.kind if type(part) is work.Secret else part for part in held][:len(told)], told)

    def test_literals_of_a_statement_that_names_a_secret_stay_here(self):
        self.connection.execute("insert into client (name, password) values ('ada', 'hunter2')")
        self.connection.execute("update client set name = 'bob'")
        self.assertEqual([entry["statement"] for entry in self.taken("database")[1:]],
                         ["insert into client (name, password) values ('redacted', 'redacted')", "update client set name = 'bob'"])

    def test_many_parameters_of_a_secret_stay_here_and_numbers_do_not(self):
        self.connection.executemany("insert into client (name, password) values (?, ?)", [(number, "hunter2") for number in range(200)])
        held = self.taken("database")[-1]["parameters"]
        self.assertEqual((held.count, held.value[7][0], held.value[7][1].kind), (200, 7, "password"))

    def test_names_that_a_service_adds_count_here_too(self):
        with mock.patch.object(work, "REDACT", ("national_id",)):
            self.assertEqual(secrets.named("nationalId", "AB12").kind, "private")


if __name__ == "__main__":
    unittest.main()
