import json

import pytest

from freight.prices import parcel_price, quote, with_surcharge
from freight.worker import Worker


@pytest.fixture
def worker(tmp_path):
    return Worker(tmp_path)


@pytest.fixture
def ask(worker):
    def one(name="q-1", zone="eu", kg=4.0):
        (worker.spool / f"{name}.json").write_text(json.dumps({"zone": zone, "parcels": [{"kg": kg}]}))
        worker.round()
        answer = worker.quotes / f"{name}.json"
        return json.loads(answer.read_text()) if answer.exists() else None

    return one


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    monkeypatch.delenv("FUEL_SURCHARGE_PERCENT", raising=False)
    monkeypatch.delenv("FREIGHT_CURRENCY", raising=False)


@pytest.mark.parametrize(("kg", "zone", "cents"), [(1, "home", 490), (2, "eu", 1290), (4.5, "world", 3265)])
def test_parcel_price(kg, zone, cents):
    assert parcel_price(kg, zone) == cents


def test_no_surcharge_by_default():
    assert with_surcharge(1000) == 1000


def test_a_surcharge(monkeypatch):
    monkeypatch.setenv("FUEL_SURCHARGE_PERCENT", "7.5")
    assert with_surcharge(1000) == 1075


def test_quote():
    assert quote({"zone": "eu", "parcels": [{"kg": 1}, {"kg": 3}]}) == {"net": 2690, "total": 2690, "currency": "EUR"}


def test_a_request_is_worked_on(worker, ask):
    assert ask() == {"net": 1510, "total": 1510, "currency": "EUR"}
    assert list(worker.spool.iterdir()) == []


def test_an_unknown_zone(ask):
    assert ask(zone="moon") == {"error": "we do not deliver to moon"}


def test_what_fails_is_put_aside(worker):
    (worker.spool / "bad.json").write_text("{")
    assert worker.round() == 0
    assert [path.name for path in worker.failed.iterdir()] == ["bad.json"]
