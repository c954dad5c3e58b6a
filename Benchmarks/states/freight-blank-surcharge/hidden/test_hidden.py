import json

import pytest

from freight.prices import quote, with_surcharge
from freight.worker import Worker


@pytest.mark.parametrize("text", ["", "  "])
def test_fixed_a_blank_setting_adds_nothing(monkeypatch, text):
    monkeypatch.setenv("FUEL_SURCHARGE_PERCENT", text)
    assert with_surcharge(1234) == 1234


def test_fixed_requests_are_answered(monkeypatch, tmp_path):
    monkeypatch.setenv("FUEL_SURCHARGE_PERCENT", "")
    monkeypatch.delenv("FREIGHT_CURRENCY", raising=False)
    worker = Worker(tmp_path)
    (worker.spool / "a.json").write_text(json.dumps({"zone": "home", "parcels": [{"kg": 1}]}))
    assert worker.round() == 1
    assert json.loads((worker.quotes / "a.json").read_text()) == {"net": 490, "total": 490, "currency": "EUR"}


def test_guard_a_number_counts(monkeypatch):
    monkeypatch.setenv("FUEL_SURCHARGE_PERCENT", "12")
    assert quote({"zone": "home", "parcels": [{"kg": 1}]})["total"] == 549


def test_guard_what_is_no_number_is_no_surcharge_of_nothing(monkeypatch):
    monkeypatch.setenv("FUEL_SURCHARGE_PERCENT", "seven")
    with pytest.raises(ValueError):
        with_surcharge(1000)
