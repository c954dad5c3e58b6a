import psycopg
import pytest
from fastapi.testclient import TestClient

from labels.main import app


class Cursor:
    def __init__(self, customers):
        self.customers, self.rows = customers, []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, query, parameters):
        if "LIKE" in query:
            prefix = parameters[0].rstrip("%")
            self.rows = [(town,) for town in sorted({row[4] for row in self.customers.values() if row[4].startswith(prefix)})]
        else:
            self.rows = [self.customers[n] for n in parameters if n in self.customers]

    def fetchone(self):
        return self.rows.pop(0) if self.rows else None

    def __iter__(self):
        return iter(self.rows)


class Connection(Cursor):
    def cursor(self):
        return Cursor(self.customers)


@pytest.fixture
def customers(monkeypatch):
    rows = {
        1: ("Ada Krone", "", "Lindenweg 4", "10115", "Berlin", "DE"),
        2: ("Jon Vik", " Vik & Sons Shipping and Forwarding Ltd ", "Kaigata 1", "5015", "Bergen", "NO"),
    }
    monkeypatch.setattr(psycopg, "connect", lambda url: Connection(rows))
    return rows


@pytest.fixture
def client(customers):
    return TestClient(app)
