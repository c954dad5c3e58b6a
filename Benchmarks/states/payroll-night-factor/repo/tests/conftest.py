from datetime import date
from decimal import Decimal

import pytest

from payroll.pay import PEOPLE, Ledger
from payroll.web import create_app


@pytest.fixture
def shifts():
    return []


@pytest.fixture
def work(shifts):
    def add(employee, day, hours, rate="20.00", factor=None):
        shifts.append({"employee": employee, "day": date.fromisoformat(day), "hours": Decimal(hours), "rate": Decimal(rate), "factor": factor})

    return add


@pytest.fixture
def client(shifts, monkeypatch):
    def rows(self, query, month, employee=None):
        found = [s for s in shifts if f"{s['day']:%Y-%m}" == month and employee in (None, s["employee"])]
        if query == PEOPLE:
            return [{"employee": name} for name in sorted({s["employee"] for s in found})]
        return sorted(found, key=lambda s: s["day"])

    monkeypatch.setattr(Ledger, "rows", rows)
    return create_app("dbname=nothing").test_client()
