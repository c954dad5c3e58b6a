import pytest

from reports import table
from reports.app import create_app


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setattr(table, "COLUMNS", list(table.COLUMNS))
    client = create_app().test_client()
    for day, orders, revenue in (("2026-05-04", 12, 90000), ("2026-05-05", 31, 70000)):
        client.post("/days", json={"day": day, "orders": orders, "revenue": revenue, "returns": 1})
    return client
