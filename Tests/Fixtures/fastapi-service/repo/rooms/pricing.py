from __future__ import annotations

from datetime import date
from decimal import Decimal

RATES = {"attic": Decimal("18.50"), "garden": Decimal("32.00")}
WEEKEND = Decimal("1.25")


def price(room: str, day: date, hours: int) -> Decimal:
    rate = RATES[room] * (WEEKEND if day.weekday() >= 5 else 1)
    return (rate * hours).quantize(Decimal("0.01"))
