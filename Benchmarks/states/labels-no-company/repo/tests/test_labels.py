import pytest

from labels.main import fitted


def test_a_private_customer(client):
    assert client.get("/customers/1/label").json() == {"lines": ["Ada Krone", "Lindenweg 4", "10115 Berlin"], "express": False}


def test_a_company_abroad(client):
    lines = client.get("/customers/2/label", params={"express": True}).json()["lines"]
    assert lines == ["Jon Vik", "Vik & Sons Shipping and Forward.", "Kaigata 1", "5015 Bergen", "NO"]


def test_unknown_customer(client):
    assert client.get("/customers/3/label").status_code == 404


@pytest.mark.parametrize(("text", "line"), [("a" * 32, "a" * 32), ("a" * 33, "a" * 31 + ".")])
def test_fitted(text, line):
    assert fitted(text) == line


def test_towns(client):
    assert client.get("/towns", params={"prefix": "Ber"}).json() == ["Bergen", "Berlin"]
