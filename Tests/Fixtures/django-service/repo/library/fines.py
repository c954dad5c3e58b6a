from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

RATE = Decimal("0.25")
CEILING = Decimal("10.00")


@dataclass(frozen=True)
class Borrowing:
    title: str
    due: date
    returned: date | None


def total(borrowings: list[Borrowing], rate: Decimal = RATE) -> Decimal:
    """What is owed for the books that came back late."""
    owed = Decimal("0.00")
    for borrowing in borrowings:
        days = (borrowing.returned - borrowing.due).days
        if days > 0:
            owed += min(days * rate, CEILING)
    return owed
