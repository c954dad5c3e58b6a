import sqlite3

from depot import stock


class Kept:
    def get(self, key):
        return b'{"grams": 1500}'


def test_what_was_kept():
    assert stock.kept(Kept(), "parcel:71") == 1.5


def test_parcels():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE parcels (id INTEGER PRIMARY KEY, grams INTEGER, contact TEXT, notes TEXT)")
    connection.execute("INSERT INTO parcels (grams, contact, notes) VALUES (500, 'nobody', '')")
    assert stock.parcels(connection) == {("nobody", ""): 0.5}


def test_a_limit(monkeypatch):
    monkeypatch.setenv("DEPOT_CONTACT", "Mira")
    monkeypatch.setenv("DEPOT_ACCESS", "gate")
    monkeypatch.setenv("DEPOT_DOORS", "4")
    assert stock.limit()["most"] == 2500
