from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .errors import Invalid
from .orders import Order


@dataclass(frozen=True)
class SalesReport:
    month: date
    orders: int
    revenue_cents: int
    average_cents: int
    largest_cents: int


def parse_month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError as error:
        raise Invalid("month must look like 2026-03") from error


def sales(month: date, orders: list[Order]) -> SalesReport:
    totals = [order.total_cents for order in orders]
    revenue = sum(totals)
    return SalesReport(
        month=month,
        orders=len(orders),
        revenue_cents=revenue,
        average_cents=revenue // len(orders),
        largest_cents=max(totals, default=0),
    )
